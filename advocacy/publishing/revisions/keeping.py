"""Keeping a record as it stands.

All is kept as long as the record is: of drafts too, and of working copies that were dropped. With a
record that is removed for good goes all that was kept of it.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

import reversion
from django.db import models, transaction
from django.utils import timezone
from reversion.models import Revision, Version

from ..history import HistoryEntry
from ..models import Record
from ..queryset import related
from ..records import kinds
from ..whole import owned_by, tied_by_rows, whole

Verb = HistoryEntry.Verb


def register_kinds() -> None:
    """Let every kind of record be kept with all it is made of; once, at start."""
    for kind in kinds():
        _register(kind)


def _register(model: type[models.Model]) -> None:
    if reversion.is_registered(model):
        return
    owned = list(owned_by(model))
    for accessor in owned:
        _register(related(model, accessor))
    # Never `Version.revert()`: it would set what is excluded here to its default, and so empty it.
    by_rows = [field.name for field in tied_by_rows(model)]
    reversion.register(model, follow=owned, exclude=by_rows)


@transaction.atomic
def keep(
    record: Record,
    *,
    by: Any = None,
    verb: Verb = Verb.SAVED,
    changed: Any = "",
    source: HistoryEntry | None = None,
    at: datetime | None = None,
) -> None:
    """Keep a record as it is stored now, with its parts. Call it in the transaction of the deed.

    `changed` says what, as the admin's log does. Of a public record of which nothing was kept yet,
    what readers know is kept first: an editor wants to see what was changed.
    """
    stored = whole(type(record)).get(pk=record.pk)
    if stored.is_working_copy and not kept_of(stored.live).exists():
        _keep_as_published(whole(type(record)).get(pk=stored.replaces_id))
    _write(stored, stored.live.uuid, by=by, verb=verb, changed=changed, source=source, at=at)


def _keep_as_published(live: Record) -> None:
    since = [text.last_changed for text in live.publications() if text.last_changed]
    _write(live, live.uuid, verb=Verb.PUBLISHED, at=max(since, default=None))


@transaction.atomic
def entry_at(live: Record, pk: int, version: int) -> HistoryEntry | None:
    """The entry in which a row of a record, itself or a working copy, stands as at that version.

    Every save is kept with its version. Of a row of which nothing was kept yet it is kept now, unless
    it has changed since.
    """
    rows = Version.objects.get_for_object_reference(type(live), pk)
    rows = rows.filter(revision__entry__record=live.uuid).select_related("revision__entry")
    for kept in rows.order_by("-pk"):
        if kept.field_dict["version"] <= version:
            return kept.revision.entry
    stored = whole(type(live)).filter(pk=pk, version=version).first()
    if stored is None or stored.live != live:
        return None
    if stored.is_working_copy and version == 1:  # never saved: it says what its record says
        return entry_at(live, live.pk, live.version)
    if stored == live and live.is_known_to_readers():
        _keep_as_published(stored)
    else:
        _write(stored, live.uuid, verb=Verb.SAVED, at=None)
    return kept_of(live).latest("pk")


def kept_of(live: Record) -> models.QuerySet[HistoryEntry]:
    return HistoryEntry.objects.filter(record=live.uuid)


def rows_of(live: Record) -> models.QuerySet[Version]:
    """All rows that were kept of a record, the newest first, with the moment of each."""
    rows = Version.objects.filter(revision__entry__record=live.uuid)
    return rows.select_related("revision__entry").order_by("-pk")


def forget(live: Record) -> None:
    """Take away all that was kept of a record that is removed for good."""
    Revision.objects.filter(entry__record=live.uuid).delete()


def _write(
    record: Record,
    known_as: UUID,
    *,
    verb: Verb,
    at: datetime | None,
    by: Any = None,
    changed: Any = "",
    source: HistoryEntry | None = None,
) -> None:
    # By hand, not by signals: a revision is what an editor saved, not each row that was written.
    with reversion.create_revision(manage_manually=True):
        reversion.set_user(by)
        reversion.set_comment(changed if isinstance(changed, str) else json.dumps(changed))
        reversion.set_date_created(at or timezone.now())
        reversion.add_meta(HistoryEntry, record=known_as, verb=verb, source=source)
        reversion.add_to_revision(record)
