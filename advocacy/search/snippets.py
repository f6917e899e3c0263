"""Where in a text what was asked for stands: the words marked, and the passage around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import islice
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from advocacy.un.symbols import find

from . import words
from .query import Phrase, Query

WIDTH = 240  # characters
MOST_LOOKED_AT = 60  # places that may be what is sought
LONGEST_READ = 20_000  # characters of a text that are gone through word by word

Span = tuple[int, int]


class _Hit(NamedTuple):
    passage: int
    at: int
    phrase: int


def marked(text: str, query: Query) -> SafeString:
    """The whole text, what was asked for as `<mark>`."""
    return _with_marks(text, spans(text, query))


def excerpt(parts: Iterable[Sequence[str]], query: Query, width: int = WIDTH) -> SafeString:
    """The place in a text that has most of what was asked for; its beginning where nothing has.

    `parts` are its passages in groups. A group is read only if those before had nothing.
    """
    first = ""
    for passages in parts:
        first = first or next(iter(passages), "")
        if found := _place(passages, query, width):
            return found
    text, ends = _window(first, 0, width)
    return _dotted(_with_marks(text, []), *ends)


def _place(passages: Sequence[str], query: Query, width: int) -> SafeString | None:
    crude = [re.compile(_crude(phrase), re.IGNORECASE) for phrase in _phrases(query)]
    hits = sorted(
        _Hit(number, match.start(), which)
        for number, passage in enumerate(passages)
        for which, pattern in enumerate(crude)
        for match in islice(pattern.finditer(passage), MOST_LOOKED_AT)
    )
    worth = [_worth(hits, place, width) for place in range(len(hits))]
    # The first of equals.
    for place in nlargest(MOST_LOOKED_AT, range(len(hits)), key=worth.__getitem__):
        hit = hits[place]
        text, ends = _window(passages[hit.passage], hit.at, width)
        if found := spans(text, query):
            return _dotted(_with_marks(text, found), *ends)
    for passage in passages:  # accents and the like, which the patterns do not know
        if found := spans(passage[:LONGEST_READ], query):
            text, ends = _window(passage, found[0][0], width)
            return _dotted(_with_marks(text, spans(text, query)), *ends)
    return None


def spans(text: str, query: Query) -> list[Span]:
    """What was asked for in a text, from where to where, in order and apart from each other."""
    tokens = list(words.tokens(text))
    places: dict[str, list[int]] = {}
    for number, token in enumerate(tokens):
        places.setdefault(token.name, []).append(number)
    found: list[Span] = []
    for phrase in _phrases(query):
        if phrase.tokens[0].startswith("§"):
            cited = (
                (a, b) for a, b, symbol in find(text) if words.of_symbol(symbol) == phrase.tokens[0]
            )
            found += cited
        else:
            found += _places(phrase, tokens, places)
    return _apart(sorted(found))


def _phrases(query: Query) -> list[Phrase]:
    found = [phrase for term in query.wanted for phrase in term.options]
    return [*found, query.together] if query.together else found


def _places(
    phrase: Phrase, tokens: Sequence[words.Token], places: dict[str, list[int]]
) -> Iterator[Span]:
    last = len(phrase.tokens) - 1
    if last or not phrase.open_end:
        starts = places.get(phrase.tokens[0], [])
    else:
        begun = phrase.tokens[0]
        starts = [n for name, numbers in places.items() if name.startswith(begun) for n in numbers]
    for start in starts:
        there = tokens[start : start + last + 1]
        names = tuple(token.name for token in there)
        if len(names) <= last or names[:last] != phrase.tokens[:last]:
            continue
        if names[last] == phrase.tokens[last]:
            yield there[0].start, there[last].end
        elif phrase.open_end and names[last].startswith(phrase.tokens[last]):
            is_syllable = words.is_paired(names[last])
            yield there[0].start, there[last].start + 1 if is_syllable else there[last].end


def _apart(found: list[Span]) -> list[Span]:
    apart: list[Span] = []
    for start, end in found:
        if apart and start <= apart[-1][1]:
            apart[-1] = apart[-1][0], max(end, apart[-1][1])
        else:
            apart.append((start, end))
    return apart


def _crude(phrase: Phrase) -> str:
    """A pattern that finds every place of a phrase in plain text, and some that are none."""
    first = phrase.tokens[0]
    if first.startswith("§"):
        return r"\W{0,3}".join(filter(None, first[1:].split("÷")))
    if words.is_paired(first):
        return r"\s?".join(re.escape(sign) for sign in first)
    # Porter may have put another letter at the end: testimoni.
    return r"\b" + re.escape(first[:-1] if len(first) > 3 else first)


def _worth(hits: Sequence[_Hit], place: int, width: int) -> int:
    """How much of what was asked for stands near the hit at that place of them all in order."""
    here, near = hits[place], set[int]()
    for other in map(hits.__getitem__, range(place, len(hits))):
        if other.passage != here.passage or other.at - here.at > width // 2:
            break  # so that it takes as long as there is text, not the square of that
        near.add(other.phrase)
    return len(near)


def _window(text: str, at: int, width: int) -> tuple[str, tuple[bool, bool]]:
    """The text around a place, cut between words; whether it has the text's beginning and its end."""
    start = max(0, at - width // 3)
    end = min(len(text), start + width)
    if start:
        gap = text.find(" ", start, at)
        start = gap + 1 if gap >= 0 else start
    if end < len(text):
        gap = text.rfind(" ", at + 1, end)
        end = gap if gap > at + 20 else end
    return text[start:end], (start == 0, end == len(text))


def _with_marks(text: str, found: Sequence[Span]) -> SafeString:
    parts, done = [], 0
    for start, end in found:
        parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    return mark_safe("".join([*parts, escape(text[done:])]))  # noqa: S308  escaped piece by piece


def _dotted(text: SafeString, has_start: bool, has_end: bool) -> SafeString:
    before, after = "" if has_start else "… ", "" if has_end else " …"
    return mark_safe(f"{before}{text}{after}")  # noqa: S308  escaped above
