"""From a name as it was written down to all the ways it can be met in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .folding import fold
from .latin import readings
from .ordinary import LONG_SURNAMES, SURNAMES
from .people import Kind
from .syllables import Syllables, heads, of_hangul, pronounced, spellings

_HANGUL = re.compile("[가-힣]+")
#: Not those of Korean and Chinese, nor the ㅠㅠ that is typed behind a word.
_LETTERS = "[^\\W_가-힣\\u1100-\\u11ff\\u2e80-\\u9fff]+"
WORD = re.compile(
    "[가-힣]+"
    "|[\\u2e80-\\u2fdf\\u3005\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff]+"
    f"|{_LETTERS}(?:['’‘ʼʻ`´]{_LETTERS})*[$@]?"
)
_APOSTROPHE = re.compile("['’‘ʼʻ`´]")
_POSSESSIVE = re.compile("['’‘ʼʻ`´]s$", re.IGNORECASE)


class Sound(NamedTuple):
    syllables: Syllables
    kind: Kind  # of a hit on it


def words(text: str) -> list[str]:
    """The words of a folded text, apostrophes taken out of them: Ch'ŏl and Donghyuk's."""
    return [bare(word) for word in WORD.findall(text)]


def bare(word: str) -> str:
    if word.isalnum():
        return word
    return _APOSTROPHE.sub("", _POSSESSIVE.sub("", word)).rstrip("$@")


def in_hangul(name: str) -> str:
    """A name that is in Hangul, its syllables alone; "" if it is in anything else."""
    syllables = "".join(_HANGUL.findall(fold(name)))
    return syllables if syllables and len(syllables) == len("".join(words(fold(name)))) else ""


def parted(name: str) -> tuple[str, str]:
    """Surname and given name of a name in Hangul; no surname where it has none that we know."""
    if len(name) > 2 and name[:2] in LONG_SURNAMES:
        return name[:2], name[2:]
    if 2 <= len(name) <= 4 and name[0] in SURNAMES:
        return name[0], name[1:]
    return "", name


def of_hangul_name(name: str) -> Iterator[Sound]:
    """How a name in Hangul sounds in every spelling, in either order, and its given name alone."""
    surname, _given = parted(name)
    for spelling in spellings(name):
        own, given = of_hangul(spelling[: len(surname)]), of_hangul(spelling[len(surname) :])
        yield Sound(pronounced((*own, *given)), Kind.FULL)
        for said in {given, pronounced(given)}:
            yield Sound((*own, *said), Kind.FULL)
            if own:
                yield _turned((*said, *own))
                yield Sound(said, Kind.GIVEN)


def _turned(syllables: Syllables) -> Sound:
    """With the surname last. Jun Heo, for 허준, is the given name of many a Joon-ho."""
    return Sound(syllables, Kind.FULL if len(syllables) > 2 else Kind.NEAR)


def of_latin_name(name: str) -> Iterator[Sound]:
    """The same of a name in other letters: whether the surname is first or last, it may be met last
    or first. Nothing, if it cannot be Korean.
    """
    said = [_with_heads(readings(word)) for word in words(fold(name))]
    if not all(said) or not said:
        return
    for whole in _joined(said):
        yield Sound(whole, Kind.FULL)
    if len(said) > 1:
        for turned in ([*said[1:], said[0]], [said[-1], *said[:-1]]):
            yield from map(_turned, _joined(turned))
        is_surname_first = "," in name or len(said[0][0]) <= len(said[-1][0])
        for given in _joined(said[1:] if is_surname_first else said[:-1]):
            yield Sound(given, Kind.GIVEN)


def _with_heads(said: tuple[Syllables, ...]) -> tuple[Syllables, ...]:
    return tuple((head, *rest) for first, *rest in said for head in heads(first))


def _joined(said: list[tuple[Syllables, ...]]) -> Iterator[Syllables]:
    if not said:
        yield ()
        return
    for first in said[0]:
        for rest in _joined(said[1:]):
            yield (*first, *rest)
