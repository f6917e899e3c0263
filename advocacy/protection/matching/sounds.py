"""Names by their sound: for text in Latin or Cyrillic letters, and across scripts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from .folding import letters
from .latin import readings
from .names import Sound
from .ordinary import ENGLISH, ENGLISH_ENDING, TAIL
from .people import Hit, Kind
from .syllables import Syllable, Syllables, agree, of_hangul

MOST_WORDS = 4
MOST_LETTERS_AFTER = 4

Frames = tuple[str, ...]
Heard = tuple[Frames, Syllables]
Said = dict[int, tuple[Heard, ...]]  # by the place of the word


class Entry(NamedTuple):
    syllables: Syllables
    person: str
    form: str
    kind: Kind
    in_hangul: bool  # also looked for in Hangul, where no spelling of it in Hangul is known


class Node:
    """What may follow: a tree of frames, so that most words are done with after one look."""

    __slots__ = ("after", "entries")

    def __init__(self) -> None:
        self.after: dict[str, Node] = {}
        self.entries: list[Entry] = []

    def walk(self, frames: Frames) -> Node | None:
        node: Node | None = self
        for frame in frames:
            node = node.after.get(frame)  # type: ignore[union-attr]
            if node is None:
                return None
        return node


class Sounds:
    """An index of names by their frames, whole and with one syllable left open."""

    def __init__(self) -> None:
        self._root = Node()
        self._open: dict[Frames, list[Entry]] = defaultdict(list)
        self._longest = 0
        self._looks_at_hangul = False

    def add(self, sound: Sound, person: str, form: str, *, in_hangul: bool) -> None:
        syllables = sound.syllables
        if len(syllables) < 2:
            return
        frames = tuple(one.frame for one in syllables)
        node = self._root
        for frame in frames:
            node = node.after.setdefault(frame, Node())
        entry = Entry(syllables, person, form, sound.kind, in_hangul)
        if entry in node.entries:
            return
        node.entries.append(entry)
        self._looks_at_hangul |= in_hangul
        self._longest = max(self._longest, len(frames))
        if sound.kind == Kind.FULL and len(syllables) > 2:
            for place in range(1, len(frames)):
                self._open[_opened(frames, place)].append(entry)

    def may_open(self, word: str) -> bool:
        """Whether a hit can begin with a word."""
        if _is_hangul(word):
            return of_hangul(word[0])[0].frame in self._root.after
        return self._may_begin(heard(word))

    def find(self, words: Sequence[str], starts: Sequence[int]) -> Iterator[Hit]:
        """Hits in the words of a text, in which Hangul stands as it is. `starts`: where one can begin."""
        said = self._said(words, starts)
        for start in starts:
            if first := said[start]:
                yield from self._whole(words, said, start)
                if not words[start][0].islower() and self._may_begin(first):
                    yield from self._nearly(words, said, start)

    def _said(self, words: Sequence[str], starts: Iterable[int]) -> Said:
        """What each word after a start can be; of Hangul only where it matters: beside letters, or
        everywhere.
        """
        last = len(words) - 1
        said: Said = {}
        for place in _within_reach(starts, last):
            word = words[place]
            if not _is_hangul(word):
                said[place] = heard(word)
            elif (
                self._looks_at_hangul
                or (place > 0 and not _is_hangul(words[place - 1]))
                or (place < last and not _is_hangul(words[place + 1]))
            ):
                said[place] = self._of_hangul(word)
            else:
                said[place] = ()
        return said

    def _of_hangul(self, word: str) -> tuple[Heard, ...]:
        """Its beginnings that a particle may follow."""
        longest = min(len(word), self._longest)
        if len(word) > longest + MOST_LETTERS_AFTER:
            return ()
        ends = [end for end in range(1, longest + 1) if _ends(word, end)]
        return tuple(_with_frames(of_hangul(word[:end])) for end in ends)

    def _may_begin(self, said: tuple[Heard, ...]) -> bool:
        return any(frames[0] in self._root.after for frames, _syllables in said)

    def _whole(self, words: Sequence[str], said: Said, start: int) -> Iterator[Hit]:
        waiting: list[tuple[int, Node, Syllables]] = [(start, self._root, ())]
        while waiting:
            end, node, before = waiting.pop()
            for frames, syllables in said[end]:
                there = node.walk(frames)
                if there is None:
                    continue
                if there.entries:
                    yield from _hits(there.entries, before + syllables, words[start : end + 1])
                if there.after and end + 1 < min(len(words), start + MOST_WORDS):
                    waiting.append((end + 1, there, before + syllables))

    def _nearly(self, words: Sequence[str], said: Said, start: int) -> Iterator[Hit]:
        """All but one sound of a whole name of three syllables or more, which begins with a capital."""
        waiting: list[tuple[int, Frames, Syllables]] = [(start, (), ())]
        while waiting:
            end, known, before = waiting.pop()
            for frames, syllables in said[end]:
                found, all_frames = before + syllables, known + frames
                if len(found) > self._longest:
                    continue
                if len(found) > 2:
                    yield from self._near(all_frames, found, words[start : end + 1])
                following = end + 1
                # English in small letters: Son is none, son is one.
                if (
                    following < min(len(words), start + MOST_WORDS)
                    and words[following] not in ENGLISH
                ):
                    waiting.append((following, all_frames, found))

    def _near(self, frames: Frames, syllables: Syllables, words: Sequence[str]) -> Iterator[Hit]:
        only_hangul = all(map(_is_hangul, words))
        for place in range(1, len(frames)):
            for entry in self._open.get(_opened(frames, place), ()):
                is_meant = entry.in_hangul or not only_hangul
                if is_meant and _is_near(entry.syllables, syllables):
                    yield Hit(Kind.NEAR, entry.person, entry.form, " ".join(words))


def _hits(entries: list[Entry], syllables: Syllables, words: Sequence[str]) -> Iterator[Hit]:
    only_hangul = all(map(_is_hangul, words))
    for entry in entries:
        is_meant = entry.in_hangul or not only_hangul
        if is_meant and agree(entry.syllables, syllables) and (kind := _kind(entry, words)):
            yield Hit(kind, entry.person, entry.form, " ".join(words))


def _within_reach(starts: Iterable[int], last: int) -> Iterator[int]:
    """Each place that may be a part of what begins at one of these, once."""
    reached = 0
    for start in starts:
        end = min(start + MOST_WORDS, last + 1)
        yield from range(max(start, reached), end)
        reached = end


def _is_hangul(word: str) -> bool:
    return "가" <= word[0] <= "힣"


@lru_cache(maxsize=100_000)
def heard(word: str) -> tuple[Heard, ...]:
    """What a word in letters can be in Korean, with the frames of each."""
    return tuple(_with_frames(one) for one in readings(word))


def _with_frames(syllables: Syllables) -> Heard:
    return tuple(one.frame for one in syllables), syllables


def _ends(word: str, end: int) -> bool:
    return end == len(word) or TAIL.match(word, end) is not None


def _opened(frames: Frames, place: int) -> Frames:
    return (*frames[:place], "", *frames[place + 1 :])


def _kind(entry: Entry, words: Sequence[str]) -> Kind | None:
    if is_sentence(words):
        return Kind.NEAR if entry.kind == Kind.FULL else None
    return entry.kind


def is_sentence(words: Sequence[str]) -> bool:
    """Ordinary English words, not all of which begin with a capital; or one that ends like such."""
    if len(words) == 1 and words[0].islower() and ENGLISH_ENDING.search(words[0]):
        return True
    if not all(word.lower() in ENGLISH for word in words):
        return False
    return len(words) == 1 or not all(word[0].isupper() for word in words)


def _is_near(one: Syllables, other: Syllables) -> bool:
    """Whether a single sound differs, in a single syllable."""
    apart = [(a, b) for a, b in zip(one, other, strict=True) if not _same(a, b)]
    return len(apart) == 1 and _one_sound(*apart[0])


def _same(one: Syllable, other: Syllable) -> bool:
    return one.frame == other.frame and bool(one.vowels & other.vowels)


def _one_sound(one: Syllable, other: Syllable) -> bool:
    differing = (one.onset != other.onset, not one.vowels & other.vowels, one.coda != other.coda)
    return sum(differing) == 1


def one_letter(one: str, other: str) -> bool:
    """Whether two syllables of Hangul differ in a single letter, put in, left out or another."""
    return sum(a != b for a, b in zip(letters(one), letters(other), strict=True)) == 1
