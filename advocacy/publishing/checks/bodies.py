"""What is looked at in the body of every text: headings, length, symbols."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.un.reading import doubtful, nearest

from ..models import Language, Publication, Record
from ..richtext import plain, rich_texts
from . import Check, Finding, Severity
from .texts import finding

#: English: Brysbaert, "How many words do we read per minute?" (2019). Korean, in words between
#: spaces, which say more each: an estimate.
WORDS_A_MINUTE = {Language.EN: 238, Language.KO: 170}
MINUTES = 10
MOST_SYMBOLS = 10
_HEADING = re.compile(r"<h([2-4])\b[^>]*>(.*?)</h\1>", re.DOTALL)


class Body(NamedTuple):
    text: Publication
    field: str
    html: str


def bodies(record: Record) -> list[Body]:
    """Everything that is written in the texts that go public."""
    found = [
        Body(text, field, getattr(text, field))
        for text in record.ready_texts()
        for field in rich_texts(type(text))
    ]
    return [body for body in found if body.html]


def heading_order(record: Record) -> list[Finding] | None:
    """The title is above all of them; people who jump from heading to heading miss no level."""
    headed = [body for body in bodies(record) if "<h" in body.html]
    return [one for body in headed for one in _skipped(body)] if headed else None


def _skipped(body: Body) -> Iterator[Finding]:
    above = 1
    for level, words in _HEADING.findall(body.html):
        if int(level) > above + 1:
            said = _("“%s” is a subheading, but no heading stands above it.") % plain(words)
            yield finding(body.text, said, body.field)
        above = int(level)


def reading_length(record: Record) -> Iterator[Finding]:
    for text in record.ready_texts():
        written = [body for body in bodies(record) if body.text is text]
        words = sum(len(plain(body.html).split()) for body in written)
        minutes = math.ceil(words / WORDS_A_MINUTE[Language(text.language)])
        if minutes > MINUTES:
            said = ngettext(
                "It takes about %(n)s minute to read. Can it be shorter, or two texts?",
                "It takes about %(n)s minutes to read. Can it be shorter, or two texts?",
                minutes,
            )
            yield finding(text, said % {"n": minutes}, written[0].field)


def unknown_symbols(record: Record) -> list[Finding] | None:
    """Something that was meant to lead to a UN document, and does not."""
    written = [body for body in bodies(record) if "/" in body.html]
    found = [
        (body, symbol) for body in written for symbol in doubtful(plain(body.html))[:MOST_SYMBOLS]
    ]
    if not found and not any('class="sym"' in body.html for body in written):
        return None
    return [finding(body.text, _meant(symbol), body.field) for body, symbol in found]


def _meant(symbol: str) -> str:
    if meant := nearest(symbol):
        return _("“%(value)s” is not a UN document symbol. Did you mean %(meant)s?") % {
            "value": symbol,
            "meant": meant,
        }
    return _("“%s” looks like a UN document symbol, but is none that we know.") % symbol


CHECKS = [
    Check(heading_order, Severity.CONSIDER, gettext_lazy("Headings and subheadings are in order")),
    Check(reading_length, Severity.CONSIDER, gettext_lazy("It is not too long for one reading")),
    Check(unknown_symbols, Severity.CONSIDER, gettext_lazy("Every UN symbol leads to a document")),
]
