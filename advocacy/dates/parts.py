"""A single point of a date: a day, a month, a year or a decade, with what is doubtful about it."""

import datetime
from dataclasses import dataclass, field
from typing import Any, Literal

from advocacy.dates import library

Precision = Literal["day", "month", "year", "decade"]

_BY_HYPHENS: tuple[Precision, ...] = ("year", "month", "day")


@dataclass(frozen=True, order=True)
class Part:
    """One point as the edtf library read it. Parts sort by (earliest, latest)."""

    earliest: datetime.date
    latest: datetime.date
    text: str
    precision: Precision = field(compare=False)
    qualifier: str = field(default="", compare=False)

    @classmethod
    def of(cls, read: Any) -> "Part":
        """From an object of the edtf library: Date, UncertainOrApproximate, Unspecified."""
        text = str(read)
        bare = text.rstrip("~?%")
        precision: Precision = "decade" if bare.endswith("X") else _BY_HYPHENS[bare.count("-")]
        return cls(
            library.struct_time_to_date(read.lower_strict()),
            library.struct_time_to_date(read.upper_strict()),
            text,
            precision,
            text[len(bare) :],
        )

    @property
    def is_approximate(self) -> bool:
        return self.qualifier in ("~", "%")

    @property
    def is_uncertain(self) -> bool:
        return self.qualifier in ("?", "%")

    def __str__(self) -> str:
        return self.text
