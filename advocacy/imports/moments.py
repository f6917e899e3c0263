"""When a post was written, as the old boards say it: by clocks in Seoul."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

#: Korea's, all year round, since 1988; no board is older.
KST = timezone(timedelta(hours=9))
_STAMP = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d))?)?")
_EARLIEST, _LATEST = 1990, 2100


def of_stamp(text: str) -> datetime | None:
    """`2015-04-08 21:01:00` or `20150408210100`; None for `0000-00-00` and what is no moment."""
    match = _STAMP.match(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    try:
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=KST)
    except ValueError:
        return None
    return moment if _EARLIEST <= year <= _LATEST else None


def of_seconds(seconds: int) -> datetime | None:
    """Since 1970, as PHP's time()."""
    try:
        moment = datetime.fromtimestamp(seconds, UTC).astimezone(KST)
    except (OverflowError, ValueError, OSError):
        return None
    return moment if _EARLIEST <= moment.year <= _LATEST else None
