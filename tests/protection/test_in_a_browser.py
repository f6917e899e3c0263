"""A case officer protects somebody; whoever then writes the name cannot publish it."""

import re

import pytest
from playwright.sync_api import expect

from advocacy.protection.router import ALIAS
from tests.browser import accessibility_problems, is_wider_than_its_window
from tests.facts import article
from tests.tasks.work import do_all

pytestmark = [pytest.mark.browser, pytest.mark.django_db(databases=["default", ALIAS])]

VIEWS = [(1280, "light"), (390, "dark")]


def look(page) -> None:
    problems = accessibility_problems(page, VIEWS)
    assert not problems, "\n".join(problems)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert not is_wider_than_its_window(page), f"{page.url} at {width}"


@pytest.mark.usefixtures("key")
def test_somebody_is_protected_and_their_name_stays_out(staff_page):
    staff_page.staff.is_case_officer = True
    staff_page.staff.save()
    article("Shin Dong-hyuk in New York")
    staff_page.goto("/admin/protected/add/")
    look(staff_page)
    staff_page.get_by_label("Names:").fill("신동혁\nLittle Bird")
    staff_page.get_by_role("button", name="Save").click()
    expect(staff_page.get_by_text("From now on every text is looked at")).to_be_visible()
    look(staff_page)
    staff_page.get_by_role("link", name="Note a consent").click()
    expect(staff_page.get_by_role("heading", name="Note a consent")).to_be_visible()
    look(staff_page)
    staff_page.goto("/admin/protected/")
    expect(staff_page.get_by_text("0 of 1 texts have been looked at.")).to_be_visible()
    look(staff_page)
    do_all()
    staff_page.get_by_role("link", name="How far is it now?").click()
    expect(staff_page.get_by_text("1 text was looked at")).to_be_visible()
    expect(staff_page.get_by_text("Shin Dong-hyuk in New York")).to_be_visible()
    look(staff_page)
    staff_page.goto("/admin/protected/officers/")
    look(staff_page)
    staff_page.goto("/admin/news/article/add/")
    staff_page.fill("#id_title", "Donghyuk Shin speaks in Geneva")
    staff_page.get_by_role("button", name="Publish").first.click()
    staff_page.wait_for_url(re.compile(r"/change/#checks$"))
    expect(staff_page.locator("#checks")).to_contain_text("A protected name: title.")
