"""What is looked at in a text that was made from another."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import translating
from ..models import Record
from . import Check, Finding, Severity
from .texts import finding


def behind_its_original(record: Record) -> list[Finding] | None:
    """Of what is translated from a version that is known."""
    known, found = False, []
    for pair in translating.pairs(record, record.opened_by):
        since = pair.text and translating.since(pair.text, pair.original)
        known = known or bool(since)
        if since and since.differences:
            opts = record._meta
            name = f"admin:{opts.app_label}_{opts.model_name}_side_by_side"
            url = reverse(name, args=[record.pk, pair.language])
            said = _("The original has changed since this was translated.")
            found.append(finding(pair.text, said, "title", url=url))
    return found if known else None


CHECKS = [
    Check(
        behind_its_original,
        Severity.CONSIDER,
        gettext_lazy("The translation follows its original"),
    )
]
