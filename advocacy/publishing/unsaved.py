"""What somebody typed into the form of a record and has not saved: never a live row, theirs alone.

Kept every few seconds while they type, offered again after whatever came between, and gone when it
is saved, thrown away, or fourteen days old.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext

if TYPE_CHECKING:
    from .records import Record

Fields = dict[str, list[str]]

#: What a form with fewer fields says of itself: the language that is written there beside another.
BESIDE = "side_by_side"
#: What a form sends that nobody typed.
_NOT_TYPED = {"csrfmiddlewaretoken", "unsaved", "choosing"}


class UnsavedQuerySet(models.QuerySet):
    if TYPE_CHECKING:

        @classmethod
        def as_manager(cls) -> Any: ...

    def of(self, user: Any, at: datetime | None = None):
        """Theirs, as long as it is kept."""
        return self.filter(user=user.pk).exclude(pk__in=self.overdue(at).values("pk"))

    def overdue(self, at: datetime | None = None):
        return self.filter(typed_at__lte=(at or timezone.now()) - Unsaved.KEPT)

    def into(self, kind: type[Record], record: Record | None):
        """Typed into the form of that record, or of a new one; the newest first."""
        typed = self.filter(kind=kind._meta.label_lower)
        return typed.filter(record=record.live.uuid if record else None).order_by("-typed_at")

    def beside_another(self, language: str):
        """Typed on the page on which a text in that language is written beside another."""
        return self.filter(**{f"fields__{BESIDE}": [language]})


class Unsaved(models.Model):
    in_backups = False

    KEPT = timedelta(days=14)
    #: Of one person; the oldest go. How long one may be is DATA_UPLOAD_MAX_MEMORY_SIZE.
    MOST = 20

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.UUIDField()  # of the form it was typed into, which is opened once
    kind = models.CharField(max_length=100)  # of the record: `news.article`
    record = models.UUIDField(null=True)  # as readers know it or will; none: a new one
    row = models.UUIDField(null=True)  # the very row: a draft, or a working copy
    fields = models.JSONField()  # as a browser sends them: every name with its values
    pages = models.JSONField(default=dict)  # as it would look to readers, when that was asked for
    typed_at = models.DateTimeField(db_index=True)

    objects: ClassVar[Any] = UnsavedQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="publishing_unsaved_once_a_form")
        ]
        indexes = [models.Index(fields=["record", "user"], name="publishing_unsaved_record")]

    def __str__(self) -> str:
        return f"{self.kind}, {self.typed_at}"

    @property
    def title(self) -> str:
        """As it was typed; of a fact in one of its languages."""
        titles = [
            values[0]
            for name, values in self.fields.items()
            if name == "title" or (name.startswith("texts-") and name.endswith("-title"))
        ]
        return next(filter(None, titles), "") or gettext("Without a title")

    def as_sent(self) -> QueryDict:
        """As the form it was typed into would send it."""
        sent = QueryDict(mutable=True)
        for name, values in self.fields.items():
            sent.setlist(name, values)
        return sent


@transaction.atomic
def keep(
    *,
    user: Any,
    key: UUID,
    kind: str,
    record: UUID | None,
    row: UUID | None,
    fields: Fields,
    at: datetime | None = None,
) -> Unsaved:
    """Keep what is typed now, in place of what was typed before in the same form."""
    at = at or timezone.now()
    Unsaved.objects.overdue(at).delete()
    kept, _is_new = Unsaved.objects.update_or_create(
        user=user,
        key=key,
        defaults={"kind": kind, "record": record, "row": row, "fields": fields, "typed_at": at},
    )
    rest = Unsaved.objects.filter(user=user.pk).order_by("-typed_at").values("pk")[Unsaved.MOST :]
    Unsaved.objects.filter(pk__in=list(rest.values_list("pk", flat=True))).delete()
    return kept


def throw_away(*, user: Any, key: UUID) -> None:
    Unsaved.objects.filter(user=user.pk, key=key).delete()


def forget(record: Record) -> None:
    """Take away what anybody typed into a record that is removed for good."""
    Unsaved.objects.filter(record=record.uuid).delete()


def fields_of(sent: Iterable[tuple[str, list[Any]]]) -> Fields:
    """What is worth keeping of a sent form: no buttons, no tokens, nothing a database refuses."""
    return {
        _storable(name): [_storable(value) for value in values]
        for name, values in sent
        if not name.startswith("_") and name not in _NOT_TYPED
    }


def _storable(text: Any) -> str:
    """Without NUL, and without halves of characters, which no browser sends."""
    return str(text).replace("\x00", "").encode(errors="replace").decode()
