"""What is looked for as it is written: names that are not Korean, Hanja, indirect identifiers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from .folding import latin
from .ordinary import TAIL
from .people import Hit, Kind

MOST_HANJA = 4  # words that one name may be parted into


class Literals:
    """An index by words, in small letters; Hanja are found within words too."""

    def __init__(self) -> None:
        self._entries: dict[str, list[tuple[tuple[str, ...], Hit]]] = defaultdict(list)
        self._hanja: dict[str, list[tuple[str, Hit]]] = defaultdict(list)
        self._letters: set[str] = set()  # that they begin with
        self._longest = MOST_HANJA  # words of one

    def add(self, words: Sequence[str], hit: Hit) -> None:
        written = tuple(_small(word) for word in words)
        if not written:
            return
        if all(_is_hanja(word[0]) for word in written):
            joined = "".join(written)
            self._hanja[joined[0]].append((joined, hit))
        else:
            self._entries[written[0]].append((written, hit))
            self._longest = max(self._longest, len(written))
            self._letters.add(written[0][0])

    def may_open(self, word: str) -> bool:
        """Whether a hit can begin within a word."""
        small = _small(word)
        is_first = small[0] in self._letters and any(
            head in self._entries for head in _heads(small)
        )
        return is_first or not self._hanja.keys().isdisjoint(small)

    def find(self, words: Sequence[str], starts: Iterable[int]) -> Iterator[Hit]:
        """`starts`: where in the words a hit can begin."""
        if not (self._entries or self._hanja):
            return
        for start in starts:
            small = [_small(word) for word in words[start : start + self._longest]]
            for head in _heads(small[0]):
                for written, hit in self._entries.get(head, ()):
                    if _stand_there(written, small):
                        yield hit._replace(met=" ".join(words[start : start + len(written)]))
            if self._hanja and _is_hanja(small[0][0]):
                yield from self._in_hanja(small)

    def _in_hanja(self, words: list[str]) -> Iterator[Hit]:
        run = words[0]
        for word in words[1:MOST_HANJA]:  # with spaces in between
            if not _is_hanja(word[0]):
                break
            run += word
        for place, letter in enumerate(words[0]):
            for written, hit in self._hanja.get(letter, ()):
                if run.startswith(written, place):
                    yield hit._replace(met=written)


def _heads(word: str) -> Iterator[str]:
    yield word
    if "가" <= word[0] <= "힣":  # with a particle behind it
        yield from (word[:end] for end in range(1, len(word)) if TAIL.match(word, end))


def _small(word: str) -> str:
    return word.lower() if word.isascii() else latin(word)


def _stand_there(written: tuple[str, ...], words: list[str]) -> bool:
    found = words[: len(written)]
    if len(found) < len(written) or tuple(found[1:-1]) != written[1:-1]:
        return False
    last, wanted = found[-1], written[-1]
    if len(written) > 1 and found[0] != written[0]:
        return False
    if last == wanted:
        return True
    is_hangul = "가" <= wanted[0] <= "힣"
    return is_hangul and last.startswith(wanted) and TAIL.match(last, len(wanted)) is not None


def _is_hanja(letter: str) -> bool:
    return "⺀" <= letter <= "⿟" or "㐀" <= letter <= "鿿" or "豈" <= letter <= "﫿"


def identifier(person: str, text: str) -> Hit:
    return Hit(Kind.IDENTIFIER, person, text)
