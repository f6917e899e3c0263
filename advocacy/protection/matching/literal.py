"""What is looked for as it is written: names that are not Korean, Hanja, indirect identifiers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from .folding import latin
from .ordinary import TAIL
from .people import Hit, Kind


class Literals:
    """An index by words, in small letters; Hanja are found within words too."""

    def __init__(self) -> None:
        self._entries: dict[str, list[tuple[tuple[str, ...], Hit]]] = defaultdict(list)
        self._hanja: dict[str, list[tuple[str, Hit]]] = defaultdict(list)

    def add(self, words: Sequence[str], hit: Hit) -> None:
        written = tuple(_small(word) for word in words)
        if not written:
            return
        if all(_is_hanja(word[0]) for word in written):
            joined = "".join(written)
            self._hanja[joined[0]].append((joined, hit))
        else:
            self._entries[written[0]].append((written, hit))

    def find(self, words: Sequence[str]) -> Iterator[Hit]:
        if not (self._entries or self._hanja):
            return
        small = [_small(word) for word in words]
        for start, word in enumerate(small):
            heads = [word]
            if "가" <= word[0] <= "힣":  # with a particle behind it
                heads += [word[:end] for end in range(1, len(word)) if TAIL.match(word, end)]
            for head in heads:
                for written, hit in self._entries.get(head, ()):
                    if _stand_there(written, small, start):
                        yield hit._replace(met=" ".join(words[start : start + len(written)]))
            if self._hanja and _is_hanja(word[0]):
                yield from self._in_hanja(small, start)

    def _in_hanja(self, words: list[str], start: int) -> Iterator[Hit]:
        run = words[start]
        for word in words[start + 1 : start + 4]:  # with spaces in between
            if not _is_hanja(word[0]):
                break
            run += word
        for place, letter in enumerate(words[start]):
            for written, hit in self._hanja.get(letter, ()):
                if run.startswith(written, place):
                    yield hit._replace(met=written)


def _small(word: str) -> str:
    return word.lower() if word.isascii() else latin(word)


def _stand_there(written: tuple[str, ...], words: list[str], start: int) -> bool:
    found = words[start : start + len(written)]
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
