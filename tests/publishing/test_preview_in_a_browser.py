"""Previews in a real browser: beside the form, as on a phone, and read by a stranger."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from advocacy.news.models import Article
from tests.browser import accessibility_problems, is_wider_than_its_window
from tests.publishing.at_the_form import edit, save, type_words
from tests.publishing.forms import change_url

pytestmark = pytest.mark.browser


@pytest.fixture
def draft(db):
    return Article.objects.create(title="Saved title", body="<p>Saved words.</p>")


def test_the_preview_of_what_is_typed_opens_beside_the_form(staff_page, draft):
    edit(staff_page, draft)
    type_words(staff_page, " And typed ones.")
    with staff_page.context.expect_page() as opened:
        staff_page.get_by_role("button", name="Preview").click()
    preview = opened.value
    preview.problems = staff_page.problems
    expect(preview.locator(".preview")).to_contain_text("Preview, not public.")
    expect(preview.locator("article")).to_contain_text("Saved words. And typed ones.")
    assert accessibility_problems(preview) == []
    preview.set_viewport_size({"width": 390, "height": 800})
    assert not is_wider_than_its_window(preview)
    preview.set_viewport_size({"width": 1280, "height": 900})
    preview.get_by_role("link", name="As on a phone").click()
    frame = preview.frame_locator("iframe")
    expect(frame.locator("article")).to_contain_text("And typed ones.")
    assert frame.locator("body").evaluate("() => window.innerWidth") == 390
    assert accessibility_problems(preview) == []
    frame.get_by_role("link", name="Home").first.click()
    expect(preview).to_have_url(re.compile("/en/$"))
    save(staff_page)


def test_a_stranger_reads_by_a_link_and_tells_nobody_of_it(
    chromium, staff_page, live_server, draft
):
    draft.body = '<p>Words, and <a href="/en/">a page of ours</a>.</p>'
    draft.save()
    staff_page.goto(change_url(draft, "share"))
    staff_page.get_by_role("button", name="Make a link").click()
    address = staff_page.get_by_label("English").input_value()
    assert accessibility_problems(staff_page) == []
    staff_page.set_viewport_size({"width": 390, "height": 800})
    assert not is_wider_than_its_window(staff_page)
    path = address[address.index("/en/preview/") :]
    context = chromium.new_context(base_url=live_server.url, locale="en-GB")
    stranger = context.new_page()
    told: list[str] = []
    stranger.on("request", lambda one: told.append(one.headers.get("referer", "")))
    stranger.goto(path)
    expect(stranger.locator("article")).to_contain_text("Words, and")
    assert accessibility_problems(stranger) == []
    stranger.get_by_role("link", name="a page of ours").click()
    expect(stranger).to_have_url(re.compile("/en/$"))
    stranger.wait_for_load_state("networkidle")
    assert told
    assert not [referrer for referrer in told if "preview" in referrer]
    assert context.cookies() == []
    context.close()
