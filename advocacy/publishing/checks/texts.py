"""What is looked at in the texts of every record: title, address, languages, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from difflib import SequenceMatcher
from itertools import islice
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.dates.edtf import Date
from advocacy.dates.fields import EDTFField

from ..models import Language, Publication, Record
from . import Check, Finding, Severity

#: From there on two titles are taken for one that was typed twice.
ALIKE = 0.85
#: A text is taken for the same piece only if it appears this near to it.
NEAR = timedelta(days=45)
MOST_TITLES = 200
MOST_NAMED = 3


def finding(text: Publication, sentence: str, field: str, *, url: str = "") -> Finding:
    """In a text; of a record that is its text itself, the language need not be said."""
    return Finding(sentence, field, "" if isinstance(text, Record) else text.language, url)


def nothing_ready(record: Record) -> list[Finding]:
    return [] if record.ready_texts() else [Finding(_("No text is ready for readers."), "texts")]


def untitled(record: Record) -> list[Finding]:
    bare = [text for text in record.ready_texts() if not text.title.strip()]
    return [finding(text, _("The title is missing."), "title") for text in bare]


def address_taken(record: Record) -> list[Finding] | None:
    """Of a working copy; of all else the database keeps addresses apart."""
    if not record.is_working_copy:
        return None
    said = _("Another text in this language has the address “%s”. Change its last part.")
    return [
        finding(text, said % text.slug, "slug") for text in record.ready_texts() if _is_taken(text)
    ]


def _is_taken(text: Any) -> bool:
    others = type(text).objects.filter(language=text.language, slug=text.slug, working=False)
    return bool(text.slug) and others.exclude(pk=text.standing.pk).exists()


def untranslated(record: Record) -> list[Finding]:
    said = _("There is no text in %s yet.")
    field = "" if isinstance(record, Publication) else "texts"
    names = (Language(code).label for code in record.missing_languages())
    return [Finding(said % name, field) for name in names]


def dated_after_publication(record: Record) -> list[Finding] | None:
    """What happened can be told afterwards only; an announcement is the exception."""
    dated = [(field, getattr(record, field.name)) for field in _date_fields(record)]
    dates = [(field, date) for field, date in dated if isinstance(date, Date)]
    if not dates:
        return None
    shown = [text.published_at for text in record.ready_texts() if text.published_at]
    day = timezone.localdate(min(shown, default=timezone.now()))
    said = _("The date (%s) lies after the day of publication.")
    return [
        Finding(said % date.format(), field.name) for field, date in dates if date.earliest > day
    ]


def _date_fields(record: Record) -> list[EDTFField]:
    return [field for field in record._meta.fields if isinstance(field, EDTFField)]


def similar_title(record: Record) -> Iterator[Finding]:
    """Perhaps this is there already, or a correction of it is meant."""
    for text in record.ready_texts():
        alike = (one for one in _candidates(record, text) if _is_alike(text.title, one.title))
        for other in islice((one for one in alike if _may_be_one(record, one.record)), MOST_NAMED):
            opts = other.record._meta
            change = reverse(
                f"admin:{opts.app_label}_{opts.model_name}_change", args=[other.record.pk]
            )
            said = _(
                "There is a similar title: “%s”. Is this a new text, or a correction of that one?"
            )
            yield finding(text, said % other.title, "title", url=change)


def _candidates(record: Record, text: Any) -> list[Any]:
    """Of the same language: those whose address says the same, those of the days around, and drafts.

    At most 405, each found by an index; of others' texts, those that may be opened.
    """
    texts = type(text).objects.filter(language=text.language, working=False)
    opened_by = record.opened_by
    texts = texts.open_to(opened_by) if opened_by else texts.published()
    stem = slugify(text.title, allow_unicode=True)[:180]
    same = texts.filter(slug__in=[stem, *(f"{stem}-{number}" for number in range(2, 6))])
    day = text.published_at or timezone.now()
    published = Publication.Status.PUBLISHED
    near = texts.filter(status=published, published_at__range=(day - NEAR, day + NEAR))
    begun = texts.filter(status__in=[Publication.Status.DRAFT, Publication.Status.IN_REVIEW])
    found = [
        *_titles(same.order_by()),  # five at most: sorted, they would be looked for among all
        *_titles(near.order_by("-published_at"))[:MOST_TITLES],
        *_titles(begun.order_by("-published_at", "-pk"))[:MOST_TITLES],
    ]
    own = {one.pk for one in (text, text.standing)}
    return list({other.pk: other for other in found if other.pk not in own}.values())


def _titles(texts: Any) -> Any:
    owner = [] if issubclass(texts.model, Record) else ["fact"]
    return texts.only("pk", "title", *owner)


def _may_be_one(record: Record, other: Record) -> bool:
    """Not if each is said to have happened, and not at the same time."""
    for field in _date_fields(record):
        dates = getattr(record, field.name), getattr(other, field.name)
        if all(isinstance(date, Date) for date in dates):
            return dates[0].overlaps(dates[1].earliest, dates[1].latest)
    return True


def _is_alike(one: str, other: str) -> bool:
    """Titles that say the same but for a slip; with another number they say something else."""
    first, second = (" ".join(title.casefold().split()) for title in (one, other))
    if re.findall(r"\d+", first) != re.findall(r"\d+", second):
        return False
    matcher = SequenceMatcher(None, first, second)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


CHECKS = [
    Check(nothing_ready, Severity.MUST_FIX, gettext_lazy("A text is ready for readers")),
    Check(untitled, Severity.MUST_FIX, gettext_lazy("The text has a title")),
    Check(address_taken, Severity.MUST_FIX, gettext_lazy("The address is its own")),
    Check(untranslated, Severity.CONSIDER, gettext_lazy("There is a text in both languages")),
    Check(similar_title, Severity.CONSIDER, gettext_lazy("No other text has a title like this")),
    Check(
        dated_after_publication,
        Severity.CONSIDER,
        gettext_lazy("It happened before it was published"),
    ),
]
