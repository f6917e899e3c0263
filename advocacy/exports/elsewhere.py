"""What readers take along of a text: its line in a table, that of its documents, its day in the calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from datetime import datetime
from typing import Any

from advocacy.datasets import documents as of_documents
from advocacy.datasets import milestones as of_milestones
from advocacy.datasets.fields import Field, Told
from advocacy.datasets.terms import terms
from advocacy.datasets.texts import as_told
from advocacy.meetings.models import MeetingText
from advocacy.milestones.models import MilestoneText
from advocacy.news.models import Article
from advocacy.pages.models import StandingPage
from advocacy.publishing import showing
from advocacy.publishing.models import Publication

from .calendar import FOLD, feed
from .tables import as_csv, as_lines


def register() -> None:
    showing.register_elsewhere(MilestoneText, _in_table)
    showing.register_elsewhere(MeetingText, _in_calendar)
    for kind in (Article, MilestoneText, MeetingText, StandingPage):
        showing.register_elsewhere(kind, _documents)


def _in_table(text: MilestoneText, at: datetime) -> Iterator[str]:
    return _lines(of_milestones.FIELDS, [as_told(text, at)], text)


def _in_calendar(text: MeetingText, at: datetime) -> Iterator[str]:
    said = terms(text.language, at, text.get_absolute_url())
    made = feed("", [as_told(text, at)], said, language=text.language)
    yield made.decode().replace(FOLD, "")


def _documents(text: Any, at: datetime) -> Iterator[str]:
    shown = []
    for use in text.record.documents.all():
        document = copy(use.attachment)
        document.as_of, document.told_in = at, [text]
        shown.append(Told(document, document, at))
    return _lines(of_documents.FIELDS, shown, text) if shown else iter(())


def _lines(fields: Sequence[Field], rows: Sequence[Told], text: Publication) -> Iterator[str]:
    said = terms(text.language, rows[0].at, text.get_absolute_url())
    for write in (as_csv, as_lines):
        yield "".join(write(fields, [rows], said))
