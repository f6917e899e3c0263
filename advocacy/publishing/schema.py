"""What a text tells machines of the thing that happened, as schema.org data."""

from __future__ import annotations

from typing import Any

from advocacy.dates.edtf import Date
from advocacy.dates.schema import event_dates

from .head import absolute
from .models import FactText


def event(text: FactText, when: Date) -> dict[str, Any]:
    """An Event of which only what is known is said: no day where a month is known."""
    address = absolute(text.get_absolute_url())
    node: dict[str, Any] = {
        "@type": "Event",
        "@id": f"{address}#event",
        "url": address,
        "name": text.title,
        "inLanguage": text.language,
        **event_dates(when),
    }
    if text.summary:
        node["description"] = text.summary
    return node
