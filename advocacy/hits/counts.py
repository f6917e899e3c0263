"""The numbers of reach, to be read: what pages, lists, reports and the admin show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max, Sum, UUIDField

from advocacy.prepared import Prepared, Slot

from . import days
from .counter import Kind
from .models import Baseline, Change, DailyCount, Total


@dataclass(frozen=True)
class Day:
    """One day in Seoul. `human` hits by readers, `robots` apart, `visitors` different readers of
    that day.
    """

    day: date
    human: int = 0
    robots: int = 0
    visitors: int = 0


def views(item: UUID) -> int:
    """The public number: readers' views here and on the old site. One query, two indexed reads."""
    return sum(number for (number,) in _views(item=item))


_views = Prepared(
    lambda: (
        Total.objects.filter(item=Slot("item", UUIDField()), kind=Kind.VIEW)
        .values_list("human")
        .union(
            Baseline.objects.filter(item=Slot("item", UUIDField())).values_list("number"), all=True
        )
    )
)


def views_of(items: Iterable[UUID]) -> dict[UUID, int]:
    """The public number of each of `items`, 0 where nobody came. One query."""
    wanted = dict.fromkeys(items, 0)
    here = Total.objects.filter(item__in=wanted, kind=Kind.VIEW).values_list("item", "human")
    before = Baseline.objects.filter(item__in=wanted).values_list("item", "number")
    if wanted:
        for item, number in here.union(before, all=True):
            wanted[item] += number
    return wanted


def views_of_days(
    items: Iterable[UUID], days_back: int, at: datetime | None = None
) -> dict[UUID, int]:
    """Readers' views of each of `items` in the last `days_back` days in Seoul, today among them."""
    wanted = dict.fromkeys(items, 0)
    last = days.as_date(days.today(at))
    rows = DailyCount.objects.filter(
        item__in=wanted, kind=Kind.VIEW, day__gt=last - timedelta(days=days_back), day__lte=last
    )
    return wanted | dict(rows.values("item").annotate(sum=Sum("human")).values_list("item", "sum"))


def changed_since(turn: int) -> tuple[set[UUID] | None, int]:
    """Items whose public number changed after that turn, and the turn now reached. One query.

    None for the items if so many turns have passed that they are no longer known one by one.
    """
    rows = dict(Change.objects.filter(turn__gt=turn).values_list("turn", "items"))
    reached = max(rows, default=turn)
    if reached - turn >= Change.KEPT:
        return None, reached
    return {UUID(bytes=item) for items in rows.values() for item in _split(bytes(items))}, reached


def last_turn() -> int:
    """The turn that all numbers read from now on have reached."""
    return Change.objects.aggregate(last=Max("turn"))["last"] or 0


def _split(items: bytes) -> Iterator[bytes]:
    return (items[at : at + Change.BYTES] for at in range(0, len(items), Change.BYTES))


def downloads(item: UUID) -> int:
    """Downloads of an attachment by readers, here and on the old site."""
    return downloads_of([item])[item]


def downloads_of(items: Iterable[UUID]) -> dict[UUID, int]:
    wanted = dict.fromkeys(items, 0)
    here = Total.objects.filter(item__in=wanted, kind=Kind.DOWNLOAD).values_list("item", "human")
    before = Baseline.objects.filter(item__in=wanted).values_list("item", "number")
    if wanted:
        for item, number in here.union(before, all=True):
            wanted[item] += number
    return wanted


def robots(item: UUID) -> int:
    """Requests by robots, views and downloads together; part of no other number."""
    return Total.objects.filter(item=item).aggregate(sum=Sum("robots"))["sum"] or 0


def by_day(item: UUID, kind: Kind, days_back: int = 90, at: datetime | None = None) -> list[Day]:
    """The last `days_back` days in Seoul, oldest first, today last; days without a hit are there
    with zeros.
    """
    last = days.as_date(days.today(at))
    first = last - timedelta(days=days_back - 1)
    rows = DailyCount.objects.filter(item=item, kind=kind, day__range=(first, last))
    found = {row.day: Day(row.day, row.human, row.robots, row.visitors) for row in rows}
    wanted = (first + timedelta(days=number) for number in range(days_back))
    return [found.get(day) or Day(day) for day in wanted]
