"""The look of the staff desk: its languages, its policy, its accessibility."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group
from django.utils import timezone
from playwright.sync_api import expect

from advocacy.meetings.models import Meeting
from advocacy.news.models import Article
from advocacy.pages.models import StandingPage
from tests.browser import accessibility_problems, is_wider_than_its_window

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.publishing.desk")]

FIGURE = '<figure data-attachment="00000001-0000-4000-8000-000000000000"><figcaption>c</figcaption></figure>'


@pytest.fixture
def record(db):
    return StandingPage.objects.create(title="인권 · Human rights", body=f"<p>Words.</p>{FIGURE}")


@pytest.fixture
def article(db):
    return Article.objects.create(title="A briefing", published_at=timezone.now())


def addresses(record, article) -> dict[str, str]:
    """Beside the lists and new forms that test_staff_pages.py looks at."""
    news, page = "/admin/news/article/", "/admin/pages/standingpage/"
    return {
        "desk": "/admin/",
        "an area": "/admin/pages/",
        "list": page,
        "list with filters": f"{news}?status__exact=draft&o=1",
        "search without result": f"{news}?q=nothing",
        "change": f"{page}{record.pk}/change/",
        "pickers": f"{news}{article.pk}/change/",
        "choosers of many": "/admin/auth/group/add/",
        "delete": f"{page}{record.pk}/delete/",
        "history": f"{news}{article.pk}/history/",
    }


@pytest.mark.parametrize("name", addresses(StandingPage(), Article()))
def test_a_page_of_the_desk_is_accessible_and_keeps_the_policy(staff_page, record, article, name):
    staff_page.goto(addresses(record, article)[name])
    staff_page.wait_for_load_state("networkidle")
    problems = accessibility_problems(staff_page)
    assert not problems, "\n".join(problems)
    staff_page.set_viewport_size({"width": 390, "height": 800})
    assert not is_wider_than_its_window(staff_page)


def test_a_refused_form_names_its_mistakes_and_is_accessible(staff_page):
    staff_page.goto("/admin/pages/standingpage/add/")
    staff_page.get_by_role("button", name="Save", exact=True).click()
    staff_page.locator(".errornote").wait_for()
    assert accessibility_problems(staff_page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dialogs_of_the_editor_are_accessible(staff_page, record, scheme):
    staff_page.emulate_media(color_scheme=scheme)
    staff_page.goto(f"/admin/pages/standingpage/{record.pk}/change/")
    for label in ("Figure", "Footnote", "Link", "Table", "Language"):
        staff_page.locator(".richtext-tools").get_by_role("button", name=label, exact=True).click()
        dialog = staff_page.get_by_role("dialog")
        dialog.wait_for()
        staff_page.wait_for_load_state("networkidle")
        asked = {"preload": False, "resultTypes": ["violations"]}
        found = Axe().run(staff_page, "dialog", asked).response["violations"]
        assert [rule["nodes"][0]["html"] for rule in found] == [], label
        staff_page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)


def test_calendar_and_clock_work_under_the_policy(staff_page, article):
    staff_page.goto(f"/admin/news/article/{article.pk}/change/")
    staff_page.locator(".field-published_at .date-icon").first.click()
    staff_page.locator(".calendarbox:visible td a").first.click()
    staff_page.locator(".field-published_at .clock-icon").first.click()
    staff_page.locator(".clockbox:visible .timelist a").first.click()
    staff_page.get_by_role("button", name="Save and continue editing").click()
    staff_page.locator(".messagelist .success").wait_for()


def test_a_chooser_works_under_the_policy(staff_page, article):
    meeting = Meeting.objects.create(date="2012-12")
    staff_page.goto(f"/admin/meetings/meeting/{meeting.pk}/change/")
    staff_page.locator(".field-articles .select2-selection").click()
    staff_page.locator(".select2-results__option", has_text="A briefing").click()
    staff_page.get_by_role("button", name="Save and continue editing").click()
    staff_page.locator(".messagelist .success").wait_for()
    assert meeting.articles.get() == article


def test_many_are_chosen_and_deleted_under_the_policy(staff_page):
    Group.objects.create(name="Translators")
    staff_page.goto("/admin/auth/group/")
    staff_page.locator("#action-toggle").check()
    staff_page.get_by_label("Action:").select_option("delete_selected")
    run = staff_page.get_by_role("button", name="Run")
    with staff_page.expect_navigation():
        run.or_(staff_page.get_by_role("button", name="Go")).click()
    assert accessibility_problems(staff_page) == []
    staff_page.locator("input[type=submit]").click()
    staff_page.locator(".messagelist .success").wait_for()
    assert not Group.objects.exists()


def test_the_desk_speaks_the_language_its_user_chose_and_tells_no_reader(staff_page):
    staff_page.goto("/admin/")
    staff_page.get_by_role("button", name="한국어").click()
    expect(staff_page.locator("html")).to_have_attribute("lang", "ko")
    assert accessibility_problems(staff_page) == []
    cookie = next(c for c in staff_page.context.cookies() if c["name"] == "django_language")
    assert (cookie["value"], cookie["path"]) == ("ko", "/admin/")
    staff_page.get_by_role("button", name="English").click()
    expect(staff_page.locator("html")).to_have_attribute("lang", "en")


def test_signing_out_takes_a_press_of_a_button(staff_page, client):
    assert client.get("/admin/logout/").status_code == 405
    staff_page.goto("/admin/")
    with staff_page.expect_navigation():
        staff_page.get_by_role("button", name="Sign out").click()
    staff_page.goto("/admin/")
    expect(staff_page).to_have_url(re.compile("/admin/sign-in/"))


def test_targets_are_large_enough_for_a_thumb(staff_page, record):
    staff_page.set_viewport_size({"width": 390, "height": 800})
    staff_page.goto(f"/admin/pages/standingpage/{record.pk}/change/")
    small = staff_page.evaluate(
        """[...document.querySelectorAll("button, input:not([type=hidden]), select, .submit-row a")]
           .filter((item) => item.checkVisibility() && item.getBoundingClientRect().height < 43.5)
           .map((item) => item.outerHTML.slice(0, 90))"""
    )
    assert small == []
