"""The cookie with which staff pass by the store: who gets it, and who loses it."""

import pytest
from django.core.signing import Signer
from django.db import DatabaseError
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from advocacy.accounts.models import User
from nkhr.middleware import StaffMarker
from nkhr.store import marker
from tests.facts import article

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return User.objects.create_superuser("editor", password="a long password")


def test_signing_in_gives_the_mark_and_signing_out_takes_it(client, staff):
    answer = client.post("/admin/sign-in/", {"login": "editor", "password": "a long password"})
    mark = answer.cookies["staff"]
    assert marker.seconds_left(mark.value) > 12 * 3600 - 60
    assert (mark["max-age"], mark["path"], mark["samesite"]) == (12 * 3600, "/", "Lax")
    assert mark["httponly"]
    assert not mark["secure"]
    answer = client.post("/admin/logout/")
    assert answer.cookies["staff"].value == ""
    assert answer.cookies["staff"]["max-age"] == 0


def test_on_a_public_site_the_mark_travels_over_https_alone(client, staff, settings):
    settings.SESSION_COOKIE_SECURE = True
    client.force_login(staff)
    assert client.get("/admin/").cookies["staff"]["secure"]


def test_a_mark_is_renewed_after_an_hour_and_not_before(client, staff, time_machine):
    time_machine.move_to(timezone.now())
    client.force_login(staff)
    assert "staff" in client.get("/admin/").cookies
    assert "staff" not in client.get("/admin/").cookies
    time_machine.shift(3601)
    assert "staff" in client.get("/admin/").cookies


def test_readers_get_no_mark(client):
    path = article().get_absolute_url()
    for address in (path, "/admin/", "/admin/sign-in/"):
        assert "staff" not in client.get(address).cookies


def test_somebody_with_an_account_who_is_no_staff_gets_no_mark(client):
    client.force_login(User.objects.create_user("reader", is_staff=False))
    assert "staff" not in client.get("/admin/").cookies


def test_who_is_no_longer_staff_loses_the_mark(client, staff):
    client.force_login(staff)
    client.get("/admin/")
    staff.is_staff = False
    staff.save()
    assert client.get(article().get_absolute_url()).cookies["staff"]["max-age"] == 0


def test_a_mark_without_a_session_is_taken_back_without_asking_the_database(
    rf, django_assert_num_queries
):
    request = rf.get("/en/")
    request.COOKIES["staff"] = marker.make()
    with django_assert_num_queries(0):
        answer = StaffMarker(lambda request: HttpResponse())(request)
    assert answer.cookies["staff"]["max-age"] == 0


def test_a_database_that_does_not_answer_breaks_no_answer_here(rf):
    class Away:
        @property
        def user(self):
            raise DatabaseError

    request = rf.get("/admin/")
    request.COOKIES["sessionid"] = "x"
    request.user = SimpleLazyObject(lambda: Away().user)
    answer = StaffMarker(lambda request: HttpResponse(status=503))(request)
    assert answer.status_code == 503
    assert not answer.cookies


def test_an_answer_that_changes_the_mark_is_for_one_person(client, staff):
    client.cookies["staff"] = marker.make()
    answer = client.get(article().get_absolute_url())
    assert "private" in answer["Cache-Control"]
    assert "public" not in answer["Cache-Control"]


def test_looking_for_staff_adds_no_vary_to_a_page(client):
    client.cookies["sessionid"] = "x" * 32
    client.cookies["staff"] = "forged"
    assert "Cookie" not in client.get(article().get_absolute_url()).get("Vary", "")


def test_a_mark_lasts_twelve_hours():
    mark = marker.make(at=1000)
    assert marker.seconds_left(mark, at=1000) == 12 * 3600
    assert marker.seconds_left(mark, at=1000 + 12 * 3600 - 1) == 1
    assert marker.seconds_left(mark, at=1000 + 12 * 3600) == 0
    assert marker.seconds_left(mark, at=10**10) == 0


def test_a_signature_of_something_else_is_no_mark():
    assert marker.seconds_left(Signer().sign("9999999999")) == 0


def test_forged_marks_take_no_room():
    before = marker._ends_at.cache_info().currsize
    for n in range(3000):
        assert not marker.is_in(f"staff=9999999999:{n}")
    assert marker._ends_at.cache_info().currsize == before
    assert marker._ends_at.cache_info().maxsize == 1024
