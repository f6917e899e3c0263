"""Who has a record open to write in it, as far as their browser has told lately."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils import timezone


class PresenceQuerySet(models.QuerySet):
    if TYPE_CHECKING:

        @classmethod
        def as_manager(cls) -> Any: ...

    def now(self, at: datetime | None = None):
        return self.filter(until__gt=at or timezone.now())

    def beside(self, user: Any, record: UUID, at: datetime | None = None):
        """The others who have it open, who came first first."""
        others = self.now(at).filter(record=record).exclude(user=user.pk)
        return others.select_related("user").order_by("since", "pk")


class Presence(models.Model):
    in_backups = False

    #: The browser tells every 20 seconds; one that is not looked at, once a minute.
    LASTS = timedelta(seconds=75)

    record = models.UUIDField()  # as readers know it or will: never a working copy's
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(db_index=True)

    objects: ClassVar[Any] = PresenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["record", "user"], name="publishing_presence_once_a_record"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record}, {self.since}"


def tell(*, user: Any, record: UUID, at: datetime | None = None) -> None:
    """Note that somebody has it open; for how long already, if that was told before in time."""
    at = at or timezone.now()
    Presence.objects.filter(until__lte=at).delete()
    Presence.objects.update_or_create(
        record=record,
        user=user,
        defaults={"until": at + Presence.LASTS},
        create_defaults={"until": at + Presence.LASTS, "since": at},
    )


def leave(*, user: Any, record: UUID) -> None:
    Presence.objects.filter(record=record, user=user.pk).delete()
