"""People in the register and what they agreed to, in a line."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from advocacy.protection.models import Consent, Protected

FIRST, SECOND = 901, 902  # primary keys of case officers; the register knows no more of them


def protect(*names: str, identifiers: tuple[str, ...] = ()) -> Protected:
    facts = {
        "names": [{"key": f"{name} key", "text": name} for name in names or ("신동혁",)],
        "identifiers": list(identifiers),
        "instead": "a survivor",
        "risk": "two sisters",
        "contact": "by the office in Seoul",
    }
    return Protected.objects.create(facts=facts, entered_by=FIRST)


def agree(
    person: Protected,
    *,
    until: date | None = None,
    approved: bool = True,
    approved_by: int | None = SECOND,
    **terms: Any,
) -> Consent:
    said = {
        "scopes": ["name"],
        "names": [name["key"] for name in person.names],
        "languages": ["en", "ko"],
        "records": [],
        "until": (until or timezone.localdate() + timedelta(days=90)).isoformat(),
        "taken_by": "somebody",
        "note": "",
    }
    consent = Consent(person=person, terms=said | terms, recorded_by=FIRST)
    if approved:
        consent.approved_by, consent.approved_at = approved_by, timezone.now()
    consent.save()
    return consent
