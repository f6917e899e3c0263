"""A milestone as schema.org data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from advocacy.publishing import schema
from advocacy.publishing.head import absolute
from advocacy.un.bodies import BODIES
from advocacy.un.symbols import parse

from .models import Milestone, MilestoneText


def event(milestone: Milestone, text: MilestoneText, symbols: Sequence[str]) -> dict[str, Any]:
    """With who acted and the documents it left behind; of no place is anything known."""
    node = schema.event(text, milestone.date)
    if milestone.own_step:
        node["organizer"] = {"@id": absolute("/#organisation")}
    elif body := BODIES.get(milestone.body):
        node["organizer"] = {"@type": "Organization", "name": body.name(text.language)}
    documents = [parsed for symbol in symbols if (parsed := parse(symbol))]
    if documents:
        node["subjectOf"] = [
            {
                "@type": "CreativeWork",
                "identifier": str(symbol),
                "url": symbol.url(text.language),
            }
            for symbol in documents
        ]
    return node
