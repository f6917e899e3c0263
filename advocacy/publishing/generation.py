"""The generation of the public record: one row, raised in the transaction of every public change.

Whatever keeps public pages in memory keeps them for one generation only, so nobody needs to be
told what changed (DESIGN.md, "Reading").
"""

from __future__ import annotations

from datetime import datetime

from django.apps import apps
from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from advocacy.prepared import Prepared


class Generation(models.Model):
    """The single row: a counter, and when it will next be out of date by itself."""

    value = models.PositiveBigIntegerField(default=0)
    next_change_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="publishing_generation_one_row")
        ]

    def __str__(self) -> str:
        return str(self.value)


def look() -> tuple[int, datetime | None]:
    """The value and the next change, read without a lock; (0, None) where there is no row yet."""
    return next(iter(_row()), (0, None))


_row = Prepared(lambda: Generation.objects.filter(pk=1).values_list("value", "next_change_at"))


def current() -> Generation:
    return Generation.objects.get_or_create(pk=1)[0]


def hold() -> None:
    """Wait until no other transaction changes the public record, and keep it so to the end of ours."""
    Generation.objects.select_for_update().get(pk=current().pk)


@transaction.atomic
def bump(at: datetime | None = None) -> None:
    """Start a new generation. Call it inside the transaction that changes what readers see."""
    row = Generation.objects.filter(pk=current().pk)
    # The row is locked first: what another publishes meanwhile is then seen in the next statement.
    row.update(value=F("value") + 1)
    row.update(next_change_at=_next_change(at or timezone.now()))


def move_on(at: datetime | None = None) -> bool:
    """Start the generation that begins by itself, if its moment has come.

    Of all the workers that try, one does, and is told so.
    """
    at = at or timezone.now()
    due = Generation.objects.filter(pk=1, next_change_at__lte=at)
    return bool(due.update(value=F("value") + 1, next_change_at=_next_change(at)))


def set_right(at: datetime) -> None:
    """Start a new generation if the next change is not the one that was noted.

    A clock that was set back makes what was over something still to come, which nobody waits for.
    """
    value, noted = look()
    due = _next_change(at)
    if value and due != noted:
        same = Generation.objects.filter(pk=1, value=value)
        same.update(value=F("value") + 1, next_change_at=due)


def move_beyond_all(at: datetime | None = None) -> None:
    """Another record has taken the place of this one: start a generation that nobody can know.

    It is the time in milliseconds: the record changes less often than that.
    """
    current()
    at = at or timezone.now()
    number = int(at.timestamp() * 1000)
    Generation.objects.filter(pk=1).update(
        value=Greatest(F("value") + 1, number), next_change_at=_next_change(at)
    )


def _next_change(at: datetime) -> datetime | None:
    moments = [
        model._default_manager.next_change(at)
        for model in apps.get_models()
        if hasattr(model._default_manager, "next_change")
    ]
    return min((moment for moment in moments if moment), default=None)
