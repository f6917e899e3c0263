"""What is known of a text in review."""

from __future__ import annotations

from advocacy.publishing.models import Publication, Remark

Status = Publication.Status


def states(record) -> set[str]:
    return {text.status for text in type(record).objects.get(pk=record.pk).publications()}


def said(record) -> list[tuple]:
    rows = Remark.objects.filter(record=record.live.uuid)
    return [(row.kind, row.by.get_username(), row.text) for row in rows]
