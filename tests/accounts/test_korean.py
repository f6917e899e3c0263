"""Signing in speaks Korean to whom it is asked to."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.test import Client

from advocacy.accounts import actions
from advocacy.accounts.models import User
from tests.test_translations import NAMES, english

from .signing_in import PASSWORD, set_up_app, sign_in, type_password

pytestmark = pytest.mark.django_db

#: People's names and addresses in these tests, also cell by cell, and what languages call themselves.
THEIRS = "chief minji chiefchiefchief minjiminjiminji example org English"
YOURS = [f"yours/{path}" for path in ("", "password/", "app/remove/", "passkey/", "codes/")]


def korean(client: Client, path: str) -> set[str]:
    """The English words left on a page for somebody who has chosen Korean."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ko"
    html = client.get(path).content.decode()
    assert '<html lang="ko"' in html, path
    return english(html, allowed=f"{NAMES} {THEIRS}")


@pytest.fixture
def chief(client):
    user = User.objects.create_superuser("chief", "chief@example.org", PASSWORD)
    set_up_app(user)
    RecoveryCodes.activate(user)
    sign_in(client, user)
    return user


@pytest.mark.parametrize(
    "path", [*YOURS, "yours/codes/new/", "again/", "again/code/", "invitation/"]
)
def test_no_english_is_left_on_the_pages_of_ones_own_ways_in(client, chief, path):
    assert korean(client, f"/admin/sign-in/{path}") == set()


def test_no_english_is_left_where_an_app_is_set_up(client, person):
    sign_in(client, person)
    assert korean(client, "/admin/sign-in/yours/") == set()
    assert korean(client, "/admin/sign-in/yours/app/") == set()


def test_no_english_is_left_before_the_desk(person):
    client = Client()
    assert korean(client, "/admin/sign-in/") == set()
    set_up_app(person)
    type_password(client, "minji")
    assert korean(client, "/admin/sign-in/code/") == set()
    client.get("/admin/sign-in/invitation/", {"key": actions.invite(user=person)})
    assert korean(client, "/admin/sign-in/invitation/") == set()


def test_no_english_is_left_in_what_is_said_to_a_wrong_password(client, person):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ko"
    html = type_password(client, "minji", "wrong").content.decode()
    assert "서로 맞지 않습니다" in html
    assert english(html, allowed=f"{NAMES} {THEIRS}") == set()


@pytest.mark.parametrize("path", ["", "add/", "change"])
def test_no_english_is_left_on_the_pages_of_people(client, chief, person, path):
    path = f"{person.pk}/change/" if path == "change" else path
    assert korean(client, f"/admin/accounts/user/{path}") == set()
