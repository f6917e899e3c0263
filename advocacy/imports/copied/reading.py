"""A copied page as it was understood: the introduction, the steps, the articles; and what is doubtful."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from ..records import Coverage
from . import board, coverage
from .board import Copied
from .footnotes import marks_in, unmarked
from .lines import Line, lines
from .steps import Step, steps

_LEAD_IN = re.compile(r"[^.]*[:：]\s*$")
_STARTS = {
    "last",
    "on",
    "in",
    "this",
    "the",
    "after",
    "following",
    "during",
    "from",
    "at",
    "an",
    "a",
}
_STARTS |= {"today", "yesterday", "since", "for", "while", "as"}
_SMALL = {
    "a",
    "an",
    "and",
    "as",
    "at",
    "by",
    "for",
    "from",
    "in",
    "of",
    "on",
    "or",
    "the",
    "to",
    "with",
}


@dataclass(frozen=True, slots=True)
class Introduction:
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class Article:
    copied: Copied
    summary: str  # the sub-headline, where one ran into the text
    html: str
    coverage: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    introduction: Introduction | None
    steps: tuple[Step, ...]
    articles: tuple[Article, ...]
    marks: tuple[
        str, ...
    ]  # figures that seem to be marks of footnotes, each with the words around it


def read(copied: str, *, without_marks: bool = True) -> Reading:
    """Of any text whatever; what is not recognised is simply not there."""
    found = lines(copied)
    marks = [words for line in found for words in marks_in(line.text)]
    if without_marks:
        found = [unmarked(line) for line in found]
    page = board.split(found)
    introduction, items = _before(page.before)
    return Reading(
        introduction,
        tuple(step for line in items for step in steps(line)),
        tuple(_article(post) for post in page.posts),
        tuple(marks),
    )


def _before(found: list[Line]) -> tuple[Introduction | None, list[Line]]:
    """What is no list introduces; the sentence that leads to the list leads to nothing any more."""
    items = [line for line in found if line.is_item]
    told: list[Line] = []
    following: Line | None = None
    for line in reversed(found):
        leads = following is not None and following.is_item and _LEAD_IN.fullmatch(line.text)
        if line and not line.is_item and not leads:
            told.append(line)
        following = line or following
    told.reverse()
    if not told:
        return None, items
    heading = ""
    if len(told) > 1 and len(told[0].text) <= 120 and not told[0].text.endswith((".", "다")):
        heading = told.pop(0).text
    return Introduction(heading, _paragraphs(told)), items


def _article(post: Copied) -> Article:
    told, named = coverage.part(post.lines)
    summary = ""
    first = next((number for number, line in enumerate(told) if line), None)
    if first is not None and (length := _subheadline(told[first].text)):
        line = told[first]
        # Only where the HTML says no more than the words: a link is not cut in two.
        if "<" not in line.html:
            summary = line.text[:length].strip()
            rest = line.text[length:].strip()
            told[first] = Line(rest, escape(rest))
    return Article(post, summary, _paragraphs(told), named)


def _subheadline(text: str) -> int:
    """How much of a paragraph is a line of capitals that ran into it: up to where a sentence starts."""
    words = list(re.finditer(r"\S+", text))
    for number, word in enumerate(words):
        said = word[0].strip("“”\"'‘’(),")
        if number >= 5 and said.lower() in _STARTS and said[:1].isupper():
            return word.start()
        is_small = said.lower() in _SMALL
        if (
            not said
            or said.endswith(".")
            or not (said[0].isupper() or said[0].isdigit() or is_small)
        ):
            return 0
    return 0


def _paragraphs(found: list[Line]) -> str:
    """A line each; one that begins small goes on with the sentence of the line before."""
    out: list[tuple[str, list[str]]] = []
    was_blank = True
    for line in found:
        if line:
            tag = "li" if line.is_item else "p"
            goes_on = not was_blank and not line.is_item and line.text[0].islower()
            if goes_on and out:
                out[-1][1].append(line.html)
            else:
                out.append((tag, [line.html]))
        was_blank = not line
    html = "".join(f"<{tag}>{' '.join(words)}</{tag}>" for tag, words in out)
    return re.sub(r"(?:<li>.*?</li>)+", lambda match: f"<ul>{match[0]}</ul>", html)
