"""Somebody at the desk, and somebody who reads: each in a browser of their own."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Browser, Locator, Page, expect

from tests.accounts.signing_in import PASSWORD
from tests.browser import crash
from tests.publishing.at_the_form import type_words, until_it_watches

SECOND = 1000  # ms
PATIENCE_S = 10
LOCALES = {"en": "en-GB", "ko": "ko-KR"}


class Colleague:
    """Knows the buttons by what is written on them, in the language of the desk."""

    def __init__(self, browser: Browser, url: str, name: str, language: str) -> None:
        self.browser, self.name, self.language = browser, name, language
        self.context = browser.new_context(
            base_url=url, locale=LOCALES[language], viewport={"width": 1280, "height": 900}
        )
        self.problems: list[str] = []
        self.page = self.watched(self.context.new_page())

    def watched(self, page: Page) -> Page:
        page.problems = self.problems
        page.on("pageerror", lambda error: self.problems.append(f"thrown: {error}"))
        return page

    def called(self, message: str, *inserted: str, **values: Any) -> str:
        """A sentence of the desk, as this person reads it."""
        with translation.override(self.language):
            said = gettext(message)
        if self.language != "en":
            assert re.search("[가-힣]", said), f"not in Korean: {message}"
        return said % (inserted or values) if inserted or values else said

    # Finding one's way

    def signs_in(self) -> None:
        self.page.goto("/admin/")
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)
        self.page.get_by_label(self.called("User name or e-mail address")).fill(self.name)
        self.page.get_by_label(self.called("Password")).fill(PASSWORD)
        self.presses("Sign in")
        expect(self.page.locator("h1")).to_have_text(self.called("Desk"))

    def looks_at_the_desk(self, part: str) -> Locator:
        """One part of its front page."""
        self.page.goto("/admin/")
        return self.page.locator(f"#board-{part}").locator("xpath=..")

    def button(self, message: str, **values: Any) -> Locator:
        name = self.called(message, **values)
        return self.page.get_by_role("button", name=name, exact=True)

    def presses(self, message: str, **values: Any) -> None:
        """A button that leads to another page."""
        with self.page.expect_navigation():
            self.button(message, **values).first.click()

    def follows(self, message: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=self.called(message), exact=True).first.click()

    def is_told(self, message: str, *inserted: str, **values: Any) -> None:
        said = self.called(message, *inserted, **values)
        expect(self.page.locator(".messagelist")).to_contain_text(said)

    # At the form of a text

    def begins_an_article(self) -> None:
        self.page.goto("/admin/")
        self.follows("New article")
        until_it_watches(self.page)

    def opens(self, title: str) -> None:
        """From the list of articles, as one looks for a text."""
        self.page.goto("/admin/news/article/")
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=title, exact=True).click()

    def opens_to_write(self, title: str) -> None:
        self.opens(title)
        until_it_watches(self.page)

    def opens_to_change(self, title: str) -> None:
        """What readers know, or the changes that wait for it."""
        self.opens(title)
        if self.button("Change it").count():
            self.presses("Change it")
        else:
            self.presses("Go on with the changes that wait")
        until_it_watches(self.page)

    def gives_the_title(self, title: str) -> None:
        self.page.locator("#id_title").fill(title)

    def types(self, words: str) -> None:
        type_words(self.page, words)

    def replaces(self, before: str, after: str) -> None:
        """Some words of the text, by choosing them first."""
        editor = self.page.locator(".ProseMirror").first
        editor.evaluate(CHOOSE, before)
        self.page.keyboard.insert_text(after)
        expect(editor).to_contain_text(after)
        expect(editor).not_to_contain_text(before)

    def publishes(self, *, is_small: bool = False, correction: str = "") -> str:
        """The address it has now. Of what is public already it is asked what kind of change it is."""
        self.presses("Publish")
        if is_small or correction:
            expect(self.page.locator("h1")).to_have_text(self.called("Publish the changes"))
            kind = "A correction: readers are told what was wrong."
            if is_small:
                kind = "A small change: nothing that readers were told was wrong."
            self.page.get_by_label(self.called(kind)).check()
            note = self.called("What was wrong, and what is right")
            self.page.get_by_label(note).fill(correction)
            self.presses("Publish")
        self.is_told("Published:")
        return self.page.locator(".messagelist .success a").get_attribute("href")

    def waits_until_it_is_kept(self) -> None:
        kept = self.called("Kept at %s (Seoul), not saved yet.").split("%s")[1]
        expect(self.page.locator("#kept")).to_contain_text(kept, timeout=15 * SECOND)

    def loses_the_tab(self) -> None:
        self.page = self.watched(crash(self.page))

    def text(self) -> Locator:
        return self.page.locator(".ProseMirror").first


CHOOSE = """(editor, words) => {
  const texts = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const from = texts.currentNode.data.indexOf(words)
    if (from < 0) continue
    editor.focus()
    getSelection().setBaseAndExtent(texts.currentNode, from, texts.currentNode, from + words.length)
    return
  }
  throw new Error(`"${words}" is not in the text`)
}"""


class Reader:
    """Has no account, no cookie, and a language. Pages are a second old at most (docs/caching.md)."""

    def __init__(self, browser: Browser, url: str, language: str) -> None:
        self.language = language
        self.context = browser.new_context(base_url=url, locale=LOCALES[language])
        self.page = self.context.new_page()

    def finds(self, address: str, *words: str, without: str = "", note: str = "") -> None:
        """The page of a text with these words on it, and those of a correction."""

        def is_so() -> None:
            article = self.text_at(address)
            for some in words:
                expect(article).to_contain_text(some, timeout=1)
            expect(article.locator(".note")).to_have_count(1 if note else 0, timeout=1)
            if note:
                expect(article.locator(".note")).to_contain_text(note, timeout=1)
            if without:
                expect(article).not_to_contain_text(without, timeout=1)

        before_long(is_so)

    def is_answered(self, status: int, address: str, without: str) -> None:
        def is_so() -> None:
            assert self.asks_for(address) == status
            expect(self.page.locator("body")).not_to_contain_text(without, timeout=1)

        before_long(is_so)

    def finds_in_the_list(self, title: str) -> str:
        """The address it leads to."""
        assert self.asks_for(f"/{self.language}/news/") == 200
        link = self.page.locator("main").get_by_role("link", name=title, exact=True)
        address = link.first.get_attribute("href")
        assert address
        return address

    def finds_nothing_of(self, *words: str) -> None:
        """Neither in the list, nor on the front page, nor in the feed."""

        def is_so() -> None:
            for address in (f"/{self.language}/news/", f"/{self.language}/"):
                assert self.asks_for(address) == 200
                for some in words:
                    expect(self.page.locator("body")).not_to_contain_text(some, timeout=1)
            feed = self.feed()
            assert not [some for some in words if some in feed]

        before_long(is_so)

    def finds_in_the_feed(self, *words: str) -> None:
        def is_so() -> None:
            feed = self.feed()
            assert not [some for some in words if some not in feed]

        before_long(is_so)

    def text_at(self, address: str) -> Locator:
        assert self.asks_for(address) == 200
        return self.page.locator("article")

    def asks_for(self, address: str) -> int:
        answer = self.page.goto(address)
        assert answer
        assert self.context.cookies() == []
        return answer.status

    def feed(self) -> str:
        answer = self.context.request.get(f"/{self.language}/news/feed.atom")
        assert answer.ok
        return answer.text()


def before_long(is_so: Callable[[], None]) -> None:
    """Look again until it is so, or has not become so in time."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return is_so()
        except AssertionError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
