"""The words for sets of meetings."""

from __future__ import annotations

from advocacy.publishing.queryset import FactQuerySet


class MeetingQuerySet(FactQuerySet):
    def in_order(self):
        """By the first day of the time known, then by the last: oldest first."""
        return self.order_by("date_earliest", "date_latest", "pk")
