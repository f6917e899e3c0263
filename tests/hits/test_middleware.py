"""From a marked response to the journal."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.hits import counts, visitors
from advocacy.hits.counter import Kind
from advocacy.hits.fold import fold
from advocacy.hits.middleware import CountHits, count
from advocacy.hits.models import Salt

from .conftest import FIREFOX
from .journals import lines

pytestmark = pytest.mark.django_db
ITEM = uuid4()


def ask(request, *, mark=True, status=200, headers=None, user=None):
    def view(request):
        response = HttpResponse("text", status=status, headers=headers)
        return count(response, Kind.VIEW, ITEM) if mark else response

    if user is not None:
        request.user = user
    return CountHits(view)(request)


def get(**headers):
    return RequestFactory(headers={"user-agent": FIREFOX, **headers}).get("/en/")


def test_a_marked_page_is_one_hit():
    ask(get())
    fold()
    assert counts.views(ITEM) == 1


def test_a_page_without_a_mark_is_none():
    ask(get(), mark=False)
    assert lines() == 0


def test_a_plain_pair_is_a_mark_too():
    def view(request):
        response = HttpResponse()
        response.counted = ("download", ITEM)
        return response

    CountHits(view)(get())
    fold()
    assert counts.downloads(ITEM) == 1


@pytest.mark.parametrize("status", [301, 403, 404, 410, 500])
def test_a_marked_answer_that_is_no_success_is_none(status):
    ask(get(), status=status)
    assert lines() == 0


def test_a_head_request_is_none():
    ask(RequestFactory(headers={"user-agent": FIREFOX}).head("/en/"))
    assert lines() == 0


def test_a_later_part_of_a_file_is_none():
    ask(get(range="bytes=100-"), status=206, headers={"Content-Range": "bytes 100-199/200"})
    assert lines() == 0
    ask(get(range="bytes=0-"), status=206, headers={"Content-Range": "bytes 0-199/200"})
    assert lines() == 1


def test_staff_are_no_readers(settings):
    request = get()
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "theirs"
    ask(request, user=User(is_staff=True))
    assert lines() == 0


def test_somebody_with_a_session_who_is_no_staff_is_a_reader(settings):
    request = get()
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "forged"
    ask(request, user=User(is_staff=False))
    assert lines() == 1


def test_a_reader_without_a_session_costs_no_query_and_no_look_at_the_session(
    django_assert_num_queries,
):
    class Untouchable:
        def __getattr__(self, name):
            raise AssertionError("the session was touched")

    visitors.prepare()
    with django_assert_num_queries(0):
        ask(get(), user=Untouchable())
    assert lines() == 1


def test_a_session_that_cannot_be_read_breaks_no_page(settings):
    class Broken:
        @property
        def is_staff(self):
            raise RuntimeError("the session store is away")

    request = get()
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    assert ask(request, user=Broken()).status_code == 200
    assert lines() == 1


def test_the_secret_of_tomorrow_is_ready_before_midnight(django_assert_num_queries):
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0) + timedelta(days=1)
    visitors.prepare(midnight - timedelta(minutes=5))
    assert Salt.objects.count() == 2
    with django_assert_num_queries(0):
        assert visitors.salt(visitors.days.number(midnight))
    visitors.prepare(midnight + timedelta(minutes=5))
    assert len(visitors._salts) == 1


def test_the_mark_names_what_was_counted():
    mark = count(HttpResponse(), Kind.DOWNLOAD, ITEM).counted
    assert SimpleNamespace(kind=mark.kind, item=mark.item) == SimpleNamespace(
        kind="download", item=ITEM
    )
