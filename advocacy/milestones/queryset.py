"""The words for sets of milestones."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Prefetch

from advocacy.publishing.queryset import FactQuerySet


class MilestoneQuerySet(FactQuerySet):
    def in_order(self):
        """By the first day of the time known, then by the last: oldest first."""
        return self.order_by("date_earliest", "date_latest", "pk")

    def for_timeline(self, at: datetime | None = None):
        """All that a timeline tells of each, whatever their number, in three queries."""
        texts = self._texts().published(at).defer("body")
        return (
            self.published(at)
            .in_order()
            .prefetch_related(Prefetch("texts", texts, to_attr="public_texts"), "symbols")
        )
