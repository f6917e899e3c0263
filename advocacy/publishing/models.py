"""What a publication is.

Abstract, all but a few tables: the slices above make their own tables from these. A *record* is
what an editor opens and publishes as a whole; a *publication* is one text in one language that
readers can be shown. An article is both in one row; a milestone is a record with a publication
per language.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models, transaction
from django.utils import timezone

from .generation import Generation, bump
from .history import HistoryEntry
from .log import LogEntry
from .presence import Presence
from .publication import Correction, FactCorrection, Identified, Language, Publication
from .records import Fact, FactText, Record, Translatable
from .review import Remark, Review
from .sharing import ShareLink
from .unsaved import Unsaved

__all__ = [
    "Correction",
    "Fact",
    "FactCorrection",
    "FactText",
    "FormerAddress",
    "Generation",
    "HistoryEntry",
    "Identified",
    "Language",
    "LogEntry",
    "Presence",
    "Publication",
    "Record",
    "Remark",
    "Review",
    "ShareLink",
    "ShownAtOnce",
    "ShownAtOnceQuerySet",
    "Translatable",
    "Unsaved",
]


class FormerAddress(models.Model):
    """A path that once led to a text. Asked only when nothing else answers it."""

    path = models.CharField(max_length=500, unique=True)  # as in request.path: not quoted
    target = models.UUIDField(db_index=True)
    retired_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.path


class ShownAtOnceQuerySet(models.QuerySet):
    """Several at a time are a public change too."""

    @transaction.atomic
    def update(self, **values: Any) -> int:
        changed = super().update(**values)
        bump()
        return changed

    @transaction.atomic
    def delete(self) -> tuple[int, dict[str, int]]:
        deleted = super().delete()
        bump()
        return deleted


class ShownAtOnce(models.Model):
    """A row readers see as soon as it is saved, without being published: a menu, a tag."""

    objects: ClassVar[Any] = ShownAtOnceQuerySet.as_manager()

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        bump()

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        bump()
        return deleted
