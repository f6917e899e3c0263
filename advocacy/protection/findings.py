"""What looks into the register leave behind, and what was found in them: where, and never whose."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from .sealing import SealedField


class Verdict(models.Model):
    """What was found in a record as it is stored: where, and never whose."""

    record = models.UUIDField(unique=True)
    content = models.CharField(max_length=64)  # keyed hash of all that was looked at
    version = models.PositiveBigIntegerField()
    found = models.JSONField()
    good_until = models.DateTimeField(null=True)  # a consent it rests on ends then

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.record)


class UseQuerySet(models.QuerySet["Use"]):
    def lately(self, user: Any, at: datetime) -> UseQuerySet:
        return self.filter(by=user, at__gt=at - Use.WINDOW)


class Use(models.Model):
    """One look into the register for somebody at the desk."""

    WINDOW = timedelta(hours=1)
    KEPT = timedelta(days=365)

    at = models.DateTimeField()
    by = models.PositiveBigIntegerField(null=True)  # none: the site itself
    record = models.UUIDField()
    people: Any = SealedField()  # primary keys of whom was met in it

    objects: ClassVar[Any] = UseQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["by", "at"], name="protection_use_lately")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by} {self.record}"


class Search(models.Model):
    """One search through all that is public, or will be by itself: how far it has come.

    The newest alone goes on: each change of the register begins another.
    """

    version = models.PositiveBigIntegerField()  # of the register, as it was at the beginning
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=100, blank=True)  # of the record that was looked at last
    last = models.PositiveBigIntegerField(default=0)  # its primary key
    is_told = models.BooleanField(default=False)  # case officers know that it has met something
    read = models.PositiveIntegerField(default=0)  # pages that are no text's own

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M} {self.done}/{self.total}"

    @cached_property
    def pages(self) -> int:
        """So many are known; while they are read there come to be more."""
        return Page.objects.filter(search=self.pk).count()

    @property
    def looked_at(self) -> int:
        return self.done + self.read

    @property
    def known(self) -> int:
        return self.total + self.pages


class Page(models.Model):
    """An address of the site that a search has met a link to, and whether it was read."""

    search = models.PositiveBigIntegerField()
    key = models.UUIDField()  # keyed hash of its path: a name can stand in that
    path: Any = SealedField()  # with its query
    is_read = models.BooleanField(default=False)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["search", "key"], name="protection_page_once")
        ]

    def __str__(self) -> str:
        return str(self.key)


class Exposed(models.Model):
    """What readers can get and a search has met a protected name in, without consent: a record, a row, or a
    page of none.
    """

    record = models.UUIDField(unique=True)
    kind = models.CharField(max_length=100)
    places = models.JSONField()  # as in a verdict
    people: Any = SealedField()  # primary keys of whom was met
    path: Any = SealedField(null=True)  # of a page that is no record's
    found_at = models.DateTimeField()
    search = models.PositiveBigIntegerField()  # the last that has met it

    class Meta:
        default_permissions = ()
        ordering = ["found_at", "pk"]

    def __str__(self) -> str:
        return str(self.record)


class Override(models.Model):
    """Somebody has looked at a file that cannot be searched, and answers for it, as it is now."""

    file = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    by = models.PositiveBigIntegerField()
    reason: Any = SealedField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.file)


class Alert(models.Model):
    """Somebody at the desk has met so many protected names that a case officer should ask why."""

    at = models.DateTimeField()
    by = models.PositiveBigIntegerField()
    seen_by = models.PositiveBigIntegerField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by}"
