"""Which records fall into a stretch of time, asked of the database.

Two columns hold the first and the last day of a date; they answer exactly for everything but a
set. The set {2010,2014} did not happen in 2012, so for sets its text is asked too: a member
overlaps start…end if its figures lie between theirs, cut to as many as it has (2010 for a year,
2010-03 for a month). "Lies between" is said as a regular expression, which SQLite and PostgreSQL
both have; so the answer is one condition, exact, that counts, pages and combines as any other,
and needs no third column.
"""

import datetime
import re

from django.db.models import Q

_LOWEST, _HIGHEST = "0000-00-00", "9999-99-99"
_LENGTHS = {"year": 4, "month": 7, "day": 10}


def overlapping(
    start: datetime.date | None,
    end: datetime.date | None,
    field: str = "date",
    bounds: tuple[str, str] | None = None,
) -> Q:
    """The condition that a date shares a day with start…end, both included; None leaves that end
    open.

    `field` may go through a relation (`milestone__date`). The bounds columns are
    `<field>_earliest` and `<field>_latest` unless named. A record without a date is in no stretch
    of time.
    """
    earliest, latest = bounds or (f"{field}_earliest", f"{field}_latest")
    if start and end and start > end:
        return Q((f"{earliest}__in", ()))
    hull = Q((f"{earliest}__isnull", False))
    if end is not None:
        hull &= Q((f"{earliest}__lte", end))
    if start is not None:
        hull &= Q((f"{latest}__gte", start))
    return hull & (~Q((f"{field}__startswith", "{")) | Q((f"{field}__regex", members(start, end))))


def members(start: datetime.date | None, end: datetime.date | None) -> str:
    """A regular expression that finds a set with a member in start…end; start is not after end."""
    low = start.isoformat() if start else _LOWEST
    high = end.isoformat() if end else _HIGHEST
    shapes = [_between(low[:length], high[:length]) for length in _LENGTHS.values()]
    shapes.append(_between(low[:3], high[:3]) + "X")
    return "[{,](" + "|".join(shapes) + ")[~?%]?[,}]"


def _between(low: str, high: str) -> str:
    """A regular expression for the texts from low to high, written alike; low is not above high."""
    if not low:
        return ""
    if re.fullmatch("[0-]+", low) and re.fullmatch("[9-]+", high):
        return high.replace("9", "[0-9]")
    if low[0] == high[0]:
        return low[0] + _between(low[1:], high[1:])
    highest = re.sub("[0-9]", "9", low[1:])
    lowest = highest.replace("9", "0")
    ranges = [
        low[0] + _between(low[1:], highest),
        high[0] + _between(lowest, high[1:]),
    ]
    if int(high[0]) - int(low[0]) > 1:
        between = f"[{int(low[0]) + 1}-{int(high[0]) - 1}]"
        ranges.append(between + highest.replace("9", "[0-9]"))
    return "(" + "|".join(ranges) + ")"
