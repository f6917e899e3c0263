"""Text as the index sees it: the same tokens for what is stored and for what is asked.

A Latin word is one token, its Porter stem. Of Korean, which writes compounds together or apart as it
pleases, every two neighbouring syllables are a token, across one space too, and the last syllable of a
run stands for itself: 북한 인권 is 북한, 한인, 인권, 권. So a word is found inside a longer one, as the
phrase of its pairs. Whatever is written without a space between (A/HRC/25, 제3위원회) is a phrase.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from advocacy.un.symbols import Symbol, find, parse

from .porter import stem

#: Stands between passages, so that no phrase goes on from one to the next. Nobody can ask for it.
BREAK = "¶"
LONGEST_TOKEN = 40  # letters; of a longer word, its beginning

_UNSEEN = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e"
                     "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]")  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# Hangul, and the characters of the scripts around it that are written without spaces.
_PAIRED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
_RUN = re.compile(rf"[{_PAIRED}]+(?:\s[{_PAIRED}]+)*|(?:(?![{_PAIRED}])[^\W_])+(?:['’]s\b)?")
_IS_PAIRED = re.compile(f"[{_PAIRED}]")
_SPACE = re.compile(r"\s")


class Token(NamedTuple):
    """`text[start:end]` is what it stands for."""

    name: str
    start: int
    end: int


def clean(text: str) -> str:
    """A text as it is read: pieces of letters put together, what nobody sees left out."""
    text = unicodedata.normalize("NFC", _CONTROL.sub(" ", text))
    return _UNSEEN.sub("", text)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a cleaned text in their order. Two that lie next to each other are neighbours."""
    for run in _RUN.finditer(text):
        start, end = run.span()
        if not _IS_PAIRED.match(text, start):
            word = run[0]
            yield Token(_latin(word), start, end)
            continue
        places = [start + at for at, sign in enumerate(run[0]) if not _SPACE.match(sign)]
        for this, following in pairwise(places):
            yield Token(text[this] + text[following], this, following + 1)
        yield Token(text[places[-1]], places[-1], end)


def names(text: str) -> list[str]:
    return [token.name for token in tokens(text)]


def is_paired(name: str) -> bool:
    """Whether a token is a syllable or two of a script that is indexed by pairs."""
    return bool(_IS_PAIRED.match(name))


def of_symbol(symbol: Symbol) -> str:
    """The token of a document symbol, the same for every spelling and language of it."""
    return "§" + re.sub(r"[^0-9a-z]+", "÷", symbol.document.lower())


def documents_in(text: str, also: Iterable[str] = ()) -> dict[str, str]:
    """The UN documents that a text names, each once, and the token of each; and those of `also`."""
    named = [*filter(None, map(parse, also)), *(symbol for _start, _end, symbol in find(text))]
    return {symbol.document: of_symbol(symbol) for symbol in named}


def folded(word: str) -> str:
    """A word in small letters without accents, full-width letters made plain."""
    word = re.sub("['’]s$", "", word)
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word).lower()
    return "".join(sign for sign in parts if sign.isalnum()) or word


def _latin(word: str) -> str:
    return stem(folded(word))[:LONGEST_TOKEN]


def latin_words(text: str) -> set[str]:
    """The words of a cleaned text as people write them, for spelling and for beginnings of words."""
    found = set()
    for run in _RUN.finditer(text):
        if not _IS_PAIRED.match(run[0]):
            word = folded(run[0])
            if 3 <= len(word) <= LONGEST_TOKEN and word.isascii() and not word.isdigit():
                found.add(word)
    return found
