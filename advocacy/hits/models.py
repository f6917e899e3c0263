"""Reach, as numbers. No address, no user agent and no person is stored in any of these tables."""

import secrets
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Greatest, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .counter import Kind

SALT_BYTES = 32


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


class Count(models.Model):
    item = models.UUIDField(_("publication or document"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    human = models.PositiveBigIntegerField(_("readers' hits"), default=0)
    robots = models.PositiveBigIntegerField(_("robots' hits"), default=0)

    class Meta:
        abstract = True


class Total(Count):
    """All hits of an item since this site began: the sum of its days, kept beside them so that a
    page reads one row.
    """

    class Meta:
        verbose_name = _("total")
        verbose_name_plural = _("totals")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "kind"], name="hits_total_one_per_item_and_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.human} × {self.get_kind_display()}"


class DailyCount(Count):
    """The hits of an item on one day in Seoul. `visitors` are different readers of that item on
    that day.
    """

    day = models.DateField(_("day"))
    visitors = models.PositiveBigIntegerField(_("visitors"), default=0)

    class Meta:
        verbose_name = _("hits of a day")
        verbose_name_plural = _("hits by day")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "kind", "day"], name="hits_day_one_per_item_kind_and_day"
            ),
            models.CheckConstraint(
                condition=models.Q(visitors__lte=models.F("human")),
                name="hits_day_no_visitor_without_a_hit",
                violation_error_message=_("There cannot be more visitors than hits."),
            ),
        ]
        indexes = [models.Index(fields=["day"], name="hits_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.item}: {self.human} × {self.get_kind_display()}"


class Baseline(models.Model):
    """The number a page had on the old site. It is shown as part of the views and never mixed
    with our own counting.
    """

    item = models.UUIDField(_("publication"), unique=True, default=uuid.uuid4)
    number = models.PositiveBigIntegerField(_("hits on the old site"))
    origin = models.CharField(
        _("where the number comes from"),
        max_length=200,
        help_text=_("The page of the old site and the day on which the number was read."),
    )

    class Meta:
        verbose_name = _("hits on the old site")
        verbose_name_plural = _("hits on the old site")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(origin=""),
                name="hits_baseline_says_where_from",
                violation_error_message=_("Say where the number comes from."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.number} ({self.origin})"

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        Change.note(Turn.take(), [self.item.bytes])

    @classmethod
    @transaction.atomic
    def set_many(cls, numbers: Mapping[uuid.UUID, int], *, origin: str) -> None:
        """Of many items at once, as an import reads them; one that is known keeps its number if that
        is the same.
        """
        rows = Baseline.objects.filter(item__in=numbers)
        known = dict(rows.values_list("item", "number"))
        changed = {item: number for item, number in numbers.items() if known.get(item) != number}
        if not changed:
            return
        rows.filter(item__in=changed).delete()
        Baseline.objects.bulk_create(
            Baseline(item=item, number=number, origin=origin) for item, number in changed.items()
        )
        Change.note(Turn.take(), [item.bytes for item in changed])

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        Change.note(Turn.take(), [self.item.bytes])
        return super().delete(*args, **kwargs)


class Journal(models.Model):
    """How far the journal of this name has been folded. Names are random and never used twice.

    A row outlives its file by a month: after a power cut a removed file may come back, and must not
    count again.
    """

    name = models.CharField(max_length=80, unique=True)
    offset = models.PositiveBigIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name}: {self.offset}"


class Turn(models.Model):
    """One row, written first by each fold: so that folds of several machines take turns on either
    database.
    """

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def take(cls) -> int:
        """The number of this turn. The caller's transaction holds the others off until it ends, so
        turns become visible in their order.
        """
        row = cls.objects.filter(pk=1)
        if not row.update(number=F("number") + 1):
            Turn.objects.bulk_create([Turn(pk=1)], ignore_conflicts=True)  # two may be the first
            row.update(number=F("number") + 1)
        return row.values_list("number", flat=True)[0]

    @classmethod
    def move_beyond_all(cls, at: datetime | None = None) -> None:
        """Other numbers have taken the place of these: all of them are to be read anew.

        The turn is the time in milliseconds, so it follows on any that a worker knows.
        """
        number = int((at or timezone.now()).timestamp() * 1000)
        cls.take()
        cls.objects.filter(pk=1).update(number=Greatest(F("number"), number))
        Change.note(cls.take(), [])


class Change(models.Model):
    """Whose number changed in a turn, for those who show numbers and would not read them all."""

    in_backups = False

    KEPT = 300  # turns; of a site that is read, minutes
    BYTES = 16  # of a UUID

    turn = models.PositiveBigIntegerField(primary_key=True)
    items = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.turn}: {len(self.items) // self.BYTES} items"

    @classmethod
    def note(cls, turn: int, items: Iterable[bytes]) -> None:
        """Part of the transaction that took this turn and changes the numbers of `items`, the bytes
        of UUIDs.
        """
        cls.objects.create(turn=turn, items=b"".join(set(items)))
        cls.objects.filter(turn__lte=turn - cls.KEPT).delete()


class RecentClicks(models.Model):
    """The clicks of one fold that a later click may repeat within 30 s: pairs of click and its last
    time, of a stretch of time. Kept as long as its machine may still need it; the database's clock
    says when nobody does.
    """

    in_backups = False

    machine = models.CharField(max_length=255)
    oldest_ms = models.BigIntegerField()
    newest_ms = models.BigIntegerField()
    clicks = models.BinaryField()
    folded_at = models.DateTimeField(db_default=Now(), db_index=True)

    def __str__(self) -> str:
        return f"{self.folded_at}: {len(self.clicks)} bytes"


class DayVisitors(models.Model):
    """Who has been counted as a visitor of what today: keyed hashes, eight bytes each, in 256
    parts by their first. A part has rows of a few hundred; only its last one is ever written again.
    """

    in_backups = False

    day = models.DateField()
    part = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(default=0)
    clicks = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "part", "number"], name="hits_visitors_one_per_day_part_and_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.part}.{self.number}: {len(self.clicks) // 8}"


class Salt(models.Model):
    """The secret of one day in Seoul, the same on all machines. Deleted when the day is past;
    left out of backups.
    """

    in_backups = False

    day = models.DateField(unique=True)
    value = models.BinaryField(max_length=SALT_BYTES, default=new_salt)

    def __str__(self) -> str:
        return str(self.day)


class Trouble(models.Model):
    """A failure to count, for staff to see: hits may be missing from the numbers of that time."""

    class What(models.TextChoices):
        JOURNAL = "journal", _("hits could not be written down")
        DAMAGE = "damage", _("a part of the journal was damaged and left out")
        SALT = "salt", _("visitors could not be told apart across servers")
        FOLD = "fold", _("hits could not be added up")
        HIT = "hit", _("a hit could not be counted")

    machine = models.CharField(_("server"), max_length=255)
    what = models.CharField(_("what happened"), max_length=8, choices=What.choices)
    detail = models.CharField(_("detail"), max_length=500, blank=True)
    times = models.PositiveBigIntegerField(_("times"), default=1)
    first_at = models.DateTimeField(_("first"))
    last_at = models.DateTimeField(_("last"))

    class Meta:
        verbose_name = _("trouble with counting")
        verbose_name_plural = _("trouble with counting")
        constraints = [
            models.UniqueConstraint(
                fields=["machine", "what"], name="hits_trouble_one_per_machine_and_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} ({self.times} ×)"
