"""Names in Hangul within text in Hangul: letter by letter, with particles and spaces allowed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .names import parted
from .ordinary import KOREAN_GIVEN, KOREAN_HEADS, REPUBLIC, SURNAMES, TAIL
from .people import Hit, Kind
from .sounds import one_letter
from .syllables import spellings


class Entry(NamedTuple):
    person: str
    form: str
    is_whole: bool
    given: str


class Hangul:
    """An index of names by their syllables."""

    def __init__(self) -> None:
        self._entries: dict[str, list[Entry]] = defaultdict(list)
        self._heads: set[str] = set()  # the first two syllables of each
        self._letters: set[str] = set()
        self._lengths: tuple[int, ...] = ()
        self._parts: set[str] = set()  # what can stand before a space within a name
        self._pairs: dict[tuple[str, str, str], list[tuple[str, Entry]]] = defaultdict(list)

    def add(self, name: str, person: str, form: str) -> None:
        """A name in Hangul: what is no surname with a given name is looked for as it stands."""
        surname, _given = parted(name)
        for spelling in spellings(name):
            own = spelling[len(surname) :]
            self._put(spelling, Entry(person, form, is_whole=True, given=own))
            if surname and len(own) > 1:
                self._put(own, Entry(person, form, is_whole=False, given=own))
        self._lengths = tuple(sorted({len(one) for one in self._entries}, reverse=True))

    def _put(self, name: str, entry: Entry) -> None:
        if len(name) < 2 or entry in self._entries[name]:
            return
        self._entries[name].append(entry)
        self._heads.add(name[:2])
        self._letters.update(name)
        if entry.is_whole:
            self._parts.update(name[:length] for length in range(1, len(name)))
            if len(name) == 3:
                for pair in _pairs(name):
                    self._pairs[pair].append((name, entry))

    def may_open(self, word: str) -> bool:
        """Whether a hit can begin within a word."""
        return not self._letters.isdisjoint(word) and (
            word in self._parts
            or any(word[start : start + 2] in self._heads for start in range(len(word) - 1))
            or (len(word) > 2 and any(pair in self._pairs for pair in _pairs(word[:3])))
        )

    def find(self, words: Sequence[str], starts: Iterable[int]) -> Iterator[Hit]:
        """`starts`: where in the words a hit can begin."""
        for number in starts:
            word = words[number]
            if not "가" <= word[0] <= "힣":
                continue
            yield from self._within(word)
            if word in self._parts:
                yield from self._across(words, number)

    def _within(self, word: str) -> Iterator[Hit]:
        heads = self._heads
        for start in range(len(word) - 1):
            if word[start : start + 2] in heads:
                yield from self._at(word, start)
        if len(word) > 2 and self._pairs:
            yield from self._near(word)

    def _at(self, word: str, start: int) -> Iterator[Hit]:
        for length in self._lengths:
            end = start + length
            entries = self._entries.get(word[start:end])
            if entries:
                is_free = end == len(word) or TAIL.match(word, end) is not None
                for entry in entries:
                    if kind := _kind_within(entry, length, start, word, is_free=is_free):
                        yield Hit(kind, entry.person, entry.form, word[start:end])

    def _near(self, word: str) -> Iterator[Hit]:
        three = word[:3]
        if three in self._entries or not (len(word) == 3 or TAIL.match(word, 3)):
            return
        for pair in _pairs(three):
            for name, entry in self._pairs.get(pair, ()):
                if sum(_differ(three, name)) == 1 and _by_a_letter(three, name):
                    yield Hit(Kind.NEAR, entry.person, entry.form, three)

    def _across(self, words: Sequence[str], number: int) -> Iterator[Hit]:
        """A name with spaces in it: 신 동혁, 신 동 혁."""
        joined, pieces = words[number], [words[number]]
        for word in words[number + 1 : number + 4]:
            if not "가" <= word[0] <= "힣":
                return
            for length in self._lengths:
                end = length - len(joined)
                if not 0 < end <= len(word):
                    continue
                for entry in self._entries.get(joined + word[:end], ()):
                    if entry.is_whole and (end == len(word) or TAIL.match(word, end)):
                        kind = _kind([*pieces, word[:end]])
                        yield Hit(kind, entry.person, entry.form, joined + word[:end])
            joined += word
            pieces.append(word)
            if joined not in self._parts:
                return


def _kind_within(entry: Entry, length: int, start: int, word: str, *, is_free: bool) -> Kind | None:
    """Short names are parts of many words: they count at the head of one, with a particle at most."""
    if entry.is_whole:
        if start and word.startswith(REPUBLIC, start - 1):
            return None
        is_clear = start == 0 if length == 2 else True
        return Kind.FULL if is_clear and (is_free or (length > 2 and start == 0)) else None
    is_alone = start == 0 or (start == 1 and word[0] in SURNAMES)
    return Kind.GIVEN if is_alone and is_free and entry.given not in KOREAN_GIVEN else None


def _kind(pieces: list[str]) -> Kind:
    is_ordinary = len(pieces) == 2 and pieces[0] in KOREAN_HEADS and pieces[1] in KOREAN_GIVEN
    return Kind.NEAR if is_ordinary else Kind.FULL


def _pairs(name: str) -> list[tuple[str, str, str]]:
    a, b, c = tuple(name)
    return [("", b, c), (a, "", c), (a, b, "")]


def _differ(one: str, other: str) -> list[bool]:
    return [a != b for a, b in zip(one, other, strict=True)]


def _by_a_letter(one: str, other: str) -> bool:
    return any(a != b and one_letter(a, b) for a, b in zip(one, other, strict=True))
