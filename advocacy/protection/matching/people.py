"""Who is protected, as the matcher is told, and what it answers."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple


class Kind(IntEnum):
    """How much of somebody stands in a text; the higher, the graver."""

    IDENTIFIER = 1  # a camp, a birthplace, a date, kin: two of one person tell who it is
    GIVEN = 2  # the given name alone
    NEAR = 3  # the whole name, but for one letter or sound; or as words that are ordinary too
    FULL = 4


class Form(NamedTuple):
    """One name of somebody as it was written down; `key` is whatever the caller knows it by."""

    key: str
    text: str


class Person(NamedTuple):
    key: str
    names: tuple[Form, ...] = ()
    identifiers: tuple[str, ...] = ()


class Hit(NamedTuple):
    """`detail` is the key of the form of a name, or an identifier; `met` are the words it was met in."""

    kind: Kind
    person: str
    detail: str
    met: str = ""
