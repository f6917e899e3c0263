"""A link by mail, with which somebody chooses a password: once, for 48 hours, and seen by nobody else."""

import logging
import re
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from advocacy.accounts import actions
from advocacy.accounts.models import Invitation, Session, User

from .signing_in import PASSWORD, is_in, set_up_app, sign_in, type_password

pytestmark = pytest.mark.django_db

PAGE = "/admin/sign-in/invitation/"
CHOSEN = {"new_password1": PASSWORD, "new_password2": PASSWORD}


@pytest.fixture
def invited(db) -> User:
    user = User(username="jisoo", name="Lee Ji-soo", email="jisoo@example.org", is_active=False)
    user.set_unusable_password()
    user.save()
    return user


def opened(key: str) -> Client:
    """A browser in which the link was followed."""
    client = Client()
    assert client.get(PAGE, {"key": key})["Location"] == PAGE
    return client


def test_the_invited_chooses_a_password_and_signs_in_with_it(invited):
    client = opened(actions.invite(user=invited))
    assert "Welcome, Lee Ji-soo" in client.get(PAGE).content.decode()
    assert client.post(PAGE, CHOSEN)["Location"] == "/admin/sign-in/"
    assert not is_in(client)
    assert "Your password is set" in client.get("/admin/sign-in/").content.decode()
    type_password(client, "jisoo")
    assert is_in(client)


def test_before_that_nobody_signs_in(invited, client):
    actions.invite(user=invited)
    for password in (PASSWORD, "", "!"):
        type_password(client, "jisoo", password)
        assert not is_in(client)


def test_a_link_is_used_once(invited):
    key = actions.invite(user=invited)
    first, second = opened(key), opened(key)
    first.post(PAGE, CHOSEN)
    late = {"new_password1": "pebble sonnet harbour quilt"}
    assert second.post(PAGE, {**late, "new_password2": late["new_password1"]}).status_code == 410
    assert opened(key).get(PAGE).status_code == 410
    assert User.objects.get().check_password(PASSWORD)


def test_two_who_press_the_button_at_once_set_one_password(invited):
    invitation = Invitation.objects.by_key(actions.invite(user=invited)).get()
    actions.accept(invitation=invitation, password=PASSWORD)
    with pytest.raises(actions.NoSuchInvitation):
        actions.accept(invitation=invitation, password="pebble sonnet harbour quilt")
    assert User.objects.get().check_password(PASSWORD)


def test_a_link_lasts_48_hours(invited):
    now = timezone.now()
    key = actions.invite(user=invited, at=now)
    last = now + timedelta(hours=48)
    invitations = Invitation.objects.by_key(key)
    assert invitations.open(at=last - timedelta(seconds=1)).exists()
    assert not invitations.open(at=last).exists()
    with pytest.raises(actions.NoSuchInvitation):
        actions.accept(invitation=invitations.get(), password=PASSWORD, at=last)


def test_a_link_that_is_over_opens_nothing(invited):
    key = actions.invite(user=invited, at=timezone.now() - timedelta(hours=48))
    client = opened(key)
    assert client.get(PAGE).status_code == 410
    assert client.post(PAGE, CHOSEN).status_code == 410
    assert not User.objects.get().is_active


def test_a_link_that_expires_while_the_page_is_open_opens_nothing(invited, time_machine):
    time_machine.move_to("2026-11-25T12:00:00Z", tick=False)
    client = opened(actions.invite(user=invited))
    time_machine.shift(48 * 60 * 60)
    assert client.post(PAGE, CHOSEN).status_code == 410


def test_a_wrong_link_answers_as_one_that_is_used_or_over(invited):
    over = actions.invite(user=invited, at=timezone.now() - timedelta(hours=49))
    pages = []
    for key in ("wrong", over, "x" * 10_000, "한글"):
        response = opened(key).get(PAGE)
        assert response.status_code == 410
        pages.append(re.sub(r'(value|nonce)="[^"]{24,}"', "", response.content.decode()))
    assert len(set(pages)) == 1
    assert Client().get(PAGE).status_code == 410
    assert not Session.objects.exists()


def test_a_new_link_takes_the_place_of_the_old_one(invited):
    old = actions.invite(user=invited)
    new = actions.invite(user=invited)
    assert opened(old).get(PAGE).status_code == 410
    assert opened(new).get(PAGE).status_code == 200


def test_opening_a_link_uses_nothing_up(invited):
    """Mail servers open links to look for malice."""
    key = actions.invite(user=invited)
    for _ in range(3):
        opened(key).get(PAGE)
    assert Invitation.objects.open().exists()


def test_a_weak_password_is_refused_and_the_link_stays_open(invited):
    client = opened(actions.invite(user=invited))
    page = client.post(PAGE, {"new_password1": "short", "new_password2": "short"}).content.decode()
    assert "at least 14 characters" in page
    other = client.post(PAGE, {**CHOSEN, "new_password2": "something else"}).content.decode()
    assert "password fields didn’t match" in other
    assert client.post(PAGE, CHOSEN).status_code == 302


def test_the_key_leaves_the_address_before_any_page_is_shown(invited):
    key = actions.invite(user=invited)
    client = Client()
    response = client.get(PAGE, {"key": key})
    assert response["Location"] == PAGE
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert key not in client.get(PAGE).content.decode()


def test_the_key_is_stored_nowhere(invited):
    key = actions.invite(user=invited)
    client = opened(key)
    stored = str(list(Invitation.objects.values_list())) + str(dict(client.session))
    assert key not in stored


def test_the_key_is_in_no_log(invited, caplog, settings):
    key = actions.invite(user=invited)
    with caplog.at_level(logging.DEBUG):
        client = opened(key)
        client.post(PAGE, CHOSEN)
        client.get(PAGE, {"key": key}, follow=True)
    assert key not in caplog.text


def test_the_shipped_servers_log_no_query():
    """In which the key stands: `$uri` of nginx is the path alone, and Caddy keeps no access log."""
    deploy = django_settings.BASE_DIR / "deploy"
    [logged] = re.findall(r"log_format \w+ '([^']+)'", (deploy / "nginx.conf").read_text())
    assert set(re.findall(r"\$\{?(\w+)", logged)) == {
        *("time_iso8601", "request_method", "uri"),
        *("status", "body_bytes_sent", "request_time"),
    }
    site = (deploy / "Caddyfile").read_text().partition("www.example.org {")[2]
    assert not re.search(r"^\s*log\b", site, re.MULTILINE)


def test_a_link_for_a_new_password_ends_every_session_and_keeps_the_factor(client, person):
    set_up_app(person)
    sign_in(client, person)
    there = opened(actions.invite(user=person))
    new = "pebble sonnet harbour quilt"
    there.post(PAGE, {"new_password1": new, "new_password2": new})
    assert not is_in(client)
    assert type_password(there, "minji", new)["Location"] == "/admin/sign-in/code/"


def test_a_link_opened_in_the_browser_of_somebody_else_signs_them_out(client, person, invited):
    sign_in(client, person)
    client.get(PAGE, {"key": actions.invite(user=invited)})
    client.post(PAGE, CHOSEN)
    assert not is_in(client)
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    invited.refresh_from_db()
    assert invited.is_active
