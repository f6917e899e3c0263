"""What case officers are told at the desk: consents that end, and those that wait for approval."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from . import unread
from .models import Alert, Consent
from .public import public

#: After it an end is no news any more.
TOLD_FOR = timedelta(days=30)


class Notice(NamedTuple):
    sentence: str
    person: int


def notices(at: datetime | None = None) -> list[Notice]:
    return list(_notices(at or timezone.now()))


def waiting(at: datetime | None = None) -> int:
    """How much needs a case officer."""
    met = len(public(at)) + len(unread.shown_unanswered())
    return len(notices(at)) + met + Alert.objects.filter(seen_by=None).count()


def _notices(at: datetime) -> Iterator[Notice]:
    for consent in Consent.objects.filter(ended_at=None).select_related("person"):
        said: dict[str, Any] = {"consent": consent, "person": consent.person}
        ends = consent.ends_at
        if consent.approved_at is None and at < ends:
            yield Notice(
                _("%(consent)s of %(person)s waits for approval.") % said, consent.person_id
            )
        elif consent.approved_at and at - TOLD_FOR < ends <= at + Consent.NOTICE:
            said["day"] = date_format(consent.until, "DATE_FORMAT")
            sentence = (
                _("%(consent)s of %(person)s ends on %(day)s, and with it what is public by it.")
                if at < ends
                else _(
                    "%(consent)s of %(person)s ended on %(day)s, and with it what was public by it."
                )
            )
            yield Notice(sentence % said, consent.person_id)
