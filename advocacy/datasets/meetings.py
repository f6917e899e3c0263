"""Meetings as data: a row for each, told in one language or else in the other.

Who took part is left to the page: a list of names made for machines could not be taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from advocacy.meetings.models import Meeting
from advocacy.publishing import lists

from . import texts
from .fields import TEXT, Field, Told


def rows(at: datetime) -> Any:
    """Those that are public, with `as_of` and all that their fields ask for."""
    found = texts.with_last_change(Meeting.objects.published(at), at)
    return texts.with_documents(found.with_texts(at))


def tell(found: Iterable[Meeting], language: str, at: datetime) -> Iterator[Told]:
    for meeting, text in lists.told(found, language):
        yield Told(meeting, text, at)


FIELDS = [
    texts.identifier(_("Identifier of the meeting, the same in both languages.")),
    texts.ADDRESS,
    *texts.WHEN,
    Field(
        "place",
        TEXT,
        _("Where it happened."),
        lambda one: one.record.place(one.text.language),
    ),
    *texts.WORDS,
    *texts.MOMENTS,
    texts.OF_A_FACT,
    texts.TRANSLATIONS,
    texts.DOCUMENTS,
    texts.CORRECTIONS,
    *texts.BODY,
]
