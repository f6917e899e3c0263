"""The number of the public record: raised by every change, and once by a moment that passes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from advocacy.news.models import Article
from advocacy.publishing import actions, generation

pytestmark = pytest.mark.django_db


def embargoed(minutes: int) -> Article:
    until = timezone.now() + timedelta(minutes=minutes)
    one = Article.objects.create(title=f"In {minutes}", body="<p>.</p>", published_at=until)
    return actions.publish(record=one)


def test_before_anything_was_published_the_generation_is_nought():
    assert generation.look() == (0, None)


def test_a_look_is_one_query_and_locks_nothing(django_assert_num_queries):
    embargoed(5)
    with django_assert_num_queries(1) as looked:
        value, _next = generation.look()
    assert value == 1
    assert "FOR UPDATE" not in looked[0]["sql"]


def test_the_generation_moves_on_once_when_its_moment_has_passed():
    first, second = embargoed(5), embargoed(9)
    value, due = generation.look()
    assert due == first.published_at
    assert not generation.move_on(due - timedelta(seconds=1))
    assert [generation.move_on(due) for _worker in range(3)] == [True, False, False]
    assert generation.look() == (value + 1, second.published_at)
    assert generation.move_on(second.published_at)
    assert generation.look() == (value + 2, None)
    assert not generation.move_on(second.published_at + timedelta(days=1))


def test_the_row_is_locked_before_the_next_embargo_is_looked_for():
    """Two who publish at once would else each overlook the other's embargo."""
    embargoed(5)
    with CaptureQueriesContext(connection) as queries:
        generation.bump()
    said = [query["sql"] for query in queries]
    locked = next(n for n, sql in enumerate(said) if sql.startswith("UPDATE"))
    looked = next(n for n, sql in enumerate(said) if "news_article" in sql)
    assert locked < looked
