"""Which files readers may fetch."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db.models import DateTimeField, Exists, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from advocacy.prepared import Slot

from . import uses


def _never() -> Value:
    return Value(datetime(1970, 1, 1, tzinfo=UTC), DateTimeField())


class AttachmentQuerySet(QuerySet):
    def visible(self, at: datetime | Slot | None = None):
        """Files that at least one published record uses."""
        at = at or timezone.now()
        seen = Q(pk__in=[])
        for way in uses.registered():
            seen |= Q(Exists(way.visible(at).filter(attachment=OuterRef("pk"))))
        return self.filter(seen)

    def released(self):
        """Files used by what was published and not taken back, whatever the time it is public."""
        used = Q(pk__in=[])
        for way in uses.registered():
            used |= Q(Exists(way.released().filter(attachment=OuterRef("pk"))))
        return self.filter(used)

    def newest_use_first(self, at: datetime | None = None):
        """By when the youngest public record that uses each appeared."""
        at = at or timezone.now()
        moments = [
            Coalesce(
                Subquery(
                    way.visible(at)
                    .filter(attachment=OuterRef("pk"))
                    .order_by()
                    .values("attachment")
                    .annotate(newest=Max(way.since, filter=Q(**{f"{way.since}__lte": at})))
                    .values("newest")
                ),
                _never(),
            )
            for way in uses.registered()
        ]
        return self.annotate(used_since=Greatest(_never(), _never(), *moments)).order_by(
            "-used_since", "-pk"
        )

    def documents(self):
        return self.filter(kind="pdf")

    def pictures(self):
        return self.filter(kind="picture")
