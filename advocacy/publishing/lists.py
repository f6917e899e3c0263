"""What lists are made of: dated lines, cards that lead to another record, and pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol, TypeVar

from django.core.paginator import Paginator
from django.http import Http404
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .models import Fact

F = TypeVar("F", bound=Fact)

DAY = {"en": "j F Y", "ko": "Y년 n월 j일"}
MINUTE = {"en": "j F Y, H:i", "ko": "Y년 n월 j일 H:i"}


class Picture(Protocol):
    """`width` and `height` in pixels."""

    @property
    def url(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...


class Row(NamedTuple):
    """A dated line (`_partials/_row.html`); `language` is that of its title and summary."""

    when: SafeString
    path: str
    title: str
    language: str
    summary: str = ""
    place: str = ""
    note: str = ""
    picture: Picture | None = None


class Rec(NamedTuple):
    """A card that leads to another record (`_partials/_rec.html`)."""

    kind: str
    when: SafeString
    path: str
    title: str
    language: str
    symbol: str = ""
    place: str = ""


class PageLink(NamedTuple):
    """One place in the row of page numbers; without a path, the gap between two."""

    number: int | None
    path: str
    is_current: bool


@dataclass(frozen=True)
class Paging:
    """Page `number` of a list of `total` records."""

    number: int
    total: int
    per_page: int
    path_of: Callable[[int | None], str]

    @classmethod
    def of(
        cls,
        asked: str | None,
        *,
        total: int,
        per_page: int,
        path_of: Callable[[int | None], str],
    ) -> Paging:
        """Read `?page=`. Raises Http404 on what is no number and beyond the ends.

        `path_of` gives the address of a page; of the first one it is asked with None.
        """
        asked = asked or "1"
        if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
            raise Http404
        paging = cls(int(asked), total, per_page, path_of)
        if not 1 <= paging.number <= paging.count:
            raise Http404
        return paging

    @property
    def count(self) -> int:
        return max(1, -(-self.total // self.per_page))

    @property
    def start(self) -> int:
        return (self.number - 1) * self.per_page

    @property
    def end(self) -> int:
        return min(self.start + self.per_page, self.total)

    @property
    def first(self) -> int:
        """The place of the first record on this page, counted from 1."""
        return self.start + 1

    @property
    def path(self) -> str:
        return self._path(self.number)

    @property
    def previous(self) -> str:
        return self._path(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        return self._path(self.number + 1) if self.number < self.count else ""

    @property
    def window(self) -> list[PageLink]:
        """The ends, this page and its neighbours, with a gap for what is left out."""
        numbers = Paginator(range(self.count), 1).get_elided_page_range(
            self.number, on_each_side=1, on_ends=1
        )
        return [
            PageLink(n, self._path(n), n == self.number)
            if isinstance(n, int)
            else PageLink(None, "", False)
            for n in numbers
        ]

    def titled(self, title: str) -> str:
        """The title of this page of the list: a later page is another page, and says so."""
        if self.number == 1:
            return title
        return _("%(title)s, page %(number)d") % {"title": title, "number": self.number}

    def _path(self, number: int) -> str:
        return self.path_of(None if number == 1 else number)


def told(facts: Iterable[F], language: str) -> Iterator[tuple[F, Any]]:
    """Each fact, from `with_texts()`, with the text that a reader of this language is given."""
    for fact in facts:
        if text := fact.text(language):
            yield fact, text


def day(moment: datetime | date | None) -> SafeString:
    """The day in Seoul of a known moment, as `<time>` in the language of the page."""
    if moment is None:
        return SafeString("")
    seen = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return format_html('<time datetime="{}">{}</time>', f"{seen:%Y-%m-%d}", written(seen))


def minute(moment: datetime | None) -> SafeString:
    """The day and the minute in Seoul, as `<time>`, with the zone named beside it."""
    if moment is None:
        return SafeString("")
    seen = timezone.localtime(moment)
    return format_html(
        '<time datetime="{}">{}</time> ({})',
        seen.isoformat(timespec="minutes"),
        format_date(seen, MINUTE.get(get_language() or "en", MINUTE["en"])),
        _("Seoul time"),
    )


def written(day: date) -> str:
    """The day as words, in the language of the page."""
    return format_date(day, DAY.get(get_language() or "en", DAY["en"]))
