"""Links of the public record: what became of them, and where they stand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .addresses import LONGEST, is_own
from .trouble import Trouble

#: What works, or has been lost for long, is asked for again after a week; what failed, the next day.
EVERY = timedelta(days=7)
AGAIN = timedelta(days=1)
HOUR = timedelta(hours=1)  # by which a daily task may be early


class LinkQuerySet(models.QuerySet):
    model: Any

    def due(self, at: datetime | None = None):
        at = (at or timezone.now()) + HOUR
        return self.filter(
            Q(checked_at__isnull=True)
            | Q(checked_at__lte=at - EVERY)
            | Q(checked_at__lte=at - AGAIN, state=self.model.State.FAILING)
        )

    def longest_waiting_first(self):
        return self.order_by(F("checked_at").asc(nulls_first=True), "pk")

    def own(self):
        """Those that lead to pages of this site."""
        return self.filter(host="")

    def elsewhere(self):
        return self.exclude(host="")

    def standing(self):
        """Those that a public text has."""
        return self.filter(Exists(Place.objects.filter(link=OuterRef("pk"))))

    def lost(self):
        """Those that lead a reader nowhere."""
        return self.filter(state__in=[self.model.State.DEAD, self.model.State.REFUSED])


class Link(models.Model):
    """An address that public texts lead to: of this site its path, of another all of it."""

    class State(models.TextChoices):
        NEW = "new", pgettext_lazy("of a link", "not looked at yet")
        WORKS = "works", pgettext_lazy("of a link", "works")
        MOVED = "moved", pgettext_lazy("of a link", "has moved for good")
        FAILING = "failing", pgettext_lazy("of a link", "failed, and is tried again")
        DEAD = "dead", pgettext_lazy("of a link", "leads nowhere any more")
        REFUSED = "refused", pgettext_lazy("of a link", "cannot be opened by readers")
        UNCLEAR = "unclear", pgettext_lazy("of a link", "no machine can tell")

    if TYPE_CHECKING:
        places: Any

    url = models.CharField(max_length=LONGEST, unique=True)
    host = models.CharField(max_length=255, blank=True, db_index=True)
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    since = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(null=True, db_index=True)
    status = models.PositiveSmallIntegerField(null=True)  # of HTTP
    trouble = models.CharField(max_length=12, choices=Trouble, blank=True)
    redirected_to = models.CharField(max_length=LONGEST, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)  # in a row

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self) -> str:
        return self.url

    @property
    def is_own(self) -> bool:
        return is_own(self.url)

    @property
    def is_dead(self) -> bool:
        return self.state == self.State.DEAD


class Place(models.Model):
    """A field of a public text, or of a row that shows at once, in which a link stands."""

    link = models.ForeignKey(Link, models.CASCADE, related_name="places")
    kind = models.CharField(max_length=100)  # of the model, as Django labels it
    row = models.PositiveBigIntegerField()
    field = models.CharField(max_length=100)  # as in a finding of the checks

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "row", "field", "link"], name="links_place_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.row}: {self.field}"
