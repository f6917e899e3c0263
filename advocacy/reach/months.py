"""A month of the calendar in Seoul, as reports are asked for by."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime

from django.template.defaultfilters import date as format_date

from advocacy.hits import days


@dataclass(frozen=True, order=True)
class Month:
    year: int
    number: int  # 1 to 12

    @classmethod
    def parse(cls, text: str) -> Month:
        """Of `2026-11`. Raises ValueError."""
        found = re.fullmatch(r"([12]\d{3})-(0[1-9]|1[0-2])", text, re.ASCII)
        if not found:
            raise ValueError(f"{text!r} is no month such as 2026-11")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, at: datetime | None = None) -> Month:
        today = days.as_date(days.today(at))
        return cls(today.year, today.month)

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"

    @property
    def name(self) -> str:
        """In the language of the interface: November 2026."""
        return format_date(self.first, "YEAR_MONTH_FORMAT")

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    def before(self) -> Month:
        return self.moved(-1)

    def after(self) -> Month:
        return self.moved(1)

    def moved(self, months: int) -> Month:
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)
