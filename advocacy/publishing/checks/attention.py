"""What somebody has lately worked on and cannot be shown to readers as it is; for the desk."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Max, Q

from ..models import HistoryEntry, Record
from ..records import kinds
from ..whole import whole
from . import Finding, Severity, look

MOST = 10


class Failing(NamedTuple):
    record: Record
    findings: list[Finding]


def failing(user: Any, *, most: int = MOST) -> list[Failing]:
    """Of the `most` records that `user` has saved last, those that must be mended, the latest first.

    Of a record with changes that wait, the changes are looked at. What the trash holds, or is no
    longer this person's to work on, is left out. The cost is that of `most` records, however many
    there are.
    """
    own = HistoryEntry.objects.filter(revision__user=user.pk).order_by()
    latest = own.values("record").annotate(last=Max("pk")).order_by("-last")[:most]
    touched = [row["record"] for row in latest]
    records = _records(user, touched)
    found = []
    for uuid in touched:
        if record := records.get(uuid):
            record.opened_by = user
            if findings := look(record, Severity.MUST_FIX).must_fix:
                found.append(Failing(record, findings))
    return found


def _records(user: Any, uuids: list[UUID]) -> dict[UUID, Record]:
    """By the uuid readers know or will know it by: the changes that wait, or the record itself."""
    if not uuids:
        return {}
    found: dict[UUID, Record] = {}
    for kind in kinds():
        theirs = kind.objects.editable_by(user).values("pk")
        rows = whole(kind).filter(Q(uuid__in=uuids) | Q(replaces__uuid__in=uuids), pk__in=theirs)
        kept = rows.filter(trashed_at__isnull=True, replaces__trashed_at__isnull=True)
        for record in kept:
            if record.is_working_copy or record.uuid not in found:
                found[record.live.uuid] = record
    return found
