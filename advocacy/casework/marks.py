"""Keyed hashes: what is kept of a name, a record or an address that was taken out.

The keys are made of those of the register (REGISTER_KEY), which no backup holds. Without them nobody
can try names against the ledger.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator

from django.conf import settings

from advocacy.protection.matching.folding import fold, latin
from advocacy.protection.matching.names import WORD, bare

from .sought import MOST_WORDS, Span, merged

_APART = 3  # signs that may stand between two words of one name


class Key(bytes):
    @property
    def name(self) -> str:
        """By which a hash says what it was made with."""
        return hashlib.sha256(b"name\0" + self).hexdigest()[:16]

    def mark(self, kind: str, value: str) -> str:
        return hmac.digest(self, f"{kind}\0{value}".encode(), "sha256").hex()


def secrets() -> list[Key]:
    """The first makes new hashes; those of former keys of the register are still known."""
    return [
        Key(hashlib.sha256(b"tombstones\0" + key.encode()).digest())
        for key in settings.REGISTER_KEYS
    ]


def marks(kind: str, *values: str) -> list[str]:
    """Each value by each key."""
    return [key.mark(kind, value) for key in secrets() for value in values]


class Hashed:
    """Names of which only keyed hashes are known: each run of words is hashed and compared.

    `lengths` are those of the names, so that no other run need be.
    """

    def __init__(self, kind: str, known: Iterable[str], lengths: Iterable[int]) -> None:
        self.kind, self.known, self.lengths = kind, frozenset(known), frozenset(lengths)
        self._keys = secrets()

    def is_in(self, text: str) -> bool:
        return bool(self.known) and any(True for _span in self._found(text))

    def spans(self, text: str) -> list[Span]:
        return merged(self._found(text)) if self.known else []

    def _found(self, text: str) -> Iterator[Span]:
        for span, letters in runs(text, self.lengths):
            if any(key.mark(self.kind, letters) in self.known for key in self._keys):
                yield span


def runs(text: str, lengths: frozenset[int]) -> Iterator[tuple[Span, str]]:
    """Every run of letters of such a length that begins and ends with a word; in Hangul and Hanja
    anywhere, since particles and other words are written to it.
    """
    longest = max(lengths, default=0)
    tokens = [
        (
            match.start(),
            match.end(),
            "".join(latin(bare(word)) for word in WORD.findall(fold(match[0]))),
        )
        for match in WORD.finditer(text)
    ]
    for number, (start, _end, first) in enumerate(tokens):
        inside = range(len(first)) if _is_parted_anywhere(first) else range(1)
        for offset in inside:
            yield from _from(tokens, number, offset, start + offset, lengths, longest)


def _from(
    tokens: list[tuple[int, int, str]],
    number: int,
    offset: int,
    start: int,
    lengths: frozenset[int],
    longest: int,
) -> Iterator[tuple[Span, str]]:
    said, before = "", tokens[number][0]
    for begins, ends, letters in tokens[number : number + MOST_WORDS]:
        if said and begins - before > _APART:
            return
        rest = letters[offset:]
        if _is_parted_anywhere(letters) and ends - begins == len(letters):
            for length in range(1, len(rest)):
                if len(said) + length in lengths:
                    yield Span(start, begins + offset + length), said + rest[:length]
        said += rest
        if len(said) in lengths:
            yield Span(start, ends), said
        if len(said) >= longest:
            return
        offset, before = 0, ends


def _is_parted_anywhere(letters: str) -> bool:
    return bool(letters) and ("가" <= letters[0] <= "힣" or "⺀" <= letters[0] <= "鿿")
