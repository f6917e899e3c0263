"""Links with which somebody without an account reads a text that is not public, for two days.

Of a link only its SHA-256 is kept: nobody can read it out of the database. It names what was saved
last of a record; it dies with the record's withdrawal, and with its maker's account. While there is
something in the record that must not leave the house, it leads nowhere.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from .records import Record


Look = Callable[[Any], list[str]]
_looks: list[Look] = []


def register(look: Look) -> None:
    """Add what says, in sentences, why nobody without an account may read a record as it is now."""
    _looks.append(look)


def problems(record: Record) -> list[str]:
    return [said for look in _looks for said in look(record)]


class ShareLinkQuerySet(models.QuerySet):
    if TYPE_CHECKING:

        @classmethod
        def as_manager(cls) -> Any: ...

    def open(self, at: datetime | None = None):
        """Those that lead somewhere still, as far as the link itself can say."""
        at = at or timezone.now()
        return self.filter(
            revoked_at=None, expires_at__gt=at, made_by__is_active=True, made_by__is_staff=True
        )

    def of(self, record: Record):
        return self.filter(record=record.live.uuid)

    def overdue(self, at: datetime | None = None):
        """Those that ended so long ago that nobody asks about them any more."""
        return self.filter(expires_at__lte=(at or timezone.now()) - ShareLink.KEPT)


class ShareLink(models.Model):
    LASTS = timedelta(hours=48)
    #: Afterwards the row, which then says only who made it and when, is removed.
    KEPT = timedelta(days=30)

    digest = models.CharField(max_length=64, unique=True)
    record = models.UUIDField(db_index=True)  # as readers know it or will: never a working copy's
    kind = models.CharField(max_length=100)  # of the record: `news.article`
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects: ClassVar[Any] = ShareLinkQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.record}, {self.expires_at}"


def share(*, record: Record, by: Any, at: datetime | None = None) -> str:
    """The token of a new link. It is told this once and cannot be asked for again."""
    at = at or timezone.now()
    ShareLink.objects.overdue(at).delete()
    token = secrets.token_urlsafe(32)
    ShareLink.objects.create(
        digest=digest(token),
        record=record.live.uuid,
        kind=record._meta.label_lower,
        made_by=by,
        made_at=at,
        expires_at=at + ShareLink.LASTS,
    )
    return token


def revoke(*, link: ShareLink, by: Any, at: datetime | None = None) -> None:
    if link.revoked_at is None:
        link.revoked_at, link.revoked_by = at or timezone.now(), by
        link.save(update_fields=["revoked_at", "revoked_by"])


def revoke_all(record: Record, *, by: Any = None, at: datetime | None = None) -> None:
    """End every link to a record for good: it was withdrawn or thrown away."""
    at = at or timezone.now()
    links = ShareLink.objects.of(record).filter(revoked_at=None)
    links.update(revoked_at=at, revoked_by=by)


def find(token: str, at: datetime | None = None) -> ShareLink | None:
    """The open link with that token."""
    return ShareLink.objects.open(at).filter(digest=digest(token)).first()


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
