"""Name and password: who gets in, what everybody else is told, and how often they may try."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from advocacy.accounts.models import Session, Throttle, User

from .signing_in import PASSWORD, is_in, set_up_app, sign_in, type_password

pytestmark = pytest.mark.django_db

SIGN_IN = "/admin/sign-in/"
TWELVE_HOURS = 12 * 60 * 60


def answer_to(client, name, password="not the password of anybody") -> tuple[int, str]:
    """What is told, without what differs with every request."""
    response = type_password(client, name, password)
    page = re.sub(r'(value|nonce)="[^"]{24,}"', "", response.content.decode())
    return response.status_code, page.replace(name, "NAME")


def test_the_desk_leads_a_stranger_to_signing_in_and_then_back(client, person):
    response = client.get("/admin/news/article/?q=a", follow=True)
    path, query = response.redirect_chain[-1][0].split("?")
    assert path == SIGN_IN
    response = client.post(f"{path}?{query}", {"login": "minji", "password": PASSWORD})
    assert response["Location"] == "/admin/news/article/?q=a"
    assert is_in(client)


@pytest.mark.parametrize("name", ["minji", "MINJI", "minji@example.org", "Minji@example.org"])
def test_one_signs_in_by_user_name_or_address(client, person, name):
    assert type_password(client, name)["Location"] == "/admin/"
    assert is_in(client)


def test_nobody_is_led_to_another_site(client, person):
    response = client.post(
        f"{SIGN_IN}?next=https://evil.example/", {"login": "minji", "password": PASSWORD}
    )
    assert response["Location"] == "/admin/"


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/login/?next=/admin/"])
def test_the_forms_of_the_admin_itself_let_nobody_in(client, person, path):
    """They know no second factor and no throttling, also for somebody who is in already."""
    chief = User.objects.create_superuser("chief", password=PASSWORD)
    typed = {"username": "chief", "password": PASSWORD}
    assert client.post(path, typed)["Location"].startswith(SIGN_IN)
    assert not is_in(client)
    sign_in(client, person)
    client.post(path, typed)
    assert client.session["_auth_user_id"] == str(person.pk) != str(chief.pk)
    assert client.get("/admin/password_change/")["Location"] == "/admin/sign-in/yours/password/"


def test_signing_in_answers_an_unknown_name_as_a_wrong_password(person):
    User.objects.create_user("waiting").set_unusable_password()
    User.objects.create_user("left", "left@example.org", PASSWORD, is_active=False)
    answers = {name: answer_to(Client(), name) for name in ("minji", "jisoo", "waiting", "left")}
    assert len(set(answers.values())) == 1
    assert "do not belong together" in answers["jisoo"][1]
    by_address = [answer_to(Client(), name) for name in ("minji@example.org", "no@example.org")]
    assert by_address[0] == by_address[1] == answers["jisoo"]


def test_somebody_who_has_left_is_not_told_that_the_password_was_right(person):
    User.objects.create_user("left", password=PASSWORD, is_active=False)
    assert answer_to(Client(), "left", PASSWORD) == answer_to(Client(), "left")


@pytest.mark.parametrize(
    "name",
    ["minji", "jisoo", "minji@example.org", "no@example.org", "left", "waiting"],
)
def test_every_name_costs_one_look_and_one_hash(
    person, name, monkeypatch, django_assert_num_queries
):
    """So that the time an answer takes tells no more than its words."""
    User.objects.create_user("left", password=PASSWORD, is_active=False)
    waiting = User.objects.create_user("waiting")
    waiting.set_unusable_password()
    waiting.save()
    hashed = []
    encode = MD5PasswordHasher.encode

    def counting(self, password, salt, **options):
        hashed.append(password)
        return encode(self, password, salt, **options)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    client = Client()
    with django_assert_num_queries(1):  # tries are counted in memory in these tests
        type_password(client, name, "not the password of anybody")
    assert len(hashed) == 1


def test_nobody_can_sign_up(client):
    for name in ("account_signup", "account_reset_password", "account_email"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    for path in ("signup/", "sign-up/", "accounts/signup/"):
        assert client.get(f"/{path}").status_code in (404, 410)
        assert client.get(SIGN_IN + path).status_code in (302, 404)
    page = client.get(SIGN_IN).content.decode().lower()
    for words in ("sign up", "signup", "register", "create an account"):
        assert words not in page
    client.post(SIGN_IN, {"login": "new", "password": PASSWORD, "password1": PASSWORD})
    assert not User.objects.exists()


# How often


def test_after_five_wrong_passwords_even_the_right_one_waits(client, person, time_machine):
    time_machine.move_to("2026-11-25T12:00:00Z", tick=False)
    for _ in range(5):
        assert "do not belong together" in answer_to(client, "minji")[1]
    assert "Too many tries" in answer_to(client, "minji", PASSWORD)[1]
    assert not is_in(client)
    time_machine.shift(5 * 60 + 1)
    type_password(client, "minji")
    assert is_in(client)


def test_unknown_names_are_throttled_as_known_ones(person):
    known, unknown = Client(), Client(REMOTE_ADDR="192.0.2.7")
    for _ in range(7):
        assert answer_to(known, "minji") == answer_to(unknown, "jisoo")


def test_a_stranger_who_guesses_locks_nobody_out(person):
    stranger = Client(REMOTE_ADDR="203.0.113.5")
    for _ in range(6):
        answer_to(stranger, "minji")
    assert "Too many tries" in answer_to(stranger, "minji")[1]
    at_home = Client(REMOTE_ADDR="198.51.100.4")
    type_password(at_home, "minji")
    assert is_in(at_home)


def test_one_address_cannot_go_through_all_names(client, person):
    answers = [answer_to(client, f"name-{n}") for n in range(12)]
    assert "do not belong together" in answers[9][1]
    assert "Too many tries" in answers[11][1]


def test_a_household_with_many_addresses_counts_as_one(person):
    for n in range(6):
        page = answer_to(Client(REMOTE_ADDR=f"2001:db8:1:2::{n}"), "minji")[1]
    assert "Too many tries" in page
    assert "Too many tries" not in answer_to(Client(REMOTE_ADDR="2001:db8:1:3::1"), "minji")[1]


def test_behind_a_proxy_it_is_the_visitor_who_is_throttled(person, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1/32"]
    for _ in range(6):
        page = answer_to(Client(HTTP_X_FORWARDED_FOR="203.0.113.5"), "minji")[1]
    assert "Too many tries" in page
    type_password(client := Client(HTTP_X_FORWARDED_FOR="198.51.100.4"), "minji")
    assert is_in(client)


def test_a_flood_is_answered_with_a_page_that_says_so(client, person):
    answers = [type_password(client, f"name-{n}", "x").status_code for n in range(31)]
    assert set(answers[:30]) == {200}
    response = type_password(client, "minji")
    assert response.status_code == 429
    assert b"Wait a minute" in response.content


@pytest.fixture
def shared(settings):
    """The cache the site really has, in its database."""
    from nkhr import settings as own  # the file itself, before these tests changed anything

    settings.CACHES = own.CACHES


def test_tries_are_known_to_all_workers_and_no_address_can_be_read_from_them(person, shared):
    answer_to(Client(REMOTE_ADDR="203.0.113.5"), "minji")
    kept = list(Throttle.objects.values_list("cache_key", "value"))
    assert len(kept) >= 3
    assert "203.0.113.5" not in str(kept)
    assert "minji" not in str(kept)
    for _ in range(5):
        cache.close()  # as another process, which has nothing of its own in memory
        page = answer_to(Client(REMOTE_ADDR="203.0.113.5"), "minji")[1]
    assert "Too many tries" in page


# How long


def test_a_session_knows_whose_it_is(client, person):
    type_password(client, "minji")
    assert Session.objects.get(user=person).session_key == client.session.session_key


def test_a_session_lasts_twelve_hours_from_signing_in_however_much_is_done(
    client, person, time_machine
):
    time_machine.move_to("2026-11-25T12:00:00Z", tick=False)
    cookie = type_password(client, "minji").cookies["sessionid"]
    assert (cookie["max-age"], cookie["httponly"]) == (TWELVE_HOURS, True)
    time_machine.shift(TWELVE_HOURS - 60)
    session = client.session
    session["something"] = "saved"
    session.save()
    assert is_in(client)
    time_machine.shift(61)
    assert not is_in(client)


def test_sessions_that_are_over_are_swept_away(client, person, time_machine):
    time_machine.move_to("2026-11-25T12:00:00Z", tick=False)
    type_password(Client(), "minji")
    time_machine.shift(TWELVE_HOURS + 1)
    type_password(client, "minji")
    assert Session.objects.filter(user=person).count() == 1


def change_password(client, old, new):
    typed = {"oldpassword": old, "password1": new, "password2": new}
    return client.post("/admin/sign-in/yours/password/", typed)


def test_a_new_password_ends_the_sessions_of_every_browser(person):
    here, there = Client(), Client()
    type_password(here, "minji")
    type_password(there, "minji")
    assert is_in(there)
    new = "pebble sonnet harbour quilt"
    assert change_password(here, PASSWORD, new)["Location"] == SIGN_IN
    assert not is_in(there)
    assert not is_in(here)
    assert "signed out everywhere" in here.get(SIGN_IN).content.decode()
    type_password(here, "minji", new)
    assert is_in(here)


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("thirteen char", "at least 14 characters"),
        ("1qaz2wsx3edc4rfv", "too common"),
        ("minji@example.org", "too similar"),
        ("12345678901234567", "entirely numeric"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(client, person, new, why):
    type_password(client, "minji")
    assert why in change_password(client, PASSWORD, new).content.decode()
    assert User.objects.get().check_password(PASSWORD)


def test_the_present_password_is_asked_for_a_new_one(client, person):
    type_password(client, "minji")
    page = change_password(client, "wrong", "pebble sonnet harbour quilt").content.decode()
    assert "not your present password" in page
    assert is_in(client)


def test_one_can_sign_out_of_all_other_browsers(person):
    here, there = Client(), Client()
    type_password(here, "minji")
    type_password(there, "minji")
    assert "1 other browser" in here.get("/admin/sign-in/yours/").content.decode()
    assert here.get("/admin/sign-in/sessions/end/").status_code == 405
    here.post("/admin/sign-in/sessions/end/")
    assert is_in(here)
    assert not is_in(there)


def test_signing_out_is_a_post_and_leads_to_signing_in(client, person):
    type_password(client, "minji")
    assert client.get("/admin/logout/").status_code == 405
    assert is_in(client)
    assert client.post("/admin/logout/")["Location"] == SIGN_IN
    assert not is_in(client)
    assert not Session.objects.filter(user=person).exists()


@pytest.mark.parametrize("path", ["", "again/", "yours/", "yours/app/", "yours/codes/", "code/"])
def test_no_page_of_signing_in_is_kept_by_a_browser(client, person, path):
    sign_in(client, person)
    set_up_app(person)
    RecoveryCodes.activate(person)
    assert "no-store" in client.get(SIGN_IN + path)["Cache-Control"]
