"""What readers get of a milestone beside its page: its line in the timeline, its card, its citations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from advocacy.dates.templatetags.dates import partial_date
from advocacy.publishing import citing
from advocacy.publishing.lists import Rec
from advocacy.publishing.showing import piece

from .models import Milestone, MilestoneText
from .timeline import Entry
from .views import work_of
from .votes import votes


def card(milestone: Milestone, text: MilestoneText) -> Rec:
    """With the first document it left behind."""
    return Rec(
        kind=_("Milestone"),
        when=partial_date(milestone.date),
        path=text.get_absolute_url(),
        title=text.title,
        language=text.language,
        symbol=next((str(use.symbol) for use in milestone.symbols.all()), ""),
    )


def tell(text: MilestoneText, at: datetime) -> Iterator[str]:
    entry = Entry(text.fact, text)
    yield piece("milestones/_entry.html", entry=entry)
    yield piece("milestones/_votes.html", votes=votes([entry]))
    yield piece("_partials/_rec.html", rec=card(text.fact, text))
    yield from citing.files(work_of(text, text.fact.documents.all()))
