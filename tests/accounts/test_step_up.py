"""Before people, exports and one's own ways in, somebody shows once more who they are."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from advocacy.accounts.models import User

from .signing_in import PASSWORD, code_of, set_up_app, sign_in, type_password

pytestmark = pytest.mark.django_db

AGAIN = "/admin/sign-in/again/"
EXPORT = "/admin/reach/?month=2026-10&format=csv"
YOURS = "/admin/sign-in/yours/"


@pytest.fixture
def chief(client):
    """An administrator whose sign-in was some time ago."""
    user = User.objects.create_superuser("chief", "chief@example.org", PASSWORD)
    sign_in(client, user, confirmed=False)
    return user


@pytest.fixture
def paths(chief, person):
    people, one = "/admin/accounts/user/", f"/admin/accounts/user/{person.pk}/"
    looked_at = [people, f"{people}add/", f"{one}change/", f"{one}history/"]
    exports = [EXPORT, EXPORT.replace("csv", "xlsx")]
    own = [f"{YOURS}app/", f"{YOURS}passkey/", f"{YOURS}codes/new/"]
    verbs = [f"{one}{verb}/" for verb in ("invite", "off-board", "end-sessions", "remove-factors")]
    return {
        "GET": [*looked_at, *exports, *own],
        "POST": [*verbs, f"{one}change/", f"{people}add/", *own],
    }


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_old_sign_in_is_not_enough(client, paths, method):
    before = User.objects.order_by("pk").values_list()
    for path in paths[method]:
        response = client.generic(method, path)
        assert response.status_code == 302, path
        assert response["Location"].startswith(AGAIN), path
    assert list(User.objects.order_by("pk").values_list()) == list(before)


def test_what_is_less_is_open_to_an_old_sign_in(client, chief):
    for path in ("/admin/", "/admin/reach/?month=2026-10", YOURS, "/admin/news/article/"):
        assert client.get(path).status_code == 200


def test_the_password_once_more_leads_on_and_lasts_five_minutes(client, chief, time_machine):
    time_machine.move_to("2026-11-25T12:00:00Z", tick=False)
    sign_in(client, chief, confirmed=False)
    asked = client.get(EXPORT)["Location"]
    assert "not your password" in client.post(asked, {"password": "wrong"}).content.decode()
    assert client.get(EXPORT).status_code == 302
    assert client.post(asked, {"password": PASSWORD})["Location"] == EXPORT
    assert client.get(EXPORT)["Content-Type"].startswith("text/csv")
    time_machine.shift(5 * 60)
    assert client.get(EXPORT)["Location"] == asked


def test_who_has_signed_in_a_moment_ago_is_not_asked(client, person, time_machine):
    time_machine.move_to("2026-11-25T12:00:00Z", tick=False)
    type_password(client, "minji")
    assert client.get(EXPORT).status_code == 200
    time_machine.shift(5 * 60)
    assert client.get(EXPORT).status_code == 302


def test_what_was_typed_is_done_after_confirming(client, chief, person):
    path = f"/admin/accounts/user/{person.pk}/change/"
    typed = {"name": "Kim Min-ji", "email": "minji@example.org", "role": "publisher"}
    asked = client.post(path, typed)["Location"]
    person.refresh_from_db()
    assert person.role == "editor"
    client.post(asked, {"password": PASSWORD})
    person.refresh_from_db()
    assert (person.name, person.role) == ("Kim Min-ji", "publisher")


def test_a_code_of_the_app_or_a_recovery_code_will_do(client, chief):
    secret = set_up_app(chief)
    page = client.get(f"{AGAIN}?next={EXPORT}").content.decode()
    assert "Code of the app, or a recovery code" in page
    client.post(f"{AGAIN}code/", {"code": code_of(secret)})
    assert client.get(EXPORT).status_code == 200
    client.logout()
    sign_in(client, chief, confirmed=False)
    assert client.get(EXPORT).status_code == 302
    recovery = RecoveryCodes.activate(chief).get_unused_codes()[0]
    client.post(f"{AGAIN}code/", {"code": recovery})
    assert client.get(EXPORT).status_code == 200


def test_passwords_are_not_guessed_here_either(client, chief):
    for _ in range(5):
        client.post(AGAIN, {"password": "wrong"})
    page = client.post(AGAIN, {"password": PASSWORD}).content.decode()
    assert "Too many tries" in page
    assert client.get(EXPORT).status_code == 302


def test_a_colleagues_password_confirms_nothing(client, chief, person):
    person.set_password("pebble sonnet harbour quilt")
    person.save()
    client.post(AGAIN, {"password": "pebble sonnet harbour quilt"})
    assert client.get(EXPORT).status_code == 302


def test_who_may_not_see_people_is_refused_and_not_asked(client, person):
    sign_in(client, person, confirmed=False)
    for path in ("/admin/accounts/user/", f"/admin/accounts/user/{person.pk}/change/"):
        assert client.get(path).status_code == 403
    assert client.post(f"/admin/accounts/user/{person.pk}/off-board/").status_code == 403
