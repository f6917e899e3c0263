"""What was found, written down so that a case officer can choose: places and identifiers, no words."""

from __future__ import annotations

from typing import Any

from django.db import models

from advocacy.attachments.models import Attachment
from advocacy.protection.places import NAME, Place
from advocacy.protection.surfaces import surfaces
from advocacy.publishing.models import Publication, Record
from advocacy.publishing.whole import whole

from .models import Withdrawal
from .owners import FILES, record_of, rows_of, ways
from .replacing import Inexact, Replacing, texts_of
from .sought import Named

Choice = Withdrawal.Choice
FILE = "file"


def note(work: Withdrawal, row: models.Model, replacing: Replacing) -> None:
    if type(row) in ways():
        record = record_of(row)
        if str(record.uuid) not in work.records:
            work.records[str(record.uuid)] = _of(record, replacing)
    elif type(row) in FILES:
        note_file(work, row if isinstance(row, Attachment) else row.attachment)  # type: ignore[attr-defined]
    else:
        label = row._meta.label_lower
        work.others[label] = work.others.get(label, 0) + 1


def note_file(work: Withdrawal, attachment: Attachment) -> None:
    files = work.others.setdefault(FILE, [])
    if str(attachment.uuid) not in files:
        files.append(str(attachment.uuid))


def default(found: dict[str, Any]) -> str:
    """Nothing stays of which it is not certain that no name remains."""
    is_certain = found["is_exact"] and not found["is_near"]
    return Choice.REPLACE if is_certain else Choice.WITHDRAW


def _of(live: Record, replacing: Replacing) -> dict[str, Any]:
    sought: Any = replacing.sought
    rows = [whole(type(live)).get(pk=live.pk)]
    if changes := live.changes():
        rows.append(whole(type(live)).get(pk=changes.pk))
    places = [place for row in rows for place in _places(row, sought)]
    return {
        "kind": live._meta.label_lower,
        "places": list(dict.fromkeys(places)),
        "is_exact": _is_exact(live, replacing),
        "is_near": _remains_near(live, replacing),
    }


def _places(record: Record, sought: Named) -> list[Place]:
    found = [
        Place(NAME, one.field, one.language, one.paragraph, one.page)
        for one in surfaces(record)
        if sought.is_in(one.text)
    ]
    numbered = {(one.field, one.language) for one in found if one.paragraph}
    return [one for one in found if one.paragraph or (one.field, one.language) not in numbered]


def _is_exact(live: Record, replacing: Replacing) -> bool:
    """Tried on rows that are never saved."""
    try:
        changed = [replacing.row(row) for row in rows_of(live)]
    except Inexact:
        return False
    return any(changed)


def _remains_near(live: Record, replacing: Replacing) -> bool:
    """Whether, without the names, a part of one or what resembles one is left."""
    sought: Any = replacing.sought
    for row in rows_of(live):
        try:
            replacing.row(row)
        except Inexact:
            return True
        own = _text_alone(row) if isinstance(row, Publication) else texts_of(row)
        if any(map(sought.is_nearly_in, own)):
            return True
    return False


def _text_alone(row: Publication) -> list[str]:
    """Without the address, which is made anew."""
    return [text for text in texts_of(row) if text != row.slug]
