"""What two people have said differently in the same form, and what is to be asked of the second."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from . import differing
from .models import Record
from .richtext import clean
from .typed import Piece

CHOOSING = "choosing"  # the name under which a form says of which pieces it asks


class Choice(StrEnum):
    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True)
class Seen:
    """What somebody had before them when they began to type: which row, and what it said."""

    record: UUID | None = None
    row: UUID | None = None
    digests: Mapping[str, str] | None = None  # by key of the piece; None: nobody has noted it

    @classmethod
    def of(cls, record: Record, found: Mapping[str, Piece]) -> Seen:
        digests = {key: piece.digest for key, piece in found.items()}
        return cls(record.live.uuid, record.uuid, digests)

    @classmethod
    def read(cls, text: str) -> Seen:
        """As a form sends it. What is no such thing says nothing."""
        try:
            said = json.loads(text)
            digests = {str(key): str(digest) for key, digest in said["digests"].items()}
            return cls(UUID(said["record"]), UUID(said["row"]), digests)
        except (ValueError, TypeError, KeyError, AttributeError):
            return cls()

    def __str__(self) -> str:
        said = {"record": str(self.record), "row": str(self.row), "digests": self.digests}
        return json.dumps(said, separators=(",", ":"))


@dataclass(frozen=True)
class Difference:
    """One piece of which the saved and the typed form say different things."""

    key: str
    theirs: Piece | None
    mine: Piece | None
    is_mine: bool  # whoever typed has changed it
    chosen: str = ""

    @property
    def label(self) -> str:
        return (self.theirs or self.mine).label  # type: ignore[union-attr]  # there is one at least

    @property
    def name(self) -> str:
        """Of the control that asks for the choice."""
        return choice_name(self.key)

    @cached_property
    def table(self) -> SafeString:
        """What is saved beside what was typed."""
        before, after = (piece.said if piece else "" for piece in (self.theirs, self.mine))
        if (self.theirs or self.mine).is_prose:  # type: ignore[union-attr]
            compared = differing.of_html(clean(before), clean(after))
        else:
            compared = differing.of_plain(before, after)
        return compared.table(
            left=gettext("What is saved"),
            right=gettext("What you typed") if self.is_mine else gettext("As you opened it"),
            caption=self.label,
        )


def is_stale(sent: Any, record: Record) -> bool:
    """Whether a form that was sent was opened on another version of the row."""
    return sent.get("seen_version") not in (None, "", str(record.version))


def choice_name(key: str) -> str:
    return f"choice-{key}"


def choices(sent: Any) -> dict[str, str]:
    """What a sent form answers, by key of the piece; "" where it was asked and does not."""
    answers = {key: sent.get(choice_name(key), "") for key in sent.getlist(CHOOSING)}
    return {key: answer if answer in list(Choice) else "" for key, answer in answers.items()}


def differences(
    theirs: Mapping[str, Piece],
    mine: Mapping[str, Piece],
    *,
    since: Mapping[str, str] | None,
) -> list[Difference]:
    """The pieces of which the two say different things, and the saved one has changed `since`.

    `since` are the digests from before both; without them every difference counts.
    """
    found = []
    for key in dict.fromkeys([*theirs, *mine]):
        saved, typed = theirs.get(key), mine.get(key)
        if _content(saved) == _content(typed):
            continue
        before = "" if since is None else since.get(key, "")
        if since is None or _digest(saved) != before:
            is_mine = since is None or _digest(typed) != before
            chosen = "" if is_mine else Choice.THEIRS
            found.append(Difference(key, saved, typed, is_mine, chosen))
    return found


def unanswered(found: Iterable[Difference], answers: Mapping[str, str]) -> list[Difference]:
    """Those of which it was asked, and no answer given."""
    return [one for one in found if answers.get(one.key) == ""]


def _content(piece: Piece | None) -> str:
    return piece.content if piece else ""


def _digest(piece: Piece | None) -> str:
    return piece.digest if piece else ""
