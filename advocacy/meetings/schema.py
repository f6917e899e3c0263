"""A meeting as schema.org data."""

from __future__ import annotations

from typing import Any

from advocacy.publishing import schema

from .models import Meeting, MeetingText


def event(meeting: Meeting, text: MeetingText) -> dict[str, Any]:
    """Who took part is left to the page: a list of names made for machines could not be taken back."""
    node = schema.event(text, meeting.date)
    if place := meeting.place(text.language):
        node["location"] = {"@type": "Place", "name": place}
    return node
