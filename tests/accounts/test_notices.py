"""Whoever's ways in are changed is written to: it may have been somebody else who changed them."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from advocacy.accounts import actions
from advocacy.accounts.models import Invitation, User

from .signing_in import PASSWORD, code_of, set_up_app, sign_in

pytestmark = pytest.mark.django_db

YOURS = "/admin/sign-in/yours/"
NEW = "pebble sonnet harbour quilt"


@pytest.fixture
def chief():
    return User.objects.create_superuser("chief", "chief@example.org", PASSWORD, name="Chief Lee")


def change_password(client, new: str):
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    return client.post(f"{YOURS}password/", typed)


def test_a_new_password_is_told_in_both_languages_with_whom_to_tell(
    client, person, chief, mailoutbox
):
    sign_in(client, person)
    assert change_password(client, NEW).status_code == 302
    [letter] = mailoutbox
    assert letter.to == ["minji@example.org"]
    assert "A new password was set for your account." in letter.body
    assert "새 비밀번호" in letter.body
    assert "tell an administrator at once: Chief Lee." in letter.body
    assert letter.subject.count(" · ") == 1
    assert NEW not in letter.body
    assert "127.0.0.1" not in letter.body


def test_a_password_that_was_not_changed_is_not_told(client, person, mailoutbox):
    sign_in(client, person)
    change_password(client, "short")
    assert mailoutbox == []


@pytest.mark.django_db(transaction=True)
def test_an_app_and_recovery_codes_are_told_when_they_come_and_go(client, person, mailoutbox):
    sign_in(client, person)
    page = client.get(f"{YOURS}app/").content.decode()
    secret = re.search(r'class="key"[^>]*>([A-Z2-7]{32})<', page)[1]
    client.post(f"{YOURS}app/", {"code": code_of(secret)})
    told = "".join(letter.body for letter in mailoutbox)
    assert "An authenticator app was set up" in told
    assert secret not in told
    sign_in(client, person)
    assert client.post(f"{YOURS}app/remove/").status_code == 302
    assert "The authenticator app was removed" in mailoutbox[-1].body


@pytest.mark.django_db(transaction=True)
def test_new_recovery_codes_are_told_without_a_code(client, person, mailoutbox):
    set_up_app(person)
    sign_in(client, person)
    client.post(f"{YOURS}codes/new/")
    [letter] = mailoutbox
    assert "New recovery codes were made" in letter.body
    assert not re.search(r"\d{8}", letter.body)


def test_a_passkey_that_is_removed_is_told(client, person, mailoutbox):
    passkey = Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "Phone", "credential": {}}
    )
    set_up_app(person)
    sign_in(client, person)
    client.post(f"{YOURS}passkey/{passkey.pk}/remove/")
    [letter] = mailoutbox
    assert "A passkey was removed from your account." in letter.body


def test_factors_that_an_administrator_removes_are_told_if_there_were_any(person, mailoutbox):
    actions.remove_factors(user=person)
    assert mailoutbox == []
    set_up_app(person)
    actions.remove_factors(user=person)
    [letter] = mailoutbox
    assert "An administrator has removed the second factors" in letter.body


def test_who_is_off_boarded_is_not_written_to(person, chief, mailoutbox):
    set_up_app(person)
    actions.off_board(user=person)
    assert mailoutbox == []


def test_a_password_chosen_by_an_invitation_is_told(person, mailoutbox):
    key = actions.invite(user=person)
    actions.accept(invitation=Invitation.objects.by_key(key).get(), password=NEW)
    [letter] = mailoutbox
    assert "A new password was set" in letter.body


def test_without_an_address_nothing_is_written(mailoutbox):
    staff = User.objects.create_superuser("staff", password=PASSWORD)
    client = Client()
    sign_in(client, staff)
    assert change_password(client, NEW).status_code == 302
    assert mailoutbox == []


def test_the_only_administrator_is_told_to_change_the_password(mailoutbox):
    only = User.objects.create_superuser("only", "only@example.org", PASSWORD)
    client = Client()
    sign_in(client, only)
    change_password(client, NEW)
    [letter] = mailoutbox
    assert "If it was not, change your password at once." in letter.body
