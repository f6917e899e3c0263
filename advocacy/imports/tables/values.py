"""What a cell says, by kind of column. Each raises NoValue, whose sentence names no column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from advocacy.dates import edtf
from advocacy.un import reading
from advocacy.un.symbols import parse

from .. import moments
from ..records import Coverage, File, Participant

_TRUE = {"1", "true", "yes", "y", "x", "예", "참"}
_FALSE = {"", "0", "false", "no", "n", "아니오", "거짓"}
LONGEST_ID = 100
_BETWEEN = re.compile(r"\s*[;\n]\s*")


class NoValue(Exception):
    """The cell cannot be read; `str()` says why, and what would be."""


def plain(cell: str) -> str:
    return " ".join(cell.split())


def identifier(cell: str) -> str:
    said = plain(cell)
    if len(said) > LONGEST_ID:
        raise NoValue(_("It is longer than %(number)s letters.") % {"number": LONGEST_ID})
    return said


def long(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n").strip()


def several(cell: str) -> tuple[str, ...]:
    """Parted by semicolons or lines."""
    return tuple(dict.fromkeys(plain(one) for one in _BETWEEN.split(cell) if one.strip()))


def commas(cell: str) -> tuple[str, ...]:
    """As `several`, or by commas, as tags are typed at the desk."""
    return several(cell.replace(",", ";"))


def number(cell: str) -> int | None:
    bare = cell.replace(",", "").replace(" ", "")
    if not bare:
        return None
    if not (bare.isascii() and bare.isdecimal() and len(bare) < 10):
        raise NoValue(_("“%(cell)s” is no whole number.") % {"cell": cell[:40]})
    return int(bare)


def truth(cell: str) -> bool:
    said = cell.strip().lower()
    if said not in _TRUE | _FALSE:
        raise NoValue(_("“%(cell)s” is neither yes nor no.") % {"cell": cell[:40]})
    return said in _TRUE


def date(cell: str) -> str:
    """EDTF; what is written another way is answered with the form that was probably meant."""
    try:
        return str(edtf.parse(cell)) if cell else ""
    except edtf.NotADate as refusal:
        raise NoValue(str(refusal)) from refusal


def moment(cell: str) -> datetime | None:
    """`2015-04-08`, `2015-04-08 21:01`, or with an offset as in ISO 8601; else by clocks in Seoul."""
    if not cell:
        return None
    try:
        found = datetime.fromisoformat(cell)
    except ValueError:
        said = _("“%(cell)s” is no time. Write for example 2015-04-08 21:01.")
        raise NoValue(said % {"cell": cell[:40]}) from None
    return found if found.tzinfo else found.replace(tzinfo=moments.KST)


def language(cell: str) -> str:
    return one_of(("", "en", "ko"))(cell)


def one_of(values: Iterable[str]) -> Callable[[str], str]:
    known = tuple(values)

    def read(cell: str) -> str:
        said = cell.strip().lower()
        if said not in known:
            names = ", ".join(filter(None, known))
            sentence = _("“%(cell)s” is none of: %(names)s.")
            raise NoValue(sentence % {"cell": cell[:40], "names": names})
        return said

    return read


def symbols(cell: str) -> tuple[str, ...]:
    found = []
    for one in several(cell):
        symbol = parse(one)
        if symbol is None:
            meant = reading.nearest(one)
            sentence = (
                _("“%(cell)s” is no UN document symbol. Was %(symbol)s meant?")
                if meant
                else _("“%(cell)s” is no UN document symbol.")
            )
            raise NoValue(sentence % {"cell": one[:60], "symbol": meant or ""})
        found.append(str(symbol))
    return tuple(dict.fromkeys(found))


def files(cell: str) -> tuple[File, ...]:
    """`statement.pdf`, or with the name that readers see: `2015/0408.pdf | Statement.pdf`."""
    found = []
    for one in several(cell):
        path, shown = _sides(one, 2)
        found.append(File(shown=shown or path.rpartition("/")[2], path=path))
    return tuple(found)


def coverage(cell: str) -> tuple[Coverage, ...]:
    """`outlet | headline | address | date`, of which only the outlet need be known."""
    found = []
    for one in several(cell):
        outlet, headline, url, when = _sides(one, 4)
        if not outlet:
            raise NoValue(_("Of a piece of media coverage the outlet is named first."))
        found.append(Coverage(outlet, headline, url, date(when)))
    return tuple(found)


def participants(roles: Iterable[str]) -> Callable[[str], tuple[Participant, ...]]:
    """`role | name | office | organisation`, then the last three in Korean, where they are known."""
    role_of = one_of(roles)

    def read(cell: str) -> tuple[Participant, ...]:
        found = []
        for one in several(cell):
            role, name, office, body, name_ko, office_ko, body_ko = _sides(one, 7)
            if not name:
                raise NoValue(_("Of a participant the role comes first, then the name."))
            found.append(
                Participant(
                    role=role_of(role),
                    name_en=name,
                    name_ko=name_ko,
                    office_en=office,
                    office_ko=office_ko,
                    organisation_en=body,
                    organisation_ko=body_ko,
                )
            )
        return tuple(found)

    return read


def _sides(text: str, number: int) -> list[str]:
    sides: list[Any] = [side.strip() for side in text.split("|")]
    if len(sides) > number:
        said = _("“%(cell)s” has more than %(number)s parts.")
        raise NoValue(said % {"cell": text[:60], "number": number})
    return [*sides, *[""] * (number - len(sides))]
