"""Publishing many drafts at once, as an import does: one transaction, one new generation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import bounds, checks, followers, log
from .generation import bump
from .models import LogEntry, Publication, Translatable
from .people import Person
from .whole import whole


@transaction.atomic
def publish_drafts(
    *, records: Sequence[Translatable], by: Person | None = None, at: datetime | None = None
) -> dict[int, list[str]]:
    """Show readers drafts of one kind that nobody has known yet, each from its own time on.

    What the checks say of some keeps these as they are: answered by primary key, as sentences. What
    an editor knows of each is kept when it is first edited (revisions.keeping). `by` is for the log: the
    checks look on behalf of the site, as nobody has written thousands of texts in an hour.
    """
    if not records:
        return {}
    at = at or timezone.now()
    kind: Any = type(records[0])
    refused: dict[int, list[str]] = {}
    shown: list[Any] = []
    drafts = whole(kind).filter(
        pk__in=[record.pk for record in records], status=Publication.Status.DRAFT, working=False
    )
    for draft in drafts.order_by("pk"):
        draft.brought_by = by
        found = checks.look(draft, checks.Severity.MUST_FIX).must_fix
        problems = list(dict.fromkeys(finding.sentence for finding in found))
        problems = problems or _show(draft, at)
        if problems:
            refused[draft.pk] = problems
            continue
        shown.append(draft)
    if shown:
        log.texts(LogEntry.Verb.PUBLISH, [(text, text.language) for text in shown], by=by)
        followers.tell(*shown)
        bump(at)
    return refused


def _show(draft: Any, at: datetime) -> list[str]:
    draft.published_at = draft.first_published_at = draft.published_at or at
    draft.appeared_at = max(at, draft.published_at)
    end = bounds.end_of(draft, draft)
    draft.unpublish_at = min(filter(None, [draft.unpublish_at, end]), default=None)
    if draft.unpublish_at and draft.unpublish_at <= draft.published_at:
        return [_("The end of publication must come after its beginning.")]
    try:
        draft.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        return error.messages
    draft.status = Publication.Status.PUBLISHED
    moments = ["published_at", "first_published_at", "appeared_at", "unpublish_at"]
    draft.save(update_fields=["status", "slug", *moments])
    return []


@transaction.atomic
def set_right(*, records: Sequence[Translatable], field: str, at: datetime | None = None) -> None:
    """Write a field that a machine has put right in texts nobody has edited: links that moved.

    It is no new version of them, and no date of theirs changes.
    """
    for record in records:
        record.save(update_fields=[field])
    if records:
        followers.tell(*records)
        bump(at)
