"""The front page of the desk: what needs me?"""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.desk import disks
from advocacy.desk.board import SHOWN, Board
from advocacy.hits.counter import Kind
from advocacy.hits.models import DailyCount
from advocacy.news.models import Article
from advocacy.publishing import actions, unsaved
from advocacy.publishing.clocks import clocks
from tests.facts import milestone
from tests.people import person

pytestmark = pytest.mark.django_db


def article(title: str, **fields) -> Article:
    return Article.objects.create(title=title, body="<p>Words.</p>", **fields)


def titles(lines) -> list[str]:
    return [line.title for line in lines]


@pytest.fixture
def author():
    return person("author")


def test_what_i_have_begun_stays_on_my_desk_until_it_is_published(author):
    mine = article("Mine", created_by=author)
    article("A colleague's", created_by=person("author", "colleague"))
    assert titles(Board.of(author).in_progress) == ["Mine"]
    actions.publish(record=mine)
    assert Board.of(author).in_progress == []


def test_what_i_typed_and_did_not_save_leads_to_where_it_is_offered(author, client):
    mine = article("Mine", created_by=author)
    lost = article("Not mine", created_by=person("author", "colleague"))
    now = timezone.now()
    for title, record in (("New", None), ("Mine, changed", mine.uuid), ("Of another", lost.uuid)):
        unsaved.keep(
            user=author,
            key=uuid4(),
            kind="news.article",
            record=record,
            row=record,
            fields={"title": [title]},
            at=now + timedelta(seconds=len(title)),
        )
    lines = Board.of(author).unsaved
    assert titles(lines) == ["Mine, changed", "New"]
    assert [line.url for line in lines] == [
        reverse("admin:news_article_change", args=[mine.pk]),
        reverse("admin:news_article_add"),
    ]
    client.force_login(author)
    assert "it was not saved" in client.get(reverse("admin:index")).content.decode()
    assert Board.of(person("editor")).unsaved == []


def test_what_i_saved_and_cannot_be_published_says_why(author, client):
    client.force_login(author)
    typed = {"language": "en", "title": "Without a word", "body": ""}
    formsets = ("documents", "coverage", "corrections")
    for name in formsets:
        typed |= {f"{name}-TOTAL_FORMS": 0, f"{name}-INITIAL_FORMS": 0}
    client.post(reverse("admin:news_article_add"), {**typed, "_save": "1"})
    assert Article.objects.get().title == "Without a word"
    [line] = Board.of(author).failing
    assert (line.title, line.says) == ("Without a word", "The text is empty.")
    assert "The text is empty." in client.get(reverse("admin:index")).content.decode()


def test_an_embargo_and_an_end_are_told_on_three_clocks(author):
    now = timezone.now()
    soon = actions.publish(record=article("Soon", published_at=now + timedelta(hours=5)))
    ending = article(
        "Ending", published_at=now - timedelta(days=1), unpublish_at=now + timedelta(hours=2)
    )
    actions.publish(record=ending)
    article("Draft with a time", published_at=now + timedelta(hours=1))
    lines = Board.of(person("publisher"), now).scheduled
    assert titles(lines) == ["Ending", "Soon"]
    assert [clock.local for clock in lines[1].clocks] == [soon.published_at] * 3
    assert [clock.city for clock in lines[1].clocks] == ["Seoul", "Geneva", "New York"]


def test_of_many_that_are_scheduled_the_next_are_told():
    now = timezone.now()
    for hours in range(SHOWN + 2, 0, -1):
        at = now + timedelta(hours=hours)
        actions.publish(record=article(f"In {hours}", published_at=at))
    lines = Board.of(person("publisher"), now).scheduled
    assert titles(lines) == [f"In {hours}" for hours in range(1, SHOWN + 1)]


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        ("2026-03-28T23:30", ["March 29, 08:30", "March 29, 00:30", "March 28, 19:30"]),
        ("2026-03-29T01:30", ["March 29, 10:30", "March 29, 03:30", "March 28, 21:30"]),
        ("2026-10-25T01:30", ["October 25, 10:30", "October 25, 02:30", "October 24, 21:30"]),
        ("2026-11-01T06:30", ["November 1, 15:30", "November 1, 07:30", "November 1, 01:30"]),
    ],
)
def test_clocks_change_to_summer_time_and_back_each_on_its_own_day(moment, shown):
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert [str(clock).partition(" ")[2].removeprefix("York ") for clock in clocks(at)] == shown


def test_what_was_published_tells_how_often_it_was_read_this_week(author):
    shown = actions.publish(record=article("New"))
    milestone(titles={"en": "A milestone", "ko": "이정표"})
    today = timezone.localdate()
    for days_ago, human in ((0, 3), (6, 4), (7, 100)):
        DailyCount.objects.create(
            item=shown.uuid, kind=Kind.VIEW, day=today - timedelta(days=days_ago), human=human
        )
    lines = {line.title: line.hits for line in Board.of(author).recently_published}
    assert lines == {"New": 7, "A milestone": 0, "이정표": 0}


def test_no_list_asks_more_the_longer_it_is(author, django_assert_max_num_queries, client):
    for number in range(30):
        article(f"Mine {number}", created_by=author)
        actions.publish(record=article(f"Public {number}"))
        milestone(titles={"en": f"Fact {number}"})
    client.force_login(author)
    with django_assert_max_num_queries(60):
        page = client.get(reverse("admin:index"))
    assert page.status_code == 200


def test_a_disk_that_is_nearly_full_is_told(monkeypatch, author, client):
    client.force_login(author)
    assert "nearly full" not in client.get(reverse("admin:index")).content.decode()
    usage = disks.shutil._ntuple_diskusage(10**12, 10**12 - 10**8, 10**8)
    monkeypatch.setattr(disks.shutil, "disk_usage", lambda path: usage)
    assert "nearly full" in client.get(reverse("admin:index")).content.decode()


def test_an_empty_desk_says_what_will_fill_it(client, author):
    client.force_login(author)
    page = client.get(reverse("admin:index")).content.decode()
    assert "What you begin stays here until it is published." in page
    assert "A text appears here when a colleague asks you to look at it." in page
