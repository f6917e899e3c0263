"""What an item of a list tells of: a step before the United Nations, when, and before whom."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from advocacy.un.symbols import find

from . import mentions
from .lines import Line
from .mentions import Mention

LONGEST_TITLE = 120  # characters

#: By what is named first, a step is of that kind.
_KINDS = (
    ("resolution", r"resolutions?\b|결의"),
    ("review", r"universal periodic review|\bUPR\b|\breview\b|정례인권검토|정례검토|심의"),
    (
        "meeting_record",
        r"(?:official|formal|first|open) (?:discussion|debate|meeting)\b|공식 ?(?:논의|회의)",
    ),
    ("briefing", r"brief(?:ing|ed|s)|브리핑"),
    ("submission", r"submi(?:ssion|t)|제출"),
    ("advocacy", r"meeting with|met with|면담"),
    ("statement", r"statement|성명"),
    ("report", r"\breports?\b|보고서"),
    ("appointment", r"appoint|mandate of|임명|선임"),
)
_KIND = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _KINDS), re.IGNORECASE)
_OWN = re.compile(
    r"(?:lobby|briefing|submission|submitt|participat|hosting|organi[sz]|present|deliver|meeting with"
    r"|(?:\w+ )?\d{4} meeting with)|.*\bNKHR (?:briefed|submitted|met|hosted|presented)",
    re.IGNORECASE,
)
_OWN_KOREAN = re.compile(r"제출|브리핑|면담|참가|참여|개최|로비|옹호")
_FIRST = re.compile(
    r"(.{25,}?)(?:[.!?](?=\s|$)|\s*[(;]|,\s|\sby the then\b|\sfollowing\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone as far as it was recognised. `date` and `body` are the likeliest, or empty."""

    title: str
    text: str
    html: str
    date: str = ""
    body: str = ""
    kind: str = "advocacy"
    own_step: bool = False
    symbols: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()  # all that are told
    bodies: tuple[str, ...] = ()


def steps(line: Line) -> list[Step]:
    """Mostly one; one for each body where each has a date of its own."""
    named, told = mentions.bodies(line.text), mentions.dates(line.text)
    symbols = tuple(dict.fromkeys(str(symbol) for _start, _end, symbol in find(line.text)))
    kind = _KIND.search(line.text)
    step = Step(
        title=title(line.text),
        text=line.text,
        html=line.html,
        date=told[0].value if told else "",
        body=named[0].value if named else "",
        kind=(kind and kind.lastgroup) or "advocacy",
        own_step=not named or bool(_OWN.match(line.text) or _OWN_KOREAN.search(line.text)),
        symbols=symbols,
        dates=tuple(dict.fromkeys(one.value for one in told)),
        bodies=tuple(dict.fromkeys(one.value for one in named)),
    )
    pairs = _pairs(named, told)
    begin = line.text[: named[0].start] if named else ""
    return [
        replace(
            step,
            title=title(begin + line.text[body.start : body.end]),
            body=body.value,
            date=date.value,
        )
        for body, date in pairs
    ] or [step]


def title(text: str) -> str:
    """The beginning, as far as it can stand alone."""
    first = _FIRST.match(text)
    said = first[1] if first else text.rstrip(".")
    if len(said) > LONGEST_TITLE:
        said = f"{said[:LONGEST_TITLE].rpartition(' ')[0]} …"
    return said


def _pairs(named: list[Mention], told: list[Mention]) -> list[tuple[Mention, Mention]]:
    """`CEDAW in 2005 and the Committee on the Rights of the Child in 2009`: after each body its date."""
    first: list[Mention] = []
    for one in named:  # a name and its acronym are one
        if not first or first[-1].value != one.value:
            first.append(one)
    pairs = list(zip(first, told, strict=False))
    in_turn = [one for pair in pairs for one in pair]
    is_each = len(first) == len(told) > 1 and in_turn == sorted([*first, *told])
    return pairs if is_each else []
