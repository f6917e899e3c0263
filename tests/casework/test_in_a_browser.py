"""A case officer takes somebody out, page by page."""

import pytest
from playwright.sync_api import expect

from advocacy.protection.router import ALIAS
from tests.facts import article
from tests.protection.entries import protect
from tests.protection.test_in_a_browser import look
from tests.tasks.work import do_all

from .plants import pdf

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.django_db(databases=["default", ALIAS]),
]


@pytest.mark.usefixtures("key")
def test_somebody_is_taken_out_and_the_report_says_so(staff_page):
    staff_page.staff.is_case_officer = True
    staff_page.staff.save()
    stays = article("Shin Dong-hyuk in New York")
    stays.documents.create(attachment=pdf("Signed, Shin Dong-hyuk"))
    article("Shin Dong-hyuk, or Dong-hyuk, in Geneva")
    article("신동혁씨가제네바에서유엔인권최고대표를만나국제조사를촉구하다", language="ko")
    who = protect("신동혁")
    staff_page.goto(f"/admin/protected/{who.pk}/")
    staff_page.get_by_role("link", name="Take this person out").click()
    expect(staff_page.get_by_label("In Korean instead:")).to_be_visible()
    staff_page.get_by_label("In Korean instead:").fill("생존자")
    look(staff_page)
    staff_page.get_by_role("button", name="Search the site").click()
    expect(staff_page.get_by_text("The site is being searched.")).to_be_visible()
    do_all()
    # The page looks again by itself.
    expect(staff_page.get_by_text("This is what will be done.")).to_be_visible(timeout=10_000)
    first = staff_page.get_by_role("radiogroup", name="Shin Dong-hyuk in New York")
    expect(first.get_by_label("Replace every form")).to_be_checked()
    second = staff_page.get_by_role("radiogroup", name="in Geneva")
    expect(second.get_by_label("Remove it")).to_be_checked()
    look(staff_page)
    staff_page.get_by_role("button", name="Take this person out now").click()
    expect(staff_page.get_by_text("The name is being taken out.")).to_be_visible()
    do_all()
    expect(staff_page.get_by_text("What was done")).to_be_visible(timeout=10_000)
    expect(staff_page.get_by_text("No form of the name was found in them.")).to_be_visible()
    look(staff_page)
    staff_page.goto("/admin/protected/withdrawals/")
    look(staff_page)
    staff_page.goto(stays.get_absolute_url())
    expect(staff_page.get_by_role("heading", name="This page is gone")).to_be_visible()
    staff_page.problems.clear()  # the browser notes the 410
