"""What a parser yields: one value for each post of an old site, or why there is none.

Values and nothing else: a parser reads a stream and touches neither the database nor the files the
posts speak of. What becomes of a value is `landing`'s to say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    ARTICLE = "article"
    PAGE = "page"
    MILESTONE = "milestone"
    MEETING = "meeting"


class Form(StrEnum):
    """How a body is written."""

    HTML = "html"
    BREAKS = "breaks"  # HTML in which a line of its own stands on a line of its own
    PLAIN = "plain"  # text; what looks like an address is one


@dataclass(frozen=True, slots=True)
class Text:
    """One language of a post, as it stood there: no word of it is cleaned yet."""

    title: str
    body: str = ""
    form: Form = Form.HTML
    language: str = ""  # `en`, `ko`; empty: told from its words when it lands
    summary: str = ""
    kicker: str = ""
    byline: str = ""  # a name; never an account, an address or an e-mail
    our_part: str = ""  # of a milestone, in the same form as the body


@dataclass(frozen=True, slots=True)
class File:
    """One file of a post, which lies in a folder beside the dump."""

    shown: str  # the name readers saw
    path: str  # below that folder, with `/`; as it was found, so not to be trusted
    downloads: int = 0
    addresses: tuple[str, ...] = ()  # where readers fetched it


@dataclass(frozen=True, slots=True)
class Coverage:
    outlet: str
    headline: str = ""
    url: str = ""
    date: str = ""  # EDTF
    description: str = ""
    archived_url: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    role: str  # a value of meetings.Participant.Role
    name_en: str
    name_ko: str = ""
    office_en: str = ""
    office_ko: str = ""
    organisation_en: str = ""
    organisation_ko: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """What a milestone says beside its texts, in the words of milestones.models."""

    date: str  # EDTF
    body: str = ""  # a code of un.bodies
    kind: str = ""
    own_step: bool = False
    turning_point: bool = False
    outcome: str = ""
    votes: tuple[int, int, int] | None = None  # for, against, abstaining
    symbols: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    date: str  # EDTF
    place_en: str = ""
    place_ko: str = ""
    participants: tuple[Participant, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """One post. Of an article or a page there is one text, of a fact one a language."""

    source: str  # which site and board, such as `gnuboard:news`
    key: str  # its name in that source, by which it is known when it comes again
    texts: tuple[Text, ...]
    kind: Kind = Kind.ARTICLE
    written: datetime | None = None  # aware; None: not known
    changed: datetime | None = None
    hits: int = 0
    category: str = ""
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()  # beside the text
    files: tuple[File, ...] = ()
    addresses: tuple[str, ...] = ()  # on the old site: path and query, with or without the host
    public: bool = True  # whether readers could open it
    reason: str = ""  # where not: why, as a sentence
    page: str = ""  # the key by which the site knows a standing page
    event: str = ""  # of an article: when it happened, EDTF
    place: str = ""
    coverage: tuple[Coverage, ...] = ()
    fact: Milestone | Meeting | None = None
    translates: str = ""  # the key, in the same source, of the post this is a translation of
    dropped: tuple[str, ...] = ()  # what was left out of it, each as a sentence
    line: int = field(default=0, compare=False)  # of the source; 0: not known

    @property
    def text(self) -> Text:
        return self.texts[0]

    @property
    def fingerprint(self) -> str:
        """SHA-256, in hex, of all that it says; what only counts or was found in passing has no part."""
        said = {
            one.name: _plain(getattr(self, one.name)) for one in fields(self) if one.name in _SAID
        }
        return hashlib.sha256(repr(sorted(said.items())).encode(errors="replace")).hexdigest()


_SAID = {one.name for one in fields(Post)} - {"hits", "line", "dropped", "addresses"}


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that gives no post, and why."""

    line: int  # of the source; 0: not known
    key: str  # empty: not known
    reason: str  # a sentence


Read = Iterator[Post | Skipped]


def _plain(value: Any) -> Any:
    """As builtins, in one order: what a fingerprint is taken over does not change with Python."""
    if is_dataclass(value):
        counted = {"downloads", "addresses"}
        named = [one.name for one in fields(value) if one.name not in counted]
        return [(name, _plain(getattr(value, name))) for name in named]
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value
