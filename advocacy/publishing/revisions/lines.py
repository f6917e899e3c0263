"""The history of a record as lines to read: what was kept, and what was done to it, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from ..history import HistoryEntry
from ..log import LogEntry
from ..models import Language, Record
from .keeping import kept_of

#: Deeds after which the text is the same; publishing is kept, and so a line of its own.
DEEDS = {
    LogEntry.Verb.WITHDRAW: _("Withdrawn"),
    LogEntry.Verb.TRASH: _("Moved to the trash"),
    LogEntry.Verb.RESTORE: _("Brought back from the trash"),
    LogEntry.Verb.TAKE_OUT: _("A name was taken out"),
}


class Stub(NamedTuple):
    """Where a line is found: by what was kept, or by a row of the log."""

    at: datetime
    entry: int | None
    number: int | None
    before: int | None  # what was kept before this entry


class Line(NamedTuple):
    at: datetime
    by: Any
    verb: str
    changed: str = ""
    entry: HistoryEntry | None = None
    before: int | None = None


def stubs(live: Record) -> list[Stub]:
    """All lines, in two queries that read no text."""
    kept = kept_of(live).order_by("pk").values_list("revision__date_created", "pk")
    found, before = [], None
    for at, pk in kept:
        found.append(Stub(at, pk, None, before))
        before = pk
    deeds = LogEntry.objects.filter(record=live.uuid, verb__in=list(DEEDS)).order_by("number")
    found += [Stub(at, None, number, None) for at, number in deeds.values_list("at", "number")]
    return sorted(found, key=lambda stub: stub.at, reverse=True)


def load(some: Sequence[Stub]) -> list[Line]:
    """The lines of one page."""
    entries = HistoryEntry.objects.select_related("revision__user", "source__revision").in_bulk(
        [stub.entry for stub in some if stub.entry]
    )
    deeds = LogEntry.objects.in_bulk([stub.number for stub in some if stub.number])
    people = get_user_model()._default_manager.in_bulk(
        [int(deed.by) for deed in deeds.values() if deed.by.isdecimal()]
    )
    lines = []
    for stub in some:
        if stub.entry:
            lines.append(_kept(entries[stub.entry], stub.before))
        elif stub.number:
            deed = deeds[stub.number]
            language = Language(deed.language).label if deed.language else ""
            verb = f"{DEEDS[LogEntry.Verb(deed.verb)]} ({language})" if language else ""
            by = people.get(int(deed.by)) if deed.by.isdecimal() else None
            lines.append(Line(deed.at, by, verb or str(DEEDS[LogEntry.Verb(deed.verb)])))
    return lines


def _kept(entry: HistoryEntry, before: int | None) -> Line:
    revision = entry.revision
    return Line(
        revision.date_created,
        revision.user,
        entry.get_verb_display(),
        revision.get_comment(),
        entry,
        before,
    )
