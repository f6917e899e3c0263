"""The verbs of review and of the conversation about a text. Each is one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from .head import absolute
from .models import Publication, Record, Remark, Review
from .people import REVIEW, Person
from .post import Letter, send

Status = Publication.Status
Kind = Remark.Kind
Unsent = Callable[[str], object]


class NotReviewable(Exception):
    """There is nothing to review, no review to end, or whoever was asked may not be."""


@transaction.atomic
def ask(
    *,
    record: Record,
    by: Person,
    reviewer: Person,
    note: str = "",
    at: datetime | None = None,
    unsent: Unsent | None = None,
) -> Review:
    """Ask `reviewer` to look at a draft or a working copy; in review already, it is handed on.

    Readers notice nothing. Raises NotReviewable if that person may not be asked, and of what is
    public itself or in the trash.
    """
    record = _as_stored(record)
    is_written = record.is_working_copy or not record.is_known_to_readers()
    if record.live.trashed_at or not is_written or not reviewer.has_perm(REVIEW):
        raise NotReviewable
    at = at or timezone.now()
    review, _created = Review.objects.update_or_create(
        record=record.uuid,
        defaults={"reviewer": reviewer, "asked_at": at},
        create_defaults={"reviewer": reviewer, "asked_at": at, "asked_by": by},
    )
    _mark(record, Status.DRAFT, Status.IN_REVIEW)
    _remark(record, kind=Kind.ASKED, by=by, to=reviewer, text=note, at=at)
    _tell(Letter.ASKED, record, to=reviewer, by=by, unsent=unsent)
    return review


@transaction.atomic
def send_back(
    *,
    record: Record,
    by: Person,
    note: str,
    at: datetime | None = None,
    unsent: Unsent | None = None,
) -> None:
    """Give a text back to whoever asked, as a draft, with what is to be done. Raises NotReviewable."""
    review = _end(record)
    _remark(record, kind=Kind.SENT_BACK, by=by, to=review.asked_by, text=note, at=at)
    if review.asked_by_id != by.pk:
        _tell(Letter.SENT_BACK, record, to=review.asked_by, by=by, unsent=unsent)


@transaction.atomic
def take_back(*, record: Record, by: Person, at: datetime | None = None) -> None:
    """End a review nobody has answered, to go on writing. Raises NotReviewable."""
    _end(record)
    _remark(record, kind=Kind.TAKEN_BACK, by=by, at=at)


def comment(*, record: Record, by: Person, text: str, at: datetime | None = None) -> None:
    """Say something about a text, to all whose text it is."""
    _remark(record, kind=Kind.COMMENT, by=by, text=text, at=at)


def close(record: Record, *, published_by: Person = None) -> None:
    """End the review of a record, if there is one: it is published, dropped or in the trash."""
    try:
        review = _end(record)
    except NotReviewable:
        return
    if published_by and review.asked_by_id != published_by.pk:
        _tell(Letter.PUBLISHED, record.live, to=review.asked_by, by=published_by)


def forget(record: Record) -> None:
    """Take away what was said about a record that is removed for good."""
    Remark.objects.filter(record=record.uuid).delete()


def _end(record: Record) -> Review:
    review = Review.objects.select_for_update().filter(record=record.uuid).first()
    if review is None:
        raise NotReviewable
    review.delete()
    _mark(_as_stored(record), Status.IN_REVIEW, Status.DRAFT)
    return review


def _as_stored(record: Record) -> Record:
    return type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)


def _mark(record: Record, before: Status, after: Status) -> None:
    for text in record.publications():
        if text.status == before:
            text.status = after
            text.save(update_fields=["status"])


def _remark(
    record: Record,
    *,
    kind: Kind,
    by: Person,
    to: Person = None,
    text: str = "",
    at: datetime | None = None,
) -> None:
    Remark.objects.create(
        record=record.live.uuid, kind=kind, by=by, to=to, text=text.strip(), at=at or timezone.now()
    )


def _tell(
    letter: Letter, record: Record, *, to: Person, by: Person, unsent: Unsent | None = None
) -> None:
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_change"
    link = absolute(reverse(name, args=[record.pk]))
    send(letter, to=to, by=by, link=link, unsent=unsent)
