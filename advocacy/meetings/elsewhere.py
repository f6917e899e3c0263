"""What readers get of a meeting beside its page: its line in lists, its card, its citations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import override

from advocacy.publishing import citing
from advocacy.publishing.models import Language
from advocacy.publishing.showing import piece

from .models import MeetingText
from .related import card, row
from .views import work_of


def tell(text: MeetingText, at: datetime) -> Iterator[str]:
    for language in Language.values:  # a place is named in that of the page
        with override(language):
            yield piece("_partials/_row.html", row=row(text.fact, text, language))
            yield piece("_partials/_rec.html", rec=card(text.fact, text, language))
    yield from citing.files(work_of(text, text.fact.documents.all()))
