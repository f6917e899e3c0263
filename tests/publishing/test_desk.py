"""The look of the staff desk: its languages, its policy, its accessibility."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from advocacy.pages.models import StandingPage
from tests.browser import accessibility_problems, is_wider_than_its_window

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.publishing.desk")]

FIGURE = '<figure data-attachment="00000001-0000-4000-8000-000000000000"><figcaption>c</figcaption></figure>'


@pytest.fixture
def record(db):
    return StandingPage.objects.create(title="인권 · Human rights", body=f"<p>Words.</p>{FIGURE}")


def addresses(record, staff) -> dict[str, str]:
    user, page = "/admin/auth/user/", "/admin/pages/standingpage/"
    return {
        "desk": "/admin/",
        "an area": "/admin/pages/",
        "list": page,
        "list with filters": f"{user}?is_staff__exact=1&o=1",
        "search without result": f"{user}?q=nobody",
        "new": f"{page}add/",
        "change": f"{page}{record.pk}/change/",
        "pickers": f"{user}{staff.pk}/change/",
        "delete": f"{page}{record.pk}/delete/",
        "history": f"{user}{staff.pk}/history/",
        "password": "/admin/password_change/",
        "password of a colleague": f"{user}{staff.pk}/password/",
    }


@pytest.mark.parametrize("name", addresses(StandingPage(), StandingPage()))
def test_a_page_of_the_desk_is_accessible_and_keeps_the_policy(staff_page, record, name):
    staff_page.goto(addresses(record, staff_page.staff)[name])
    staff_page.wait_for_load_state("networkidle")
    problems = accessibility_problems(staff_page)
    assert not problems, "\n".join(problems)
    staff_page.set_viewport_size({"width": 390, "height": 800})
    assert not is_wider_than_its_window(staff_page)


def test_signing_in_is_accessible_and_leads_to_the_desk(page, django_user_model):
    django_user_model.objects.create_superuser("editor", password="a long pass phrase")
    page.goto("/admin/login/?next=/admin/")
    assert accessibility_problems(page) == []
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    assert "Please enter the correct username" in page.locator(".errornote").inner_text()
    assert accessibility_problems(page) == []
    page.get_by_label("Password").fill("a long pass phrase")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Desk")


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
        found = Axe().run(staff_page, "dialog", {"preload": False}).response["violations"]
        assert [rule["nodes"][0]["html"] for rule in found] == [], label
        staff_page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)


def test_calendar_clock_and_chooser_work_under_the_policy(staff_page):
    Group.objects.create(name="Translators")
    staff_page.goto(f"/admin/auth/user/{staff_page.staff.pk}/change/")
    staff_page.locator(".field-date_joined .date-icon").first.click()
    staff_page.locator(".calendarbox:visible td a").first.click()
    staff_page.locator(".field-date_joined .clock-icon").first.click()
    staff_page.locator(".clockbox:visible .timelist a").first.click()
    staff_page.locator(".field-groups .select2-selection").click()
    staff_page.locator(".select2-results__option", has_text="Translators").click()
    staff_page.get_by_role("button", name="Save and continue editing").click()
    staff_page.locator(".messagelist .success").wait_for()
    assert list(staff_page.staff.groups.values_list("name", flat=True)) == ["Translators"]


def test_many_are_chosen_and_deleted_under_the_policy(staff_page):
    Group.objects.create(name="Translators")
    staff_page.goto("/admin/auth/group/")
    staff_page.locator("#action-toggle").check()
    staff_page.get_by_label("Action:").select_option("delete_selected")
    staff_page.get_by_role("button", name="Run").or_(
        staff_page.get_by_role("button", name="Go")
    ).click()
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
    staff_page.get_by_role("button", name="Sign out").click()
    staff_page.goto("/admin/")
    expect(staff_page).to_have_url(re.compile("/admin/login/"))


def test_targets_are_large_enough_for_a_thumb(staff_page, record):
    staff_page.set_viewport_size({"width": 390, "height": 800})
    staff_page.goto(f"/admin/pages/standingpage/{record.pk}/change/")
    small = staff_page.evaluate(
        """[...document.querySelectorAll("button, input:not([type=hidden]), select, .submit-row a")]
           .filter((item) => item.checkVisibility() && item.getBoundingClientRect().height < 43.5)
           .map((item) => item.outerHTML.slice(0, 90))"""
    )
    assert small == []
