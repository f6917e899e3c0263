"""Copies that web archives keep."""

from __future__ import annotations

import re
from datetime import date

# /web/20150408210100/…, as the Wayback Machine and most others write the moment of a copy (pywb);
# archive.today has /2015.04.08-210100/… as well.
_MOMENT = re.compile(
    r"https?://[^/]+/(?:[\w.-]+/){0,3}?([12]\d{3})\.?(\d\d)\.?(\d\d)(?:-?\d{6}|\d{0,5})(?:[a-z]{2}_)?/",
    re.ASCII,
)


def day_of_copy(url: str) -> date | None:
    """The day an archive says it made the copy, if its address tells."""
    if not (found := _MOMENT.match(url)):
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None
