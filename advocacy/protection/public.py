"""What is public and names somebody who must not be named, as case officers are shown it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.publishing.models import Language, Publication, Record, ShownAtOnce

from . import at_once, searching
from .models import Exposed, Protected
from .places import Place, sentence


class Public(NamedTuple):
    title: str
    sentences: list[str]
    people: list[Protected]
    addresses: list[tuple[str, str]]  # what each is called, and where readers can open it now
    why_none: str = ""  # said where there are none
    form: str = ""  # where it is mended or withdrawn; a page has none
    link: str = ""  # what the form is called


def public(at: datetime | None = None) -> list[Public]:
    """The longest known first."""
    found = [(met, _public(met, record, at)) for met, record in searching.exposed(at)]
    found += [(met, _held_back(met, record)) for met, record in searching.held_back()]
    found += [(met, _at_once(met, row)) for met, row in searching.exposed_at_once()]
    found += [(met, _page(met)) for met in searching.exposed_pages()]
    return [told for met, told in sorted(found, key=lambda one: one[0].found_at)]


def _public(met: Exposed, record: Record, at: datetime | None) -> Public:
    out = [text for text in record.publications() if text.status == text.Status.PUBLISHED]
    return Public(
        title=_titles(out),
        sentences=_sentences(record, met),
        people=_people(met),
        addresses=[
            (text.get_language_display(), text.get_absolute_url())
            for text in out
            if text.is_public(at)
        ],
        why_none=_("Readers cannot open it yet; it appears by itself."),
        form=_form(record),
        link=_("Its form, where it is withdrawn"),
    )


def _held_back(met: Exposed, record: Record) -> Public:
    return Public(
        title=_titles(record.publications()),
        sentences=_sentences(record, met),
        people=_people(met),
        addresses=[],
        why_none=_("It was to appear by itself, and was withdrawn before it did."),
        form=_form(record),
        link=_("Its form, where it is mended"),
    )


def _page(met: Exposed) -> Public:
    return Public(
        title=_("The page %s") % met.path,
        sentences=[
            _("A protected name on a page that belongs to no text. Look where it comes from.")
        ],
        people=_people(met),
        addresses=[(met.path, met.path)],
    )


def _at_once(met: Exposed, row: ShownAtOnce) -> Public:
    return Public(
        title=f"{row._meta.verbose_name}: {row}",
        sentences=at_once.sentences(row, met.places),
        people=_people(met),
        addresses=[],
        form=_form(row),
        link=_("Its form, where it is mended"),
    )


def _sentences(record: Record, met: Exposed) -> list[str]:
    """Of a fact each with its language, since its texts have the same fields."""
    places = [Place(*place) for place in met.places]
    if isinstance(record, Publication):
        return [sentence(record, place) for place in places]
    return [
        f"{Language(place.language).label}: {sentence(record, place)}"
        if place.language
        else sentence(record, place)
        for place in places
    ]


def _titles(texts: Iterable[Publication]) -> str:
    return " · ".join(dict.fromkeys(text.title for text in texts))


def _people(met: Exposed) -> list[Protected]:
    return list(Protected.objects.filter(pk__in=met.people))


def _form(row: Model) -> str:
    opts = row._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[row.pk])
