"""Marks of footnotes that were copied as bare figures, and whose notes were not copied at all."""

from __future__ import annotations

import re
from dataclasses import replace

from .lines import Line

# A figure by itself between two words. Before "the" it counts nothing; before another word it may, and
# then of one thing only ("28 years" are many) and after no word that leads to a number ("aged 9").
_BARE = re.compile(
    r"(?P<word>(?:^|(?<=[\s(]))[A-Za-z]+[,.;]?) (?P<figure>\d{1,2}) (?=(?P<next>[a-z]+)\b)"
)
_DETERMINERS = {"the", "a", "an", "our", "its", "their", "this", "these", "those"}
_LEAD_TO_NUMBERS = {
    *("the", "a", "an", "of", "at", "for", "in", "on", "by", "to", "than", "over", "about", "and"),
    *(
        "or",
        "age",
        "aged",
        "with",
        "from",
        "these",
        "those",
        "only",
        "some",
        "nearly",
        "all",
        "least",
    ),
    *(
        "camp",
        "article",
        "paragraph",
        "chapter",
        "page",
        "section",
        "number",
        "room",
        "block",
        "cell",
    ),
}
_GO_ON = {
    *(
        "and",
        "or",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "with",
        "from",
        "by",
        "as",
        "under",
        "until",
    ),
    *(
        "was",
        "is",
        "were",
        "are",
        "had",
        "has",
        "have",
        "will",
        "would",
        "who",
        "that",
        "which",
        "when",
    ),
    *(
        "he",
        "she",
        "it",
        "they",
        "we",
        "million",
        "billion",
        "thousand",
        "hundred",
        "percent",
        "per",
    ),
    *("day", "week", "month", "year", "hour", "minute", "am", "pm", "o"),
}
_AROUND = 30  # letters shown before and after one


def marks_in(text: str) -> list[str]:
    """Each with some words around it."""
    return [
        text[max(0, match.start("figure") - _AROUND) : match.end("figure") + _AROUND]
        for match in _BARE.finditer(text)
        if _is_mark(text, match)
    ]


def unmarked(line: Line) -> Line:
    if not marks_in(line.text):
        return line
    return replace(line, text=_without(line.text), html=_without(line.html))


def _without(text: str) -> str:
    return _BARE.sub(lambda match: f"{match['word']} " if _is_mark(text, match) else match[0], text)


def _is_mark(text: str, match: re.Match[str]) -> bool:
    word, following = match["word"].rstrip(",.;"), match["next"]
    begins = not text[: match.start()].strip() or text[: match.start()].rstrip().endswith(".")
    if word[0].isupper() and not begins:  # Camp 18
        return False
    if following in _DETERMINERS:
        return True
    is_one = not following.endswith("s") and following not in _GO_ON
    return word[0].islower() and word not in _LEAD_TO_NUMBERS and is_one
