"""One moment on the clocks of the three cities in which it matters."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CITIES: tuple[tuple[str | Promise, ZoneInfo], ...] = (
    (_("Seoul"), ZoneInfo("Asia/Seoul")),
    (_("Geneva"), ZoneInfo("Europe/Zurich")),
    (_("New York"), ZoneInfo("America/New_York")),
)


class Clock(NamedTuple):
    city: str
    local: datetime

    def __str__(self) -> str:
        day = date_format(self.local, "MONTH_DAY_FORMAT")
        return f"{self.city} {day}, {self.local:%H:%M}"


def clocks(moment: datetime) -> list[Clock]:
    """What the clocks show at `moment` (aware): by their own zones, summer time and all."""
    return [Clock(str(city), moment.astimezone(zone)) for city, zone in CITIES]
