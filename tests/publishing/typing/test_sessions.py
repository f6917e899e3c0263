"""Text typed in a session that ends."""

from __future__ import annotations

import re

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Page, expect

from advocacy.accounts.models import Session
from advocacy.publishing.models import Unsaved
from tests.accounts.signing_in import sign_in
from tests.browser import accessibility_problems, crash
from tests.people import person
from tests.publishing.at_the_form import edit, save
from tests.publishing.forms import change_url
from tests.publishing.typing.offers import HELD, SECOND, offer, wait_until_kept

pytestmark = pytest.mark.browser


def type_password(page: Page) -> None:
    page.get_by_label("User name or e-mail address").fill("editor")
    page.get_by_label("Password").fill("a long pass phrase")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sign_in_beside(page: Page) -> None:
    """In the new tab that the notice leads to."""
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in, in a new tab").click()
    beside = opened.value
    type_password(beside)
    beside.close()


@pytest.mark.long
def test_when_the_session_ends_one_signs_in_in_another_tab_and_goes_on(staff_page, draft):
    edit(staff_page, draft).locator("#id_title").fill("Typed")
    wait_until_kept(staff_page)
    Session.objects.all().delete()
    staff_page.locator("#id_title").fill("Typed title")
    expect(staff_page.locator("#typing")).to_contain_text("You are signed out.")
    assert accessibility_problems(staff_page) == []
    staff_page.get_by_role("button", name="Save draft").click()
    expect(staff_page).to_have_url(re.compile("/change/$"))
    sign_in_beside(staff_page)
    expect(staff_page.locator("#typing")).to_be_empty(timeout=15 * SECOND)
    save(staff_page)
    draft.refresh_from_db()
    assert draft.title == "Typed title"
    staff_page.problems.clear()


@pytest.mark.long
def test_text_typed_before_the_session_ended_is_offered_after_signing_in(staff_page, draft):
    edit(staff_page, draft).locator("#id_title").fill("Typed title")
    wait_until_kept(staff_page)
    Session.objects.all().delete()
    page = crash(staff_page)
    page.goto(change_url(draft))
    type_password(page)
    expect(offer(page)).to_contain_text("Title")


@pytest.mark.long
def test_text_does_not_go_to_somebody_else_who_signs_in_in_the_same_browser(
    staff_page, live_server, client, draft
):
    edit(staff_page, draft).locator("#id_title").fill("Typed")
    wait_until_kept(staff_page)
    other = person("publisher", "another")
    sign_in(client, other)
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
    staff_page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
    )
    staff_page.locator("#id_title").fill("Typed title")
    expect(staff_page.locator("#typing")).to_contain_text("Somebody else has signed in")
    assert {kept.user.username for kept in Unsaved.objects.all()} == {"editor"}
    assert Unsaved.objects.get().fields["title"] == ["Typed"]
    staff_page.problems.clear()


@pytest.mark.long
def test_what_the_browser_holds_goes_when_one_signs_out(staff_page, draft):
    edit(staff_page, draft)
    staff_page.context.set_offline(True)
    staff_page.locator("#id_title").fill("Typed title")
    expect(staff_page.locator("#typing")).to_contain_text("is kept in this browser")
    held = staff_page.evaluate(HELD)
    page = crash(staff_page)
    staff_page.context.set_offline(False)
    page.goto("/admin/")
    assert page.evaluate(HELD) == held
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(HELD) == []
    page.problems.clear()


@pytest.mark.long
def test_what_was_held_under_another_session_cannot_be_opened_and_goes(
    staff_page, live_server, client, draft
):
    edit(staff_page, draft)
    staff_page.context.set_offline(True)
    staff_page.locator("#id_title").fill("Typed title")
    expect(staff_page.locator("#typing")).to_contain_text("is kept in this browser")
    page = crash(staff_page)
    staff_page.context.set_offline(False)
    client.logout()
    sign_in(client, staff_page.staff)
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    edit(page, draft)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(HELD) == []
    expect(offer(page)).to_have_count(0)
    assert not Unsaved.objects.exists()
    page.problems.clear()
