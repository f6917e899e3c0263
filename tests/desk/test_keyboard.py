"""From signing in to readers without a mouse: every stop of the Tab key is seen, and can be left."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from advocacy.news.models import Article
from tests.accounts.signing_in import PASSWORD, code_of, set_up_app
from tests.people import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_STOPS = 80  # on the way to anything on a page
#: Whether what has the focus is marked, and whether something lies over it.
FOCUSED = """() => {
  const item = document.activeElement
  if (!item || item === document.body) return null
  const {left, right, top, bottom} = item.getBoundingClientRect()
  const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(item)
  const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2
  const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2
  const at = document.elementFromPoint(x, y)
  const isOwn = (label) => label.contains(at)
  return {
    html: item.outerHTML.slice(0, 120),
    isMarked: (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none",
    isFree: !!at && (item.contains(at) || at.contains(item) || [...(item.labels ?? [])].some(isOwn)),
  }
}"""


class Keyboard:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.browser = page.context.new_cdp_session(page)

    def name(self) -> str:
        """Of what has the focus, as a screen reader says it."""
        found = self.browser.send("Runtime.evaluate", {"expression": "document.activeElement"})
        asked = {"objectId": found["result"]["objectId"], "fetchRelatives": False}
        (node,) = self.browser.send("Accessibility.getPartialAXTree", asked)["nodes"]
        return " ".join(node["name"]["value"].split())

    def tab_to(self, name: str, key: str = "Tab") -> None:
        """Press it until what is called so has the focus."""
        stops = []
        for _stop in range(MOST_STOPS):
            self.page.keyboard.press(key)
            focused = self.page.evaluate(FOCUSED)
            if (
                focused is None
            ):  # in the bars of the browser, between the end of the page and its top
                continue
            assert focused["isMarked"], f"not seen to have the focus: {focused['html']}"
            assert focused["isFree"], f"something lies over it: {focused['html']}"
            stops.append(self.name())
            assert stops[-1], f"it has no name: {focused['html']}"
            if stops[-1] == name:
                return
        pytest.fail(f"“{name}” is not met on {self.page.url}: {stops}")

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    def enter(self) -> None:
        """To another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


def test_one_signs_in_writes_and_publishes_by_keyboard_alone(page):
    secret = set_up_app(person("publisher", "hyun"))
    keys = Keyboard(page)
    page.goto("/admin/")
    expect(page.get_by_label("User name or e-mail address")).to_be_focused()
    keys.type("hyun")
    keys.tab_to("Password:")
    keys.type(PASSWORD)
    keys.enter()
    expect(page.get_by_label("Code of the app")).to_be_focused()
    keys.type(code_of(secret))
    keys.enter()
    expect(page.locator("h1")).to_have_text("Desk")

    keys.tab_to("New article")
    keys.enter()
    page.locator("form[data-watched]").wait_for()
    keys.tab_to("Title:")
    keys.type("A statement by keyboard")
    keys.tab_to("Text:")
    keys.type("First paragraph.")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+B")
    keys.type("Strong words.")
    # Out of the text again by the same key, and past all other fields.
    keys.tab_to("Save draft")
    keys.enter()
    expect(page.locator("h1")).to_have_text("A statement by keyboard")

    page.locator("form[data-watched]").wait_for()
    keys.tab_to("Publish", key="Shift+Tab")
    keys.enter()
    expect(page.locator(".messagelist .success")).to_contain_text("Published:")
    keys.tab_to("A statement by keyboard")
    keys.enter()
    expect(page.locator("article strong")).to_have_text("Strong words.")
    assert Article.objects.published().get().body == (
        "<p>First paragraph.</p><p><strong>Strong words.</strong></p>"
    )
