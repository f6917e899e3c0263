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
from django.utils.translation import gettext_lazy as _

from .findings import Alert, Exposed, Override, Page, Search, Use, Verdict
from .router import ALIAS
from .sealing import SealedField, Unreadable

__all__ = [
    "Alert",
    "Consent",
    "Exposed",
    "Override",
    "Page",
    "Protected",
    "Search",
    "Use",
    "Verdict",
    "Version",
    "version",
]


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
