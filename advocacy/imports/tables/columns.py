"""The columns each kind of table may have. docs/moving.md says the same to people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from advocacy.meetings.models import Participant
from advocacy.milestones.models import Milestone
from advocacy.publishing.models import Language
from advocacy.un.bodies import BODIES

from ..records import Kind
from . import values

STATES = ("", "published", "draft")


@dataclass(frozen=True, slots=True)
class Column:
    read: Callable[[str], Any]
    is_needed: bool = False
    by_language: bool = False  # `title`, or `title_en` and `title_ko`


_ANY: dict[str, Column] = {
    "id": Column(values.identifier),
    "published": Column(values.moment),
    "state": Column(values.one_of(STATES)),
    "addresses": Column(values.several),
    "files": Column(values.files),
    "language": Column(values.language),
    "title": Column(values.plain, by_language=True),
    "summary": Column(values.plain, by_language=True),
    "text": Column(values.long, by_language=True),
}
_FACT: dict[str, Column] = {"date": Column(values.date, is_needed=True), **_ANY}

COLUMNS: Mapping[Kind, Mapping[str, Column]] = {
    Kind.ARTICLE: {
        **_ANY,
        "title": Column(values.plain, is_needed=True),
        "summary": Column(values.plain),
        "text": Column(values.long),
        "kicker": Column(values.plain),
        "byline": Column(values.plain),
        "event_date": Column(values.date),
        "place": Column(values.plain),
        "category": Column(values.plain),
        "tags": Column(values.commas),
        "hits": Column(values.number),
        "coverage": Column(values.coverage),
        "translates": Column(values.identifier),
    },
    Kind.MILESTONE: {
        **_FACT,
        "body": Column(values.one_of(["", *BODIES])),
        "kind": Column(values.one_of(Milestone.Kind.values), is_needed=True),
        "own_step": Column(values.truth),
        "turning_point": Column(values.truth),
        "outcome": Column(values.one_of(["", *Milestone.Outcome.values])),
        "votes_for": Column(values.number),
        "votes_against": Column(values.number),
        "votes_abstaining": Column(values.number),
        "symbols": Column(values.symbols),
        "our_part": Column(values.long, by_language=True),
    },
    Kind.MEETING: {
        **_FACT,
        "place": Column(values.plain, by_language=True),
        "participants": Column(values.participants(Participant.Role.values)),
    },
}
#: What our own tables say beside that, and what is no part of a record.
SAID_BY_US = {
    *("url", "date_earliest", "date_latest", "body_name", "text_id", "translations", "documents"),
    *("corrections", "footnotes", "licence", "made", "changed"),
}
KOREAN = {
    "번호": "id",
    "제목": "title",
    "요약": "summary",
    "내용": "text",
    "언어": "language",
    "날짜": "date",
    "게시일": "published",
    "상태": "state",
    "작성자": "byline",
    "조회": "hits",
    "분류": "category",
    "태그": "tags",
    "장소": "place",
    "파일": "files",
    "문서기호": "symbols",
    "참석자": "participants",
}


def column(name: str, kind: Kind) -> tuple[str, str] | None:
    """The column a head stands for, and the language it is of, if it says so; None: no such column."""
    name = "_".join(name.strip().lower().replace("-", " ").split())
    name = KOREAN.get(name, name)
    known = COLUMNS[kind]
    if name in known:
        return name, ""
    stem, _line, code = name.rpartition("_")
    is_one = stem in known and known[stem].by_language and code in Language.values
    return (stem, code) if is_one else None
