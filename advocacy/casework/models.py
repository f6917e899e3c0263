"""Somebody is taken out: the work, and the ledger of what must stay out."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.protection.sealing import SealedField


class AppendOnly(TypeError):
    """A row of the ledger was to be changed or deleted."""

    def __init__(self, *args: Any) -> None:
        super().__init__("The ledger only grows: its rows are neither changed nor deleted.")


class TombstoneQuerySet(models.QuerySet):
    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise AppendOnly

    update = delete = bulk_update = update_or_create = _refuse


class Tombstone(models.Model):
    """That something was taken out and stays out. It holds keyed hashes, and no word of it.

    `more`: of a name how many letters it has, the hash of the person's number, and sealed what is
    said instead.
    """

    class Kind(models.TextChoices):
        NAME = "name"
        RECORD = "record"
        FILE = "file"
        ADDRESS = "address"

    kind = models.CharField(max_length=7, choices=Kind)
    mark = models.CharField(max_length=64, db_index=True)
    key = models.CharField(max_length=16)  # the name of the key of the hash
    more = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)
    hash = models.CharField(max_length=64, unique=True)  # of all the rest: the same in every place

    objects: ClassVar[Any] = TombstoneQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.mark[:8]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        self.hash = self.own_hash()
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise AppendOnly

    def own_hash(self) -> str:
        return hashlib.sha256(json.dumps(self.content(), sort_keys=True).encode()).hexdigest()

    def content(self) -> dict[str, Any]:
        """As it is written in the second place, but for its hash."""
        moment = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        return {
            "kind": str(self.kind),
            "mark": self.mark,
            "key": self.key,
            "more": self.more,
            "at": moment,
        }


class Withdrawal(models.Model):
    """Taking one person out: what was found, what a case officer chose, and how far it has come.

    `terms`: names, en and ko (what is said instead), and `met`, the spellings that were met; it is
    forgotten when all is done. `addresses` are those under which readers found the name, for others to
    be asked to let go of them; they are forgotten with the row. Nothing else here holds a word.
    """

    in_backups = False

    class State(models.TextChoices):
        LOOKING = "looking", _("being looked for")
        ASKING = "asking", _("waits for a case officer")
        TAKING = "taking", _("being taken out")
        DONE = "done", _("done")

    class Choice(models.TextChoices):
        REPLACE = "replace", _("Replace every form of the name")
        WITHDRAW = "withdraw", _("Remove it; its address says that it is gone")

    person = models.PositiveBigIntegerField(null=True)  # of the register; none: typed names alone
    terms: Any = SealedField(null=True)
    state = models.CharField(max_length=7, choices=State, default=State.LOOKING)
    by = models.PositiveBigIntegerField()
    started_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    step = models.CharField(max_length=20, blank=True)
    table = models.CharField(max_length=100, blank=True)  # the last that was looked at
    last = models.CharField(max_length=64, blank=True)  # primary key of its last row
    done = models.PositiveBigIntegerField(default=0)  # of the step: rows, files or bytes
    total = models.PositiveBigIntegerField(
        default=0
    )  # as many there are; 0 where nobody has counted
    #: By uuid of the record: kind, places, whether it can be replaced exactly, whether a part of a name
    #: would remain.
    records = models.JSONField(default=dict)
    others = models.JSONField(default=dict)  # by table or "file", what was found: keys
    choices = models.JSONField(default=dict)  # by uuid of the record
    counted = models.JSONField(default=dict)  # what was done, how often
    keys = models.JSONField(default=list)  # of stored files that are still to be deleted
    scan = models.JSONField(null=True)
    addresses: Any = SealedField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(_("Withdrawal %(number)s") % {"number": self.pk})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises DatabaseError once it was dropped: what is at work on it does not bring it back."""
        if not self._state.adding:
            kwargs = {"force_update": True, **kwargs}
        super().save(*args, **kwargs)

    def count(self, what: str, number: int = 1) -> None:
        self.counted[what] = self.counted.get(what, 0) + number


class Unnamed(models.Model):
    """Digests of what was read and names nobody, one after the other; forgotten when all is done."""

    in_backups = False

    withdrawal = models.ForeignKey(Withdrawal, models.CASCADE, related_name="unnamed")
    table = models.CharField(max_length=100)
    digests = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.table}, {len(self.digests)} bytes"
