"""What is public and names somebody who must not be named, as case officers are shown it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.urls import reverse

from advocacy.publishing.models import Record

from . import searching
from .models import Exposed, Protected
from .scanning import Place, sentence


class Public(NamedTuple):
    title: str
    addresses: list[str]  # of its pages that readers can open now
    form: str  # where it is withdrawn
    sentences: list[str]
    people: list[Protected]


def public(at: datetime | None = None) -> list[Public]:
    """The longest known first."""
    found = sorted(searching.exposed(at), key=lambda met: met[0].found_at)
    return [_public(met, record, at) for met, record in found]


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
