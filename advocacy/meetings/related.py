"""Meetings as lines of a list, and as cards on the pages of what they led to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from advocacy.dates.templatetags.dates import partial_date
from advocacy.publishing.lists import Rec, Row, told

from .models import Meeting, MeetingText
from .queryset import MeetingQuerySet


def cards(meetings: MeetingQuerySet, language: str, at: datetime | None = None) -> list[Rec]:
    """One card a public meeting, oldest first, in `language` where it is told in it. Two queries."""
    found = told(meetings.published(at).with_texts(at).in_order(), language)
    return [card(meeting, text, language) for meeting, text in found]


def card(meeting: Meeting, text: MeetingText, language: str) -> Rec:
    return Rec(
        kind=_("Meeting"),
        when=partial_date(meeting.date),
        path=text.get_absolute_url(),
        title=text.title,
        language=text.language,
        place=meeting.place(language),
    )


def rows(meetings: Iterable[Meeting], language: str) -> list[Row]:
    """One line a meeting, from `with_texts()`, in `language` where it is told in it."""
    return [row(meeting, text, language) for meeting, text in told(meetings, language)]


def row(meeting: Meeting, text: MeetingText, language: str) -> Row:
    return Row(
        when=partial_date(meeting.date),
        path=text.get_absolute_url(),
        title=text.title,
        language=text.language,
        summary=text.summary,
        place=meeting.place(language),
    )
