"""What somebody does at the form of a record, in a browser."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from .forms import change_url


def edit(page: Page, record) -> Page:
    page.goto(change_url(record))
    return until_it_watches(page)


def until_it_watches(page: Page) -> Page:
    """Until the form has its editors, and what is typed into it is noticed."""
    page.locator(".ProseMirror").first.wait_for()
    page.locator("form[data-watched]").wait_for()
    return page


def type_words(page: Page, words: str) -> None:
    page.locator(".ProseMirror").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def save(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Save (draft|changes)")).click()
    page.locator(".messagelist .success").wait_for()
