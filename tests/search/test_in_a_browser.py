"""A reader searches in a real browser: suggestions where scripts run, and everything where none does."""

import re

import pytest
from playwright.sync_api import expect

from advocacy.publishing import actions
from tests.browser import (
    accessibility_problems,
    is_wider_than_its_window,
    wait_for_answers,
)
from tests.facts import article, milestone
from tests.search.found.corpus import pdf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VIEWS = [(390, "light"), (1280, "dark")]


@pytest.fixture
def record():
    milestone(
        titles={"en": "The Council establishes an inquiry", "ko": "인권이사회, 조사위원회 설치"},
        symbols=("A/HRC/RES/22/13",),
        text="<p>An inquiry of one year; 조사위원회.</p>",
    )
    one = article("An inquiry at last", public=False)
    one.documents.create(
        attachment=pdf("Statement on the inquiry", ["Of an inquiry.", "조사위원회"])
    )
    actions.publish(record=one)
    for number in range(12):
        article(f"Inquiry number {number}")


def test_a_reader_searches_from_any_page_and_finds_the_page_of_a_pdf(page, record):
    page.goto("/en/news/")
    page.get_by_role("searchbox", name="Search this site").fill("inquiry statement")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=inquiry+statement")
    expect(page.locator("mark").first).to_be_visible()
    link = page.get_by_role("link", name="Page 1")
    expect(link).to_have_attribute("href", re.compile(r"^/documents/.+\.pdf#page=1$"))


def test_titles_are_suggested_while_a_reader_types(page, record):
    page.goto("/en/search/")
    page.locator("#q").press_sequentially("council est")
    option = page.locator("#suggested option")
    expect(option).to_have_count(1)
    expect(option).to_have_attribute("value", "The Council establishes an inquiry")
    page.locator("#q").fill("")
    expect(option).to_have_count(0)


def test_a_telephone_is_led_to_the_search(page, record):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/en/news/")
    page.get_by_role("link", name="Search", exact=True).click()
    page.wait_for_url("**/en/search/")
    expect(page.locator("main input[type=search]")).to_be_visible()


def test_the_search_needs_no_script(chromium, live_server, record):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    visit = context.new_page()
    visit.goto("/ko/search/?q=조사위원회")
    expect(visit.locator("article.row")).to_have_count(3)
    visit.locator(".facets").get_by_role("link", name="이정표").click()
    visit.wait_for_url("**kind=milestone**")
    expect(visit.locator("article.row")).to_have_count(2)
    context.close()
    wait_for_answers()


@pytest.mark.parametrize(
    "path",
    [
        "/en/search/?q=inquiry",
        "/ko/search/?q=조사위원회",
        "/en/search/?q=A/HRC/RES/22/13",
        pytest.param("/en/search/", marks=pytest.mark.long),
        pytest.param("/ko/search/?q=없는말", marks=pytest.mark.long),
        pytest.param("/en/search/?q=inquiry&kind=milestone&sort=date", marks=pytest.mark.long),
    ],
)
def test_the_page_is_accessible_and_fits(page, record, path):
    page.goto(path)
    problems = accessibility_problems(page, VIEWS)
    assert not problems, "\n".join(problems)
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert not is_wider_than_its_window(page), width
