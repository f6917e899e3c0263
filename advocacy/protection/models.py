"""The register's tables, in a database of their own. What tells of a person is sealed.

People of the desk are named by primary key: they are in another database. Nothing here has a
`__str__` with a name in it, since that is what errors, logs and lists write.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .router import ALIAS
from .sealing import SealedField, Unreadable


class Version(models.Model):
    """One row: raised with every change, so that each worker knows when to read the register anew."""

    CANARY = "register"

    value = models.PositiveBigIntegerField(default=0)
    canary: Any = SealedField()  # opens with the right key, also while nobody is in the register

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="protection_version_one_row")
        ]

    def __str__(self) -> str:
        return str(self.value)


def version() -> int:
    """Raises Unreadable with another key than the register's."""
    row = Version.objects.filter(pk=1).first()
    if row is not None and row.canary != Version.CANARY:
        raise Unreadable("the register is not ours")
    return row.value if row else 0


class InRegister(models.Model):
    """A row whose every change makes a new version."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic(using=ALIAS):
            super().save(*args, **kwargs)
            _raise()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic(using=ALIAS):
            deleted = super().delete(*args, **kwargs)
            _raise()
        return deleted


def _raise() -> None:
    Version.objects.get_or_create(pk=1, defaults={"canary": Version.CANARY})
    version()  # with another key than the register's nothing is added to it
    Version.objects.filter(pk=1).update(value=F("value") + 1)


class Protected(InRegister):
    """A person who must not be named against their will.

    `facts`: names [{key, text}], identifiers [text], instead, risk, contact.
    """

    facts: Any = SealedField()
    entered_by = models.PositiveBigIntegerField()
    entered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(_("Protected person %(number)s") % {"number": self.pk})

    @property
    def names(self) -> list[dict[str, str]]:
        return self.facts["names"]


class ConsentQuerySet(models.QuerySet["Consent"]):
    def in_force(self, at: datetime | None = None) -> list[Consent]:
        """Approved, not ended and not expired. What they cover is sealed, so the rest is asked here."""
        at = at or timezone.now()
        agreed = self.filter(approved_at__isnull=False, ended_at=None).select_related("person")
        return [consent for consent in agreed if at < consent.ends_at]


class Consent(InRegister):
    """What somebody agreed to, for how long. It counts once a second case officer has approved it.

    `terms`: scopes, names (their keys), languages, records (uuids; empty: every record), until (an
    ISO date, the last day), taken_by, note.
    """

    class Scope(models.TextChoices):
        NAME = "name", _("name")
        PSEUDONYM = "pseudonym", _("pseudonym")
        PHOTOGRAPH = "photograph", _("photograph")
        VOICE = "voice", _("voice")
        PLACE = "place", _("place")

    #: How long before its end case officers are told.
    NOTICE = timedelta(days=30)

    person = models.ForeignKey(Protected, models.CASCADE, related_name="consents")
    terms: Any = SealedField()
    recorded_by = models.PositiveBigIntegerField()
    recorded_at = models.DateTimeField(default=timezone.now)
    approved_by = models.PositiveBigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by=None, approved_at=None)
                | models.Q(approved_by__isnull=False, approved_at__isnull=False),
                name="protection_consent_approved_by_somebody",
                violation_error_message=_("An approval has a person and a moment."),
            ),
            models.CheckConstraint(
                condition=~models.Q(approved_by=F("recorded_by")),
                name="protection_consent_second_person",
                violation_error_message=_("A second case officer has to approve it."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Consent %(number)s") % {"number": self.pk})

    @property
    def until(self) -> date:
        return date.fromisoformat(self.terms["until"])

    @property
    def ends_at(self) -> datetime:
        """The midnight, where the site is, that ends the last day."""
        end = datetime.combine(self.until + timedelta(days=1), datetime.min.time())
        return timezone.make_aware(end)

    def names(self, name: str) -> bool:
        """Whether that one of the names is agreed to, in some text."""
        return self.Scope.NAME in self.terms["scopes"] and name in self.terms["names"]

    def covers(self, *, name: str, language: str, record: str) -> bool:
        terms = self.terms
        return (
            self.names(name)
            and language in terms["languages"]
            and (not terms["records"] or record in terms["records"])
        )


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
