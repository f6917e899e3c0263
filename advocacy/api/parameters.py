"""What can be asked with an address: each parameter with its type, its meaning, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from advocacy.datasets.fields import DAY, MOMENT, Field, Schema, Words, one_of
from advocacy.datasets.fields import UUID as UUID_SCHEMA
from advocacy.publishing.models import Language

from .problems import Refused

MOST, USUAL = 100, 50  # records in one answer
LONGEST_CURSOR = 200
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2}):([0-9]{2})(?:\.([0-9]+))?"
    r"(Z|[+ -](?:[01][0-9]|2[0-3]):[0-5][0-9])",
    re.IGNORECASE | re.ASCII,
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)


@dataclass(frozen=True)
class Parameter:
    """`read` makes a value of what is given and raises ValueError; without it, `default` is taken."""

    name: str
    schema: Schema
    says: Words
    read: Callable[[str], Any]
    default: Any = None


def asked(given: QueryDict, parameters: Sequence[Parameter]) -> Mapping[str, Any]:
    """The value of each parameter. Raises Refused: also for one that there is not, as a slip in a name
    would otherwise be answered with what nobody asked for.
    """
    known = {parameter.name: parameter for parameter in parameters}
    for name in given:
        if name not in known:
            there = ", ".join(known) or "none"
            raise Refused(400, f"There is no such parameter here. There are: {there}.")
    return {name: _value(given.getlist(name), parameter) for name, parameter in known.items()}


def _value(given: Sequence[str], parameter: Parameter) -> Any:
    if not given:
        return parameter.default
    if len(given) > 1:
        raise Refused(400, "It is given more than once.", parameter=parameter.name)
    try:
        return parameter.read(given[0])
    except ValueError as error:
        raise Refused(400, str(error), parameter=parameter.name) from error


def whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if _WHOLE.fullmatch(text) and least <= int(text) <= most:
            return int(text)
        raise ValueError(f"It must be a whole number from {least} to {most}.")

    return read


def choice(values: Sequence[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text in values:
            return text
        raise ValueError(f"It must be one of: {', '.join(values)}.")

    return read


def like(pattern: str, sentence: str) -> Callable[[str], str]:
    compiled = re.compile(pattern)

    def read(text: str) -> str:
        if compiled.fullmatch(text):
            return text
        raise ValueError(sentence)

    return read


def uuid(text: str) -> UUID:
    if _UUID.fullmatch(text):
        return UUID(text)
    raise ValueError("It must be a UUID.")


def day(text: str) -> date:
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise ValueError("It must be a day such as 2014-12-22.")


def instant(text: str) -> datetime:
    """RFC 3339. A plus that somebody forgot to encode comes as a space; a second is put between two
    others (:60) where nobody can ask for it, so the one before stands for it.
    """
    if match := _MOMENT.fullmatch(text):
        of_day, minute, second, fraction, zone = match.groups()
        second = min(second, "59") if second == "60" else second
        micro = (fraction or "")[:6].ljust(6, "0")
        offset = zone.upper().replace("Z", "+00:00").replace(" ", "+")
        try:
            return _in_utc(datetime.fromisoformat(f"{of_day}T{minute}:{second}.{micro}{offset}"))
        except ValueError:
            pass
    raise ValueError("It must be a moment such as 2014-12-22T15:00:00Z.")


def _in_utc(at: datetime) -> datetime:
    """Moments that no calendar of ours reaches are brought to its ends."""
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return datetime(1 if at.year < 1000 else 9999, 1, 2, tzinfo=UTC)


def fields(declared: Sequence[Field]) -> Parameter:
    names = [field.name for field in declared]

    def read(text: str) -> list[str]:
        named = text.split(",")
        for name in named:
            if name not in names:
                raise ValueError(f"It must be some of: {', '.join(names)}; with commas between.")
        return named

    return Parameter(
        "fields",
        {"type": "array", "items": one_of(names), "minItems": 1},
        _("Names of the fields wanted, with commas between; those marked “on request” only then."),
        read,
    )


LIMIT = Parameter(
    "limit",
    {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
    _("Records in one answer at most."),
    whole(1, MOST),
    USUAL,
)
CURSOR = Parameter(
    "cursor",
    {"type": "string", "pattern": "^[A-Za-z0-9_-]+$", "maxLength": LONGEST_CURSOR},
    _("Where to go on: part of the address that “next” names. Not to be made by hand."),
    like(rf"[A-Za-z0-9_-]{{1,{LONGEST_CURSOR}}}", "It is none of ours."),
)
SINCE = Parameter(
    "since",
    MOMENT,
    _("Only records that appeared or changed at this moment or later (RFC 3339)."),
    instant,
)


def language(says: Words, default: str | None = None) -> Parameter:
    schema = {**one_of(Language.values), **({"default": default} if default else {})}
    return Parameter("lang", schema, says, choice(Language.values), default)


def a_day(name: str, says: Words) -> Parameter:
    return Parameter(name, DAY, says, day)


def an_item(says: Words) -> Parameter:
    return Parameter("item", UUID_SCHEMA, says, uuid)
