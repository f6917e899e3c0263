"""A translator at the page on which a text stands beside its original."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from advocacy.news.models import Article
from advocacy.publishing import actions
from tests.attachments import makers, records
from tests.browser import accessibility_problems, is_wider_than_its_window
from tests.facts import meeting
from tests.publishing.forms import change_url
from tests.publishing.side_by_side.pages import address, fresh, rewrite

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def look(page: Page) -> None:
    problems = accessibility_problems(page, [(1280, "light"), (390, "dark")])
    assert not problems, "\n".join(problems)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert not is_wider_than_its_window(page), f"{page.url} at {width}"


def original_title(page: Page) -> dict:
    return page.locator(".pair:has(#at-title) .pair-original").bounding_box()


def begun() -> tuple[Article, Article]:
    picture = makers.attachment("picture", alt_en="A hall", content=makers.jpeg())
    body = f"<h2>December</h2><p>They met in December.</p>{records.figure(picture)}<p>And went.</p>"
    original = Article.objects.create(title="From a room in Geneva", summary="One.", body=body)
    original = actions.publish(record=original)
    return original, actions.start_translation(record=original, language="ko")


def test_a_translator_writes_beside_the_original_and_sees_what_changes_in_it(staff_page):
    original, draft = begun()
    staff_page.goto(address(draft))
    staff_page.get_by_label("Title:", exact=True).fill("제네바의 방에서")
    staff_page.locator(".ProseMirror").click()
    staff_page.keyboard.type("12월에 만났다.")
    staff_page.get_by_role("button", name="Save draft").click()
    expect(staff_page.locator(".translated")).to_contain_text("No word of it has changed since.")
    saved = fresh(draft)
    assert (saved.title, saved.body) == ("제네바의 방에서", "<p>12월에 만났다.</p>")
    rewrite(original, body=original.body.replace("in December", "in January"), summary="Two.")
    staff_page.reload()
    expect(staff_page.locator(".pair-change")).to_have_count(2)
    expect(staff_page.locator(".pair-change ins").last).to_contain_text("January")
    expect(staff_page.get_by_label("The translation says all")).not_to_be_checked()
    look(staff_page)


def test_on_a_telephone_the_original_stands_above_its_translation(staff_page):
    _original, draft = begun()
    staff_page.set_viewport_size({"width": 390, "height": 844})
    staff_page.goto(address(draft))
    above = original_title(staff_page)
    below = staff_page.locator("#at-title").bounding_box()
    assert below["y"] >= above["y"] + above["height"]
    staff_page.set_viewport_size({"width": 1280, "height": 900})
    beside = staff_page.locator("#at-title").bounding_box()
    assert beside["y"] == original_title(staff_page)["y"]


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_page_is_accessible_typed_in_or_only_read(staff_page, language):
    staff_page.goto("/admin/")
    if language == "ko":
        staff_page.get_by_role("button", name="한국어").click()
        expect(staff_page.locator("html")).to_have_attribute("lang", "ko")
    original, draft = begun()
    fact = meeting(titles={"en": "A meeting"}, public=False)
    public = meeting(titles={"en": "Another meeting", "ko": "다른 면담"})
    for one in (draft, fact, public):
        staff_page.goto(address(one))
        look(staff_page)
    staff_page.goto(address(original, "en"))
    look(staff_page)


def test_the_question_before_a_change_goes_public_is_answered_by_keyboard(staff_page):
    original, _draft = begun()
    copy = actions.open_working_copy(record=original)
    copy.title = "From another room"
    copy.save()
    staff_page.goto(change_url(copy))
    staff_page.get_by_role("button", name="Publish", exact=True).press("Enter")
    expect(staff_page.get_by_role("group", name="Correction or small change?")).to_be_visible()
    look(staff_page)
    staff_page.get_by_label("A correction: readers").press("Space")
    staff_page.get_by_label("What was wrong, and what is right").fill("It was another room.")
    staff_page.keyboard.press("Tab")
    staff_page.keyboard.press("Enter")
    expect(staff_page.locator(".messagelist")).to_contain_text("Published:")
    assert fresh(original).corrections.get().note == "It was another room."
