"""What one withdrawal does to the record, whoever asks for it: a case officer, or a restore."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F

from advocacy.attachments import uses
from advocacy.attachments.models import Attachment, PageText, Rendition, Use
from advocacy.publishing import followers, generation, log, reviewing, sharing, unsaved
from advocacy.publishing.models import (
    FormerAddress,
    LogEntry,
    Presence,
    Publication,
    Record,
    Review,
)
from advocacy.publishing.people import Person
from advocacy.publishing.records import kinds
from advocacy.publishing.revisions import keeping
from advocacy.publishing.richtext import rich_texts
from advocacy.publishing.whole import whole

from . import ledger
from .owners import rows_of, ways
from .pictures import without_figure
from .replacing import Inexact, Replacing

Kind = ledger.Kind
Verb = LogEntry.Verb


class Deed:
    """`is_kept` says of a record whether it may stay with other words in the place of the name."""

    def __init__(
        self, replacing: Replacing, *, is_kept: Callable[[Record], bool], by: Person | None = None
    ) -> None:
        self.replacing, self.is_kept, self.by = replacing, is_kept, by
        self.keys: list[str] = []  # of stored files that nothing names any more
        self.done: list[str] = []  # what was done, a word for each
        self.addresses: list[str] = []  # under which readers found it

    # --- Records

    @transaction.atomic
    def take_from(self, record: Record) -> None:
        live = whole(type(record)).filter(pk=record.live.pk).first()
        if live is None:
            return
        self.addresses += _addresses(live).values()
        if self.is_kept(live):
            try:
                with transaction.atomic():
                    self._replace(live)
                self.done.append("replaced")
                return
            except (Inexact, ValidationError, IntegrityError):
                pass  # what cannot be mended does not stay
        self.remove(live)

    def _replace(self, live: Record) -> None:
        before = _addresses(live)
        changed = False
        for row in rows_of(live):
            if fields := self.replacing.row(row):
                row.save(update_fields=fields)
                changed = True
        if not changed:
            raise Inexact  # it stands where no word can be put in its place
        fresh: Any = whole(type(live)).get(pk=live.pk)
        for uuid, path in before.items():
            if path != _addresses(fresh).get(uuid):
                self.retire(path)
        fresh.version = F("version") + 1  # whoever has it open is told
        fresh.save(update_fields=["version"])
        fresh.refresh_from_db()
        followers.tell(whole(type(live)).get(pk=live.pk))
        log.record(Verb.TAKE_OUT, fresh, by=self.by)
        generation.bump()

    @transaction.atomic
    def remove(self, live: Record) -> None:
        """Delete a record and all that was kept of it; where readers found it, it says that it is gone."""
        uuids = [text.uuid for text in live.publications()]
        for path in _addresses(live).values():
            self.retire(path)
        for former in FormerAddress.objects.filter(target__in=uuids):
            self.retire(former.path)
            former.delete()
        ledger.add(Kind.RECORD, str(live.uuid))
        log.record(Verb.TAKE_OUT, live, by=self.by)
        for text in live.publications():
            text.status = Publication.Status.TRASHED
            text.save(update_fields=["status"])
        followers.tell(whole(type(live)).get(pk=live.pk))  # nothing of it is released any more
        rows = [row for row in (live, live.changes()) if row]
        Review.objects.filter(record__in=[row.uuid for row in rows]).delete()
        Presence.objects.filter(record=live.uuid).delete()
        sharing.revoke_all(live, by=self.by)
        reviewing.forget(live)
        keeping.forget(live)
        unsaved.forget(live)
        live.delete()
        generation.bump()
        self.done.append("removed")

    # --- Files

    @transaction.atomic
    def take_file(self, attachment: Attachment) -> None:
        """Delete a file with all that was drawn of it, wherever it is used."""
        held = Attachment.objects.select_for_update().filter(pk=attachment.pk).first()
        if held is None:
            return
        ledger.add(Kind.FILE, str(held.uuid))
        for folder in ledger.file_of(held.uuid):
            ledger.add(Kind.ADDRESS, folder)
        self.addresses.append(unquote(held.get_absolute_url()))
        records = [place.record for place in uses.places([held], Use, user=None)[held.pk]]
        self._take_figures(held)
        for relation in Attachment._meta.get_fields(include_hidden=True):
            if relation.one_to_many and relation.related_model not in (PageText, Rendition):
                self._let_go(relation, held)
        self.keys += [held.key, *held.renditions.values_list("key", flat=True)]
        followers.tell(held)
        log.item(Verb.TAKE_OUT, held.uuid, by=self.by)
        held.delete()
        for record in records:
            if isinstance(record, Record):
                followers.tell(whole(type(record)).get(pk=record.pk))
        generation.bump()
        self.done.append("file")

    def _take_figures(self, held: Attachment) -> None:
        for model in {model for model in ways() if rich_texts(model)}:
            for field in rich_texts(model):
                for row in model._base_manager.filter(**{f"{field}__contains": str(held.uuid)}):
                    setattr(row, field, without_figure(getattr(row, field), held.uuid))
                    row.save(update_fields=[field])

    @staticmethod
    def _let_go(relation: Any, held: Attachment) -> None:
        field = relation.field
        for row in relation.related_model._base_manager.filter(**{field.name: held}):
            if field.null:
                setattr(row, field.name, None)
                row.save(update_fields=[field.name])
            else:
                row.delete()

    # --- Addresses

    def retire(self, path: str) -> None:
        """Have an address say that it is gone, without keeping the address."""
        if ledger.add(Kind.ADDRESS, path):
            self.done.append("address")


def _addresses(live: Record) -> dict[Any, str]:
    """Of the texts of a record that readers know or knew."""
    return {
        text.uuid: unquote(text.get_absolute_url())
        for text in live.publications()
        if text.first_published_at
    }


def every_record() -> Iterator[tuple[Any, Any]]:
    """Kind and primary key of all records that readers may know."""
    every: list[Any] = list(kinds())
    for kind in every:
        for pk in list(kind._base_manager.filter(replaces=None).values_list("pk", flat=True)):
            yield kind, pk
