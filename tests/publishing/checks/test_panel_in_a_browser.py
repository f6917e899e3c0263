"""The checks, the history and a comparison, as they look and as they are used."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from advocacy.news.models import Article
from advocacy.publishing.revisions import keeping
from tests.attachments import makers
from tests.browser import accessibility_problems, is_wider_than_its_window
from tests.publishing.checks.test_panel import troubled_article, troubled_meeting
from tests.publishing.forms import change_url
from tests.publishing.versions import saved

pytestmark = pytest.mark.browser


def look(page) -> None:
    page.wait_for_load_state("networkidle")
    problems = accessibility_problems(page)
    assert not problems, "\n".join(problems)
    page.set_viewport_size({"width": 390, "height": 900})
    assert not is_wider_than_its_window(page), page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def in_korean(page) -> None:
    page.goto("/admin/")
    page.get_by_role("button", name="한국어").click()
    expect(page.locator("html")).to_have_attribute("lang", "ko")


def two_versions() -> Article:
    one = Article.objects.create(
        title="북한 인권에 관한 성명",
        body="<h2>First</h2><p>The Council adopted it.</p>" + "<p>As before.</p>" * 5,
        language="ko",
    )
    keeping.keep(one)
    saved(one, title="북한의 인권에 관한 성명", body=one.body.replace("adopted", "rejected"))
    return one


def box(locator) -> dict:
    return locator.bounding_box()


def test_the_panel_stands_beside_the_form_or_below_it_on_a_phone(staff_page):
    staff_page.goto(change_url(troubled_article()))
    panel, title = staff_page.locator("#checks"), staff_page.locator("#at-title")
    bar = staff_page.locator("#publish-bar")
    assert box(panel)["x"] > box(title)["x"] + box(title)["width"]
    assert box(panel)["y"] < 700
    staff_page.set_viewport_size({"width": 390, "height": 844})
    assert box(panel)["x"] < 30
    assert box(title)["y"] < box(panel)["y"] < box(bar)["y"]


def test_the_panel_stays_in_sight_while_one_scrolls(staff_page):
    staff_page.goto(change_url(troubled_article()))
    staff_page.locator("#documents-group").scroll_into_view_if_needed()
    expect(staff_page.locator("#checks-heading")).to_be_in_viewport()


def test_a_finding_leads_to_its_field(staff_page):
    staff_page.goto(change_url(troubled_article()))
    staff_page.locator("#checks").get_by_role("link", name="lies after the day").click()
    expect(staff_page.locator("#at-event_date")).to_be_in_viewport()
    staff_page.keyboard.press("Tab")
    expect(staff_page.locator("#id_event_date")).to_be_focused()


def test_publish_leads_to_the_checks(staff_page):
    staff_page.goto(change_url(troubled_article()))
    staff_page.get_by_role("button", name="Publish", exact=True).click()
    expect(staff_page.locator(".messagelist .warning")).to_contain_text("not published")
    expect(staff_page.locator("#checks .no a")).to_be_in_viewport()


@pytest.mark.parametrize(
    "make", [troubled_article, pytest.param(troubled_meeting, marks=pytest.mark.long)]
)
def test_a_form_with_its_checks_is_accessible(staff_page, make):
    record = make("<p>See CRC/XYZ/2/9.</p>")
    staff_page.goto(change_url(record))
    expect(staff_page.locator("#checks .hm a").first).to_be_visible()
    look(staff_page)
    in_korean(staff_page)
    staff_page.goto(change_url(record))
    expect(staff_page.locator("#checks-heading")).to_have_text("공개하기 전에 살펴볼 것")
    look(staff_page)


@pytest.mark.long
def test_history_and_comparison_are_accessible_in_both_languages(staff_page):
    one = two_versions()
    for _language in range(2):
        staff_page.goto(change_url(one, "history"))
        look(staff_page)
        staff_page.locator(".compare-row button").click()
        expect(staff_page.locator("ins").first).to_contain_text("북한의")
        look(staff_page)
        in_korean(staff_page)


def test_any_two_versions_are_chosen_and_compared_without_a_script(staff_page):
    one = two_versions()
    saved(one, title="Third")
    staff_page.goto(change_url(one, "history"))
    staff_page.locator("input[name=before]").last.check()
    staff_page.get_by_role("button", name="Compare the two chosen versions").click()
    expect(staff_page.locator("table.diff").first).to_contain_text("Third")
    staff_page.get_by_role("button", name="Go back to this version").first.click()
    expect(staff_page.locator("#id_title")).to_have_value("북한 인권에 관한 성명")


def test_going_back_without_what_is_gone_is_asked_on_an_accessible_page(staff_page):
    one = two_versions()
    document = makers.attachment(title="A letter")
    use = one.documents.create(attachment=document)
    keeping.keep(one)
    use.delete()
    document.delete()
    saved(one, title="Third")
    staff_page.goto(change_url(one, "history"))
    staff_page.locator(".compare-row button").click()
    staff_page.get_by_role("button", name="Go back to this version").first.click()
    expect(staff_page.locator("#content")).to_contain_text("A letter")
    look(staff_page)
    staff_page.get_by_role("button", name="Go back to this version without it").click()
    expect(staff_page.locator("#id_title")).to_have_value("북한의 인권에 관한 성명")
