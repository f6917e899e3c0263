"""What the lists of the desk read does not grow with what there is: rows and steps are counted, not time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from advocacy.news.models import Article
from advocacy.publishing import actions
from advocacy.publishing.states import LatePaginator
from tests.people import person

pytestmark = pytest.mark.django_db

FEW, MANY = 400, 2000
FIRST = datetime(2010, 1, 1, tzinfo=UTC)
LIST = reverse("admin:news_article_changelist")
CHOOSER = "?app_label=milestones&model_name=milestone&field_name=articles&term=title"
LISTS = {
    "as it opens": LIST,
    "its third page": f"{LIST}?p=3",
    "by state": f"{LIST}?state=published",
    "by language": f"{LIST}?language=en",
    "by a word of the title": f"{LIST}?q=title",
    "the front page": reverse("admin:index"),
    "the chooser of articles": reverse("admin:autocomplete") + CHOOSER,
    "tags": reverse("admin:news_tag_changelist"),
}


def fill(start: int, stop: int, author) -> None:
    """Published articles, every third one the author's own."""
    Article.objects.bulk_create(
        Article(
            title=f"A title {number}",
            slug=f"article-{number}",
            body=f"<p>{'Words of some length. ' * 40}</p>",
            status=Article.Status.PUBLISHED,
            published_at=FIRST + timedelta(hours=number),
            first_published_at=FIRST + timedelta(hours=number),
            created_by=None if number % 3 else author,
        )
        for number in range(start, stop)
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE news_article")


def effort(ask: Callable[[], object]) -> int:
    """Steps of SQLite's machine, or rows that PostgreSQL has read of articles."""
    return _steps(ask) if connection.vendor == "sqlite" else _rows(ask)


def _steps(ask: Callable[[], object]) -> int:
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    connection.connection.set_progress_handler(count, 10)
    try:
        ask()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return counted * 10


def _rows(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        ask()
    queries = [row["sql"] for row in asked if 'FROM "news_article"' in row["sql"]]
    read = 0
    for sql in queries:
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + sql.replace("%", "%%"), ())
            [(plan,)] = cursor.fetchall()
        plan = json.loads(plan) if isinstance(plan, str) else plan
        read += sum(_read_by(plan[0]["Plan"]))
    return read


def _read_by(node: dict) -> Iterator[int]:
    if "Scan" in node["Node Type"]:
        rows = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
        yield int(rows * node["Actual Loops"])
    for below in node.get("Plans", ()):
        yield from _read_by(below)


@pytest.mark.parametrize("role", ["author", "editor"])
@pytest.mark.parametrize("url", LISTS.values(), ids=LISTS)
def test_five_times_as_many_articles_are_no_more_work(client, monkeypatch, role, url):
    monkeypatch.setattr(LatePaginator, "COUNTED", 100)
    somebody = person(role)
    client.force_login(somebody)

    def ask() -> None:
        assert client.get(url).status_code == 200

    fill(0, FEW, somebody)
    ask()
    before = effort(ask)
    fill(FEW, MANY, somebody)
    assert effort(ask) <= 1.5 * before


def test_a_list_says_that_there_are_more_than_it_has_counted(admin_client, monkeypatch):
    monkeypatch.setattr(LatePaginator, "COUNTED", 100)
    fill(0, 400, None)
    page = admin_client.get(LIST)
    assert "more than 150 articles" in " ".join(page.content.decode().split())
    assert page.context["cl"].paginator.num_pages == 3
    further = admin_client.get(f"{LIST}?p=6")
    assert "400 articles" in " ".join(further.content.decode().split())
    assert len(further.context["cl"].result_list) == 50


def test_a_page_keeps_the_order_it_was_asked_for(admin_client):
    fill(0, 120, None)
    titles = [row.title for row in admin_client.get(f"{LIST}?p=2").context["cl"].result_list]
    assert titles == [f"A title {number}" for number in range(69, 19, -1)]


def test_a_working_copy_is_not_counted_among_the_articles_of_a_tag(admin_client):
    one = Article.objects.create(title="One", body="<p>Words.</p>")
    one.tags.add("Geneva")
    actions.open_working_copy(record=actions.publish(record=one))
    listed = admin_client.get(reverse("admin:news_tag_changelist")).context["cl"].result_list
    assert [(tag.name, tag.named) for tag in listed] == [("Geneva", 1)]
