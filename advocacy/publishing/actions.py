"""The verbs of publishing. Each is one transaction; each that readers can notice starts a new generation.

`by` is whose deed it is, for the log; None is the site itself.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from . import bounds, checks, followers, log, reviewing, sharing, unsaved
from .carrying import carry_fields, carry_relations, told_anew, waits
from .generation import bump
from .models import (
    Correction,
    FactText,
    FormerAddress,
    HistoryEntry,
    LogEntry,
    Publication,
    Record,
    Translatable,
)
from .people import Person
from .revisions import keeping
from .richtext import RichTextField

R = TypeVar("R", bound=Record)
Verb = LogEntry.Verb


class NotPublishable(Exception):
    """Publishing was refused; `problems` are sentences for the editor."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@transaction.atomic
def open_working_copy(*, record: R, by: Person | None = None) -> R:
    """The working copy of a live record, made now if there is none."""
    live = _lock(record)
    if existing := _rows(live).filter(replaces=live).first():
        return existing
    copy: Any = type(live)(replaces=live, created_by=by)
    if isinstance(copy, Publication):
        copy.working = True
    if hasattr(live, "translation_group"):
        copy.translation_group = live.translation_group
    carry_fields(live, copy)
    copy.save()
    carry_relations(live, copy)
    return copy


@transaction.atomic
def discard_working_copy(*, record: Record) -> None:
    """Drop the changes that wait; readers notice nothing."""
    if record.is_working_copy:
        reviewing.close(record)
        record.delete()


@transaction.atomic
def start_translation(
    *, record: Translatable, language: str, by: Person | None = None
) -> Translatable:
    """A draft in the other language, with the title, the documents and nothing written yet."""
    group = record.translation_group
    draft: Any = type(record)(language=language, translation_group=group, created_by=by)
    carry_fields(record, draft)
    draft.language, draft.slug, draft.summary = language, "", ""
    draft.published_at = draft.unpublish_at = draft.translated_from = None
    for field in record._meta.concrete_fields:
        if isinstance(field, RichTextField):
            setattr(draft, field.attname, "")
    draft.save()
    carry_relations(record, draft)
    for part in (getattr(draft, accessor) for accessor in draft.parts):
        if issubclass(part.model, Correction):  # of words that are still to be written
            part.all().delete()
    return draft


@transaction.atomic
def publish(
    *,
    record: R,
    by: Person | None = None,
    at: datetime | None = None,
    among_many: bool = False,
) -> R:
    """Show readers `record` as it stands and return the live row.

    A working copy is moved over the record it replaces; uuid, former addresses and hits stay. Of
    a fact, only texts marked ready go public; while one is held back, its working copy stays.
    `among_many`, as an import publishes: the checks look on behalf of the site (many.publish_drafts).
    Raises NotPublishable, and then has changed nothing.
    """
    at = at or timezone.now()
    live = _lock(record)
    record = _rows(record).get(pk=record.pk)  # as saved: what is at hand may be older
    record.opened_by, record.brought_by = (None, by) if among_many else (by, None)
    if live.trashed_at:
        raise NotPublishable([_("It is in the trash. Bring it back first.")])
    ready = {text.language for text in record.ready_texts()}
    if problems := checks.problems(record):
        raise NotPublishable(problems)
    ends = {text.language: bounds.end_of(record, text) for text in record.ready_texts()}
    reviewing.close(record, published_by=by)
    known = [text for text in live.publications() if _is_known(text, at)]
    addresses = {text.uuid: _path(text) for text in known}
    changed = ready
    if record.is_working_copy:
        changed = told_anew(record)
        carry_fields(record, live)
        live.save()
        carry_relations(record, live, languages=ready)
        if not any(waits(text) for text in record.publications() if text.language not in ready):
            record.delete()
    live = _rows(live).get(pk=live.pk)
    for text in live.publications():
        if text.language in ready:
            end = ends[text.language]
            _show(text, at, until=end, is_changed=text.language in changed)
            log.text(Verb.PUBLISH, live, text.language, by=by)
            _keep_former_address(text, addresses.get(text.uuid))
    live = _rows(live).get(pk=live.pk)
    live.version = F("version") + 1
    live.save(update_fields=["version"])
    live.refresh_from_db()
    keeping.keep(live, by=by, verb=HistoryEntry.Verb.PUBLISHED, at=at)
    followers.tell(live)
    bump(at)
    return live


@transaction.atomic
def withdraw(
    *,
    publication: Publication,
    by: Person | None = None,
    at: datetime | None = None,
) -> None:
    """Take one text away from readers; its address then says that it is gone (410).

    Publishing another language of the same fact does not bring it back.
    """
    publication.status = Publication.Status.WITHDRAWN
    publication.save(update_fields=["status"])
    if isinstance(publication, FactText):
        _hold_back(publication)
    sharing.revoke_all(publication.record, by=by, at=at)
    log.text(Verb.WITHDRAW, publication.record, publication.language, by=by)
    followers.tell(publication.record)
    bump(at)


@transaction.atomic
def trash(*, record: Record, by: Person | None = None, at: datetime | None = None) -> None:
    """Put a record aside, all its texts with it. The changes that wait for it wait on, unseen."""
    live = _lock(record)
    for row in filter(None, [live, live.changes()]):
        reviewing.close(row)
    live = _rows(live).get(pk=live.pk)
    for text in live.publications():
        text.status = Publication.Status.TRASHED
        text.save(update_fields=["status"])
    live.trashed_at = at or timezone.now()
    live.save(update_fields=["trashed_at"])
    sharing.revoke_all(live, by=by, at=at)
    log.record(Verb.TRASH, live, by=by)
    followers.tell(live)
    bump(at)


@transaction.atomic
def restore(*, record: Record, by: Person | None = None) -> None:
    """Bring a record back from the trash: as a draft, or withdrawn where readers once knew it."""
    live = _lock(record)
    for text in live.publications():
        if text.status == Publication.Status.TRASHED:
            known = text.first_published_at is not None
            text.status = Publication.Status.WITHDRAWN if known else Publication.Status.DRAFT
            text.save(update_fields=["status"])
    live.trashed_at = None
    live.save(update_fields=["trashed_at"])
    log.record(Verb.RESTORE, live, by=by)


@transaction.atomic
def remove(*, record: Record, by: Person | None = None, at: datetime | None = None) -> None:
    """Delete for good what is in the trash. Where readers once found it, it says that it is gone."""
    live = _lock(record)
    if live.trashed_at is None:
        raise ValueError("Only what is in the trash is removed for good.")
    for text in live.publications():
        if _is_known(text, at or timezone.now()):
            # An address whose text is nowhere published any more: 410, as long as nobody reuses it.
            FormerAddress.objects.update_or_create(path=_path(text), defaults={"target": text.uuid})
    log.record(Verb.REMOVE, live, by=by)
    reviewing.forget(live)
    keeping.forget(live)
    unsaved.forget(live)
    live.delete()


def _rows(record: Record) -> Any:
    return type(record).objects


def _lock(record: R) -> R:
    return _rows(record).select_for_update(of=("self",)).get(pk=record.live.pk)


def _show(text: Publication, at: datetime, *, until: datetime | None, is_changed: bool) -> None:
    """Make one live text public from its time on, `until` then at the latest, and date what it says
    anew.
    """
    was_public = text.is_public(at)
    text.status = Publication.Status.PUBLISHED
    text.published_at = text.published_at or at
    text.unpublish_at = min(filter(None, [text.unpublish_at, until]), default=None)
    if text.first_published_at is None or text.first_published_at > at:
        text.first_published_at = text.published_at
    if not was_public:
        text.appeared_at = max(at, text.published_at)
    elif is_changed:
        text.changed_at = at
    try:
        text.full_clean(exclude=["slug"] if not text.slug else None)
    except ValidationError as error:
        raise NotPublishable(error.messages) from error
    text.save()


def _is_known(text: Publication, at: datetime) -> bool:
    """Whether readers have ever had it: not before the moment of an embargo."""
    return text.first_published_at is not None and text.first_published_at <= at


def _path(text: Publication) -> str:
    return unquote(text.get_absolute_url())


def _hold_back(text: FactText) -> None:
    """Leave this language out of what is published next, also of the changes that wait already."""
    told = {text.fact, text.fact.changes()} - {None}
    for one in type(text).objects.filter(fact__in=told, language=text.language):
        one.ready = False
        one.save(update_fields=["ready"])


def _keep_former_address(text: Publication, former: str | None) -> None:
    now = _path(text)
    FormerAddress.objects.filter(path=now).delete()
    if former and former != now:
        FormerAddress.objects.update_or_create(path=former, defaults={"target": text.uuid})
