"""The second factor: when it is asked for, how it is set up, and what stands in for a lost one."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

from advocacy.accounts.models import User

from .signing_in import PASSWORD, code_of, is_in, set_up_app, sign_in, type_password

pytestmark = pytest.mark.django_db

CODE, YOURS = "/admin/sign-in/code/", "/admin/sign-in/yours/"
WORK = ["/admin/", "/admin/news/article/", "/admin/attachments/library.json", "/admin/reach/"]


def codes(client) -> list[str]:
    page = client.get(f"{YOURS}codes/").content.decode()
    return re.findall(r"<code>(\d{8})</code>", page)


# Enrolment


@pytest.mark.parametrize("path", WORK)
def test_on_a_public_site_nobody_works_before_a_second_factor_is_set_up(
    client, person, public, path
):
    type_password(client, "minji")
    assert client.get(path)["Location"] == YOURS
    assert client.post(path)["Location"] == YOURS
    set_up_app(person)
    assert client.get(path).status_code == 200


def test_enrolment_is_the_first_thing_after_the_first_sign_in(client, person, public):
    response = type_password(client, "minji", follow=True)
    assert response.redirect_chain[-1][0] == YOURS
    page = response.content.decode()
    assert "Before you go on" in page
    assert f"{YOURS}app/" in page
    assert f"{YOURS}passkey/" in page


def test_the_first_account_of_a_public_site_must_enrol_too(client, db, public):
    User.objects.create_superuser("staff", password=PASSWORD)
    type_password(client, "staff")
    assert client.get("/admin/accounts/user/")["Location"] == YOURS


def test_who_has_not_enrolled_can_sign_out_and_choose_a_language(client, person, public):
    type_password(client, "minji")
    assert client.post("/admin/language/", {"language": "ko"}).status_code == 302
    assert client.cookies["django_language"].value == "ko"
    client.post("/admin/logout/")
    assert "_auth_user_id" not in client.session


def test_on_ones_own_machine_a_password_is_enough_and_the_desk_says_so(client, person):
    type_password(client, "minji")
    assert "a password is enough" in client.get("/admin/").content.decode()


def test_the_desk_of_a_public_site_says_nothing_of_that(client, person, public):
    set_up_app(person)
    sign_in(client, person)
    assert "a password is enough" not in client.get("/admin/").content.decode()


def test_readers_are_not_asked_who_they_are(client, public):
    client.cookies["sessionid"] = "x" * 32
    assert "Cookie" not in client.get("/en/").get("Vary", "")


# The app


def test_an_app_is_set_up_with_a_code_and_recovery_codes_are_shown(client, person, public):
    type_password(client, "minji")
    page = client.get(f"{YOURS}app/").content.decode()
    secret = re.search(r'class="key"[^>]*>([A-Z2-7]{32})<', page)[1]
    assert f"secret={secret}" in page
    wrong = client.post(f"{YOURS}app/", {"code": "000000" if code_of(secret) != "000000" else "1"})
    assert "That code is not right" in wrong.content.decode()
    assert not Authenticator.objects.exists()
    response = client.post(f"{YOURS}app/", {"code": code_of(secret)})
    assert response["Location"] == f"{YOURS}codes/"
    assert len(set(codes(client))) == 10
    assert is_in(client)


def test_with_an_app_the_password_alone_opens_nothing(client, person):
    secret = set_up_app(person)
    response = type_password(client, "minji")
    assert response["Location"] == CODE
    assert not is_in(client)
    assert client.get(CODE).status_code == 200
    response = client.post(CODE, {"code": code_of(secret)})
    assert response["Location"] == "/admin/"
    assert is_in(client)


def test_the_code_leads_on_to_where_one_was_going(client, person):
    secret = set_up_app(person)
    client.post(
        "/admin/sign-in/?next=/admin/news/article/", {"login": "minji", "password": PASSWORD}
    )
    assert client.post(CODE, {"code": code_of(secret)})["Location"] == "/admin/news/article/"


def test_a_code_opens_the_desk_once(person, time_machine):
    time_machine.move_to("2026-11-25T12:00:01Z", tick=False)
    code = code_of(set_up_app(person))
    first, second = Client(), Client()
    for client in (first, second):
        type_password(client, "minji")
        client.post(CODE, {"code": code})
    assert is_in(first)
    assert not is_in(second)


def test_yesterdays_code_opens_nothing(client, person, time_machine):
    time_machine.move_to("2026-11-25T12:00:01Z", tick=False)
    code = code_of(set_up_app(person))
    time_machine.shift(60)
    type_password(client, "minji")
    assert "That code is not right" in client.post(CODE, {"code": code}).content.decode()
    assert not is_in(client)


def test_codes_cannot_be_guessed_one_after_the_other(client, person):
    secret = set_up_app(person)
    type_password(client, "minji")
    right = code_of(secret)
    for n in range(5):
        client.post(CODE, {"code": f"{(int(right) + n + 1) % 10**6:06}"})
    page = client.post(CODE, {"code": code_of(secret)}).content.decode()
    assert "Too many tries" in page
    assert not is_in(client)


def test_the_page_of_the_code_is_closed_to_who_has_given_no_password(client, person):
    set_up_app(person)
    assert client.get(CODE)["Location"] == "/admin/sign-in/"
    assert client.post(CODE, {"code": "123456"})["Location"] == "/admin/sign-in/"


def test_between_password_and_code_one_can_start_over_with_another_name(client, person):
    set_up_app(person)
    User.objects.create_user("jisoo", password=PASSWORD)
    type_password(client, "minji")
    assert client.get("/admin/sign-in/")["Location"] == CODE
    assert client.get("/admin/sign-in/over/").status_code == 405
    client.post("/admin/sign-in/over/")
    assert client.get("/admin/sign-in/").status_code == 200
    type_password(client, "jisoo")
    assert is_in(client)


def test_a_password_given_a_quarter_of_an_hour_ago_is_asked_for_again(client, person, time_machine):
    time_machine.move_to("2026-11-25T12:00:01Z", tick=False)
    secret = set_up_app(person)
    type_password(client, "minji")
    time_machine.shift(15 * 60 + 1)
    assert client.post(CODE, {"code": code_of(secret)})["Location"] == "/admin/sign-in/"
    assert not is_in(client)


def test_who_is_off_boarded_between_password_and_code_does_not_get_in(client, person):
    secret = set_up_app(person)
    type_password(client, "minji")
    User.objects.filter(pk=person.pk).update(is_active=False)
    client.post(CODE, {"code": code_of(secret)})
    assert not is_in(client)


def test_on_a_public_site_who_removes_the_app_has_to_set_up_another(client, person, public):
    set_up_app(person)
    sign_in(client, person)
    assert is_in(client)
    client.post(f"{YOURS}app/remove/")
    assert not Authenticator.objects.exists()
    assert client.get("/admin/")["Location"] == YOURS


# Recovery codes


def test_a_recovery_code_stands_in_for_the_app_once(person):
    set_up_app(person)
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    first, second = Client(), Client()
    type_password(first, "minji")
    first.post(CODE, {"code": code})
    assert is_in(first)
    type_password(second, "minji")
    assert "was used before" in second.post(CODE, {"code": code}).content.decode()
    assert not is_in(second)
    assert code not in codes(first)
    assert len(codes(first)) == 9


def test_new_recovery_codes_take_the_place_of_the_old_ones(client, person):
    set_up_app(person)
    old = RecoveryCodes.activate(person).get_unused_codes()
    sign_in(client, person)
    client.post(f"{YOURS}codes/new/")
    new = codes(client)
    assert len(new) == 10
    assert not set(new) & set(old)


def test_looking_at_recovery_codes_changes_nothing(client, person):
    set_up_app(person)
    RecoveryCodes.activate(person)
    sign_in(client, person)
    before = list(Authenticator.objects.order_by("pk").values())
    assert codes(client) == codes(client) != []
    assert list(Authenticator.objects.order_by("pk").values()) == before


def test_recovery_codes_are_shown_to_who_confirms_who_they_are(client, person):
    set_up_app(person)
    RecoveryCodes.activate(person)
    sign_in(client, person, confirmed=False)
    assert client.get(f"{YOURS}codes/")["Location"].startswith("/admin/sign-in/again/")


# What is stored


def test_a_copy_of_the_database_makes_no_codes(person, settings):
    secret = set_up_app(person)
    RecoveryCodes.activate(person)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert len(re.findall(r"gAAAA[\w=-]+", stored)) == 2  # Fernet tokens, of both


def test_after_a_change_of_the_sites_key_the_old_one_still_reads_the_secrets(
    client, person, settings
):
    secret = set_up_app(person)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of fifty letters, at least by its length"
    type_password(client, "minji")
    client.post(CODE, {"code": code_of(secret)})
    assert is_in(client)


def test_a_lost_key_of_the_site_is_told_in_a_sentence(client, person, settings):
    secret = set_up_app(person)
    settings.SECRET_KEY = "another key of fifty letters, at least by its length"
    type_password(client, "minji")
    page = client.post(CODE, {"code": code_of(secret)}).content.decode()
    assert "The secret key of this site has changed" in page
    assert not is_in(client)


def test_the_picture_of_the_app_needs_no_style_of_its_own(client, person):
    sign_in(client, person)
    page = client.get(f"{YOURS}app/").content.decode()
    picture = page[page.index('<svg class="qr-code"') : page.index("</svg>")]
    assert 'd="M4 4h1v1h-1z' in picture
    assert "style" not in picture
