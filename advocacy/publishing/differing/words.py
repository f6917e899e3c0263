"""Texts as words: what is compared, in place of characters and tags."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

# A word holds what joins its parts (A/HRC/25/63, don't, 10:40); every other sign stands alone, so
# that a comma or a Korean bracket changes without the word it leans on.
_PIECE = re.compile(r"[^\W_]+(?:[-.,:/&@_'’‑–][^\W_]+)*|\s+|.", re.DOTALL)


class Sort(StrEnum):
    WORD = "word"
    NOTE = "note"  # a footnote begins
    END = "end"  # of the footnote
    LINK = "link"  # where the words before it lead
    PICTURE = "picture"  # the uuid of what a figure shows
    CELL = "cell"  # the next cell of a table's row begins


class Word(NamedTuple):
    text: str
    is_spaced: bool = False  # from the word before it
    sort: Sort = Sort.WORD

    @property
    def said(self) -> str:
        """Equal for words that are the same; the space before them is none of it."""
        # No word of a text begins with this sign and goes on.
        return self.text if self.sort is Sort.WORD else f"<{self.sort}>{self.text}"


#: Words that belong at a place in a text, given in characters.
Inserted = tuple[int, list[Word]]


def composed(text: str) -> str:
    """In NFC: Macs send Hangul in pieces."""
    return unicodedata.normalize("NFC", text)


def split(text: str, *, inserted: Sequence[Inserted] = ()) -> list[Word]:
    """Words and signs of a composed text. What is inserted in mid-word stands after the word."""
    found: list[Word] = []
    waiting = list(inserted)
    is_spaced = False
    for match in _PIECE.finditer(text):
        while waiting and waiting[0][0] <= match.start():
            found += waiting.pop(0)[1]
        if match[0].isspace():
            is_spaced = True
            continue
        found.append(Word(match[0], is_spaced))
        is_spaced = False
    return [*found, *(word for _place, words in waiting for word in words)]
