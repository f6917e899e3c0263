"""What is kept of what was typed, and offered again."""

from __future__ import annotations

import json
import time

from playwright.sync_api import Page, expect

from advocacy.publishing.models import Unsaved
from tests.hits.killing import PATIENCE_S
from tests.publishing.at_the_form import until_it_watches

HELD = "Object.entries({...localStorage}).filter(([name]) => name.startsWith('publishing.'))"
SECOND = 1000  # ms


def wait_until_kept(page: Page, words: str = "") -> None:
    """Until the desk has it, with these words as the last that were typed."""
    expect(page.locator("#kept")).to_contain_text("not saved yet", timeout=15 * SECOND)
    until = time.monotonic() + PATIENCE_S
    while not any(words in json.dumps(kept.fields) for kept in Unsaved.objects.all()):
        assert time.monotonic() < until, "it is not kept"
        page.wait_for_timeout(100)


def offer(page: Page):
    return page.locator(".offer")


def take_up(page: Page) -> None:
    offer(page).first.get_by_role("link", name="Take it up").click()
    page.locator(".notice").wait_for()
    until_it_watches(page)
