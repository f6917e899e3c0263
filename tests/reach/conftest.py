"""A month with known numbers."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from advocacy.hits.counter import Kind
from advocacy.hits.models import Baseline, DailyCount
from advocacy.news.models import Article, Tag
from advocacy.publishing import actions

SEOUL = ZoneInfo("Asia/Seoul")
DECEMBER = datetime(2026, 12, 3, 12, tzinfo=SEOUL)


def count(item, day, human, visitors=0, robots=0, kind=Kind.VIEW) -> None:
    DailyCount.objects.create(
        item=item, kind=kind, day=day, human=human, visitors=visitors, robots=robots
    )


def publish(title, language="en", tags=()) -> Article:
    article = Article.objects.create(title=title, body="<p>Words</p>", language=language)
    article.tags.add(*tags)
    return actions.publish(record=article)


@pytest.fixture
def month(db):
    """November 2026, looked at in December."""
    with time_machine.travel(DECEMBER, tick=False):
        Tag.objects.create(name="Abductees", slug="abductees", name_ko="납북자")
        english = publish("=HYPERLINK(the inquiry)", tags=["Abductees"])
        korean = publish("조사를 향하여", language="ko", tags=["Abductees"])
        count(english.uuid, date(2026, 10, 31), 1000, 900, 70)
        count(english.uuid, date(2026, 11, 1), 40, 30, 7)
        count(english.uuid, date(2026, 11, 30), 2, 2, 1)
        count(english.uuid, date(2026, 12, 1), 500, 400, 5)
        count(korean.uuid, date(2026, 11, 15), 50, 45)
        Baseline.objects.create(item=english.uuid, number=4312, origin="old board, 2026-10-01")
        yield english, korean
