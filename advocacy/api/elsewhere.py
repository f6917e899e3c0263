"""What programs get of a text: its record in a list or by itself, with all fields there are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from advocacy.datasets import articles, meetings, milestones
from advocacy.datasets.fields import Field, told
from advocacy.datasets.texts import as_told
from advocacy.meetings.models import MeetingText
from advocacy.milestones.models import MilestoneText
from advocacy.news.models import Article
from advocacy.publishing import showing
from advocacy.publishing.models import Publication


def register() -> None:
    for kind, fields in (
        (Article, articles.FIELDS),
        (MilestoneText, milestones.FIELDS),
        (MeetingText, meetings.FIELDS),
    ):
        showing.register_elsewhere(kind, _teller(fields))


def _teller(fields: Sequence[Field]) -> Callable[[Publication, datetime], Iterator[str]]:
    def tell(text: Publication, at: datetime) -> Iterator[str]:
        yield json.dumps(told(as_told(text, at), fields), ensure_ascii=False)

    return tell
