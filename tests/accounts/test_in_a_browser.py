"""Signing in as people do it: with a passkey, a phone, a keyboard, without scripts, in Korean."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.urls import reverse
from playwright.sync_api import Page, expect

from advocacy.accounts import actions
from advocacy.accounts.models import User
from tests.browser import accessibility_problems, is_wider_than_its_window

from .signing_in import PASSWORD, code_of, set_up_app

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIGN_IN, YOURS = "/admin/sign-in/", "/admin/sign-in/yours/"


@pytest.fixture
def authenticator(page: Page):
    """A key in the browser, which answers as if its owner had touched it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, added["authenticatorId"]


def type_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("User name or e-mail address").fill(name)
    page.get_by_label("Password").fill(password)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def look(page: Page) -> None:
    problems = accessibility_problems(page)
    assert not problems, "\n".join(problems)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert not is_wider_than_its_window(page), f"{page.url} at {width}"
    small = page.evaluate(
        """[...document.querySelectorAll("main :is(button, input:not([type=hidden]), a.button)")]
           .filter((item) => item.checkVisibility() && item.getBoundingClientRect().height < 43.5)
           .map((item) => item.outerHTML.slice(0, 90))"""
    )
    assert small == []
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_passkey_is_added_and_then_opens_the_desk(page, person, public, authenticator):
    page.goto("/admin/")
    type_in(page, "minji")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your sign-in")
    page.get_by_role("link", name="Add a passkey").click()
    expect(page.get_by_label("Name of the passkey")).to_be_visible()
    look(page)
    page.get_by_label("Name of the passkey").fill("Phone")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    assert Authenticator.objects.get(type="webauthn").wrap().name == "Phone"
    page.get_by_role("link", name="Go on to the desk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Desk")

    with page.expect_navigation():
        page.get_by_role("button", name="Sign out").click()
    page.goto("/admin/news/article/")
    type_in(page, "minji@example.org")
    look(page)
    page.get_by_role("button", name="Use your passkey").click()
    expect(page).to_have_url(re.compile("/admin/news/article/$"))
    assert Authenticator.objects.get(type="webauthn").last_used_at


def test_a_passkey_confirms_who_somebody_is(page, authenticator):
    User.objects.create_superuser("chief", "chief@example.org", PASSWORD)
    page.goto(YOURS)
    type_in(page, "chief")
    page.goto(f"{YOURS}passkey/")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.goto(f"{SIGN_IN}again/?next=/admin/accounts/user/")
    look(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Passkey").click()
    look(page)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("People")


def test_another_key_does_not_open_the_desk_and_the_page_says_what_to_do(
    page, person, authenticator
):
    session, identity = authenticator
    page.goto(YOURS)
    type_in(page, "minji")
    page.goto(f"{YOURS}passkey/")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    with page.expect_navigation():
        page.get_by_role("button", name="Sign out").click()
    session.send("WebAuthn.clearCredentials", {"authenticatorId": identity})
    type_in(page, "minji")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("status")).to_contain_text("has not handed over a passkey")
    look(page)
    page.goto("/admin/")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Desk")


def test_the_whole_way_in_without_scripts_by_keyboard_alone(
    chromium, live_server, person, public, settings
):
    """From the link in the mail to the desk, with an app."""
    settings.SITE_URL = live_server.url
    key = actions.invite(user=person)
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{reverse('accounts:invitation')}?key={key}")
    assert key not in page.url
    for label in ("New password:", "New password once more:"):
        page.get_by_label(label, exact=True).fill(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    type_in(page, "minji")
    with page.expect_navigation():
        page.get_by_role("link", name="Set up an app").press("Enter")
    secret = page.locator("code.key").inner_text()
    page.get_by_label("six digits").fill(code_of(secret))
    page.keyboard.press("Enter")
    expect(page.locator(".codes li")).to_have_count(10)
    page.get_by_role("link", name="Go on to the desk").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Desk")
    context.close()


@pytest.mark.long
def test_every_page_of_signing_in_is_accessible_and_fits_a_telephone(staff_page, person):
    set_up_app(staff_page.staff)
    RecoveryCodes.activate(staff_page.staff)
    for path in ("", "password/", "app/remove/", "codes/", "codes/new/"):
        staff_page.goto(YOURS + path)
        assert staff_page.url.endswith(YOURS + path)
        look(staff_page)
    staff_page.goto(f"{SIGN_IN}again/code/")
    look(staff_page)
    Authenticator.objects.all().delete()
    staff_page.goto(f"{YOURS}app/")
    look(staff_page)
    for path in ("", "add/", f"{person.pk}/change/"):
        staff_page.goto(f"/admin/accounts/user/{path}")
        look(staff_page)


def test_the_pages_before_the_desk_are_accessible_and_fit_a_telephone(page, person):
    page.goto("/admin/login/?next=/admin/")
    look(page)
    type_in(page, "minji", "wrong")
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    look(page)
    secret = set_up_app(person)
    type_in(page, "minji")
    expect(page.get_by_label("Code of the app")).to_be_focused()
    look(page)
    page.get_by_label("Code of the app").fill(code_of(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Desk")
    page.goto(f"{SIGN_IN}invitation/?key={actions.invite(user=person)}")
    look(page)
    page.problems.clear()
    page.goto(f"{SIGN_IN}invitation/?key=wrong")
    look(page)
    assert page.problems.pop().startswith("error: Failed to load resource")  # 410, told by Chromium


def test_one_signs_in_in_korean(page, person):
    secret = set_up_app(person)
    page.goto("/admin/")
    page.get_by_role("button", name="한국어").click()
    page.get_by_label("사용자 이름 또는 이메일 주소").fill("minji")
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.get_by_role("button", name="로그인", exact=True).click()
    page.get_by_label("인증 앱의 번호 또는 복구 번호").fill(code_of(secret))
    page.get_by_role("button", name="로그인", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    expect(page.get_by_role("banner").get_by_role("link", name="내 로그인")).to_be_visible()
