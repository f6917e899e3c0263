"""What is public and names somebody who must not be named, as case officers are shown it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.publishing.models import Record, ShownAtOnce

from . import at_once, searching
from .models import Exposed, Protected
from .places import Place, sentence


class Public(NamedTuple):
    title: str
    addresses: list[str]  # of its pages that readers can open now
    form: str  # where it is withdrawn; of a page "", as it has none
    sentences: list[str]
    people: list[Protected]
    is_shown_at_once: bool = False  # and by no publishing: it is mended, not withdrawn


def public(at: datetime | None = None) -> list[Public]:
    """The longest known first."""
    found = [(met, _public(met, record, at)) for met, record in searching.exposed(at)]
    found += [(met, _at_once(met, row)) for met, row in searching.exposed_at_once()]
    found += [(met, _page(met)) for met in searching.exposed_pages()]
    return [told for met, told in sorted(found, key=lambda one: one[0].found_at)]


def _public(met: Exposed, record: Record, at: datetime | None) -> Public:
    texts = record.publications()
    out = [text for text in texts if text.status == text.Status.PUBLISHED]
    opts = record._meta
    return Public(
        title=" · ".join(dict.fromkeys(text.title for text in out)),
        addresses=[text.get_absolute_url() for text in out if text.is_public(at)],
        form=reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk]),
        sentences=[sentence(record, Place(*place)) for place in met.places],
        people=list(Protected.objects.filter(pk__in=met.people)),
    )


def _page(met: Exposed) -> Public:
    path = met.path
    return Public(
        title=_("The page %s") % path,
        addresses=[path],
        form="",
        sentences=[
            _("A protected name on a page that belongs to no text. Look where it comes from.")
        ],
        people=list(Protected.objects.filter(pk__in=met.people)),
    )


def _at_once(met: Exposed, row: ShownAtOnce) -> Public:
    opts = row._meta
    return Public(
        title=f"{opts.verbose_name}: {row}",
        addresses=[],
        form=reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[row.pk]),
        sentences=at_once.sentences(row, met.places),
        people=list(Protected.objects.filter(pk__in=met.people)),
        is_shown_at_once=True,
    )
