"""Days as readers in Seoul live them. A day travels as its number since 1970-01-01, two bytes in
the journal.
"""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from django.utils import timezone

EPOCH = date(1970, 1, 1).toordinal()


class _Day(NamedTuple):
    """A day with its first and last moment in seconds since 1970."""

    begins: float
    ends: float
    number: int
    zone: tzinfo


_latest: _Day | None = None


def of(seconds: float) -> int:
    """The day of the moment `seconds` after 1970 (UTC) in settings.TIME_ZONE.

    Remembers where the latest day begins and ends: only the first hit after midnight pays for the
    calendar.
    """
    day = _latest
    if (
        day is not None
        and day.begins <= seconds < day.ends
        and day.zone is timezone.get_default_timezone()
    ):
        return day.number
    return _look_up(seconds)


def _look_up(seconds: float) -> int:
    global _latest
    zone = timezone.get_default_timezone()
    day = datetime.fromtimestamp(seconds, zone).date()
    begins, ends = (
        datetime.combine(midnight, time.min, zone).timestamp()
        for midnight in (day, day + timedelta(days=1))
    )
    _latest = _Day(begins, ends, day.toordinal() - EPOCH, zone)
    return _latest.number


def number(at: datetime) -> int:
    """The day of the moment `at` (aware) in settings.TIME_ZONE."""
    return at.astimezone(timezone.get_default_timezone()).toordinal() - EPOCH


def as_date(day: int) -> date:
    return date.fromordinal(day + EPOCH)


def today(at: datetime | None = None) -> int:
    return number(at or timezone.now())
