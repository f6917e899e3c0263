"""Dates known to a day, a month, a year or less, written in EDTF (ISO 8601-2) and read by the
edtf library.

Of EDTF the record uses: `2013-01-14`, `2012-12`, `2004`, a decade `199X`, each with `~` about,
`?` uncertain or `%` both; an interval `2009-12/2010-03`; a set `{2010,2014}`. Everything else is
refused in words.

The grammar costs the library milliseconds a date, so what was read once is kept, and a plain day,
month or year is handed to the library in parts, without the grammar.
"""

import datetime
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache, total_ordering
from typing import Literal

from advocacy.dates import hints, library, wording
from advocacy.dates.parts import Part

Precision = Literal["day", "month", "year", "decade", "interval", "set"]
LONGEST = 100
FIRST_YEAR = 1000


class NotADate(ValueError):
    """The text is not a date of the record; `str()` is a sentence for the editor, with a hint."""


@total_ordering
@dataclass(frozen=True, eq=False)
class Date:
    """One date of the record; `str()` and `edtf` give its EDTF text.

    `parts` are the points it is made of: one, the two ends of an interval, or the members of a
    set in order. Dates sort by (earliest, latest).
    """

    edtf: str
    precision: Precision
    parts: tuple[Part, ...]

    @cached_property
    def earliest(self) -> datetime.date:
        return self.parts[0].earliest  # the members of a set are sorted

    @cached_property
    def latest(self) -> datetime.date:
        if self.precision == "set":
            return max(part.latest for part in self.parts)
        return self.parts[-1].latest

    @property
    def is_approximate(self) -> bool:
        return any(part.is_approximate for part in self.parts)

    @property
    def is_uncertain(self) -> bool:
        return any(part.is_uncertain for part in self.parts)

    @property
    def machine(self) -> str:
        """For `<time datetime>`: an exact day, month or year; else "", as HTML can say no more."""
        exact = self.precision in ("day", "month", "year")
        return self.edtf if exact and not (self.is_approximate or self.is_uncertain) else ""

    @property
    def spans(self) -> tuple[tuple[datetime.date, datetime.date], ...]:
        """The stretches of days that it covers, first and last day of each; several only for a
        set.
        """
        if self.precision == "set":
            return tuple((part.earliest, part.latest) for part in self.parts)
        return ((self.earliest, self.latest),)

    def overlaps(self, start: datetime.date | None, end: datetime.date | None) -> bool:
        """Whether it shares a day with start…end, both included; None is open. A set: one of its
        members.
        """
        if start and end and start > end:
            return False
        return any(
            (end is None or first <= end) and (start is None or last >= start)
            for first, last in self.spans
        )

    def format(self, language: str | None = None) -> str:
        """In words, at the precision known and no more; without an argument in the active
        language.
        """
        return wording.words(self.precision, self.parts, language)

    def __str__(self) -> str:
        return self.edtf

    def __eq__(self, other: object) -> bool:
        return self.edtf == other.edtf if isinstance(other, Date) else NotImplemented

    def __lt__(self, other: "Date") -> bool:
        if not isinstance(other, Date):
            return NotImplemented
        return (self.earliest, self.latest, self.edtf) < (other.earliest, other.latest, other.edtf)

    def __hash__(self) -> int:
        return hash(self.edtf)


def parse(text: str) -> Date:
    """Read EDTF; full-width figures, stray spaces and long dashes are forgiven. Raises NotADate."""
    plain = tidy(text)
    if not plain:
        raise NotADate(hints.EMPTY)
    if len(plain) > LONGEST:
        raise NotADate(hints.TOO_LONG)
    if not _SHAPES.fullmatch(plain):
        raise NotADate(hints.refusal(text.strip(), plain))
    return _parse(plain)


def tidy(text: str) -> str:
    """What was typed, without what typing adds: width, spaces, the dashes of word processors."""
    if len(text) > 10 * LONGEST:
        return text[: 2 * LONGEST]
    text = unicodedata.normalize("NFKC", text)
    text = re.sub("[\u2010-\u2015\u2212]", "-", text).replace("\u223c", "~")
    text = re.sub(r"\s*([/,{}~?%])\s*", r"\1", text.strip())
    return re.sub(r"(?<=[0-9])[x*](?=[~?%,}]|$)", "X", text)


_POINT = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_QUALIFIED = rf"(?:{_POINT}|[0-9]{{3}}X)[~?%]?"
_SHAPES = re.compile(
    rf"{_QUALIFIED}|{_POINT}[~?%]?/{_POINT}[~?%]?|\{{{_QUALIFIED}(?:,{_QUALIFIED})+\}}"
)


@lru_cache(maxsize=8192)
def _parse(text: str) -> Date:
    for figures in re.findall(_POINT, text):
        _check(figures)
    if match := _PLAIN.fullmatch(text):
        part = Part.of(library.Date(year=match[1], month=match[2], day=match[3]))
        return Date(text, part.precision, (part,))
    try:
        read = library.parse_edtf(text)
    except library.EDTFParseException as error:
        raise NotADate(hints.refusal(text, text)) from error
    if isinstance(read, library.MultipleDates):
        parts = tuple(sorted({Part.of(member) for member in read.objects}))
        if len(parts) == 1:
            raise NotADate(hints.single(str(parts[0])))
        return Date("{" + ",".join(map(str, parts)) + "}", "set", parts)
    if isinstance(read, (library.Interval, library.Level1Interval)):
        start, end = Part.of(read.lower), Part.of(read.upper)
        if str(start) == str(end):
            raise NotADate(hints.single(str(start)))
        if start.earliest > end.latest:
            raise NotADate(hints.backwards(str(start), str(end)))
        return Date(f"{start}/{end}", "interval", (start, end))
    part = Part.of(read)
    return Date(str(part), part.precision, (part,))


def _check(figures: str) -> None:
    """Refuse a year, month or day that no calendar has; the grammar lets 2013-02-29 pass."""
    year, month, day = (int(part) for part in (figures + "-01-01").split("-")[:3])
    if year < FIRST_YEAR:
        raise NotADate(hints.no_such_year(figures[:4]))
    if not 1 <= month <= 12:
        raise NotADate(hints.no_such_month(year, month))
    try:
        datetime.date(year, month, day)
    except ValueError as error:
        raise NotADate(hints.no_such_day(year, month)) from error


def describe(text: str, language: str | None = None) -> str:
    """What a typed date was understood to mean, or the sentence that refuses it; for help beside
    a field.
    """
    try:
        return parse(text).format(language)
    except NotADate as refusal:
        return str(refusal)
