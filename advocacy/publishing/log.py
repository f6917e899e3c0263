"""The log of what was done to the public record: rows are added to it, in one order, and nothing else.

It holds identifiers and verbs, and no word of a record. Each row's hash is taken over the hash of
the row before it and its own content, so that a row that was altered, taken out or slipped in shows,
as long as one later hash is kept elsewhere (docs/adr/0016-who-may-do-what.md).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import generation
from .people import Person

if TYPE_CHECKING:
    from .records import Record

#: What the first row follows.
NOTHING = "0" * 64
_NAME = re.compile(r"[a-z0-9_.:-]+", re.ASCII)


class AppendOnly(TypeError):
    """A row of the log was to be changed or deleted."""

    def __init__(self, *args: Any) -> None:
        super().__init__("The log only grows: its rows are neither changed nor deleted.")


class LogQuerySet(models.QuerySet):
    if TYPE_CHECKING:

        @classmethod
        def as_manager(cls) -> Any: ...

    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise AppendOnly

    update = delete = bulk_update = bulk_create = _refuse
    update_or_create = get_or_create = _refuse


class LogEntry(models.Model):
    class Verb(models.TextChoices):
        PUBLISH = "publish"
        WITHDRAW = "withdraw"
        TRASH = "trash"
        RESTORE = "restore"
        REMOVE = "remove"
        PERMISSIONS = "permissions"
        TAKE_OUT = "take_out"  # somebody's name, and what cannot be without it
        OVERRIDE = "override"  # a second person lets a held file go out
        CONFIRM = "confirm"  # a case officer has a shorter ledger of tombstones restored

    number = models.PositiveBigIntegerField(primary_key=True)  # from 1, without a gap
    at = models.DateTimeField()
    by = models.CharField(max_length=64, blank=True)  # a user's primary key; empty: the site itself
    verb = models.CharField(max_length=12, choices=Verb)
    record = models.UUIDField(null=True)
    language = models.CharField(max_length=2, blank=True)
    person = models.CharField(max_length=64, blank=True)  # whose permissions changed
    changes = models.TextField(blank=True)  # names of permissions: `+given -taken`
    hash = models.CharField(max_length=64, unique=True)

    objects: ClassVar[Any] = LogQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise AppendOnly

    def hash_after(self, before: str) -> str:
        """SHA-256, in hex, over the hash of the row before and this row's canonical bytes."""
        return hashlib.sha256(before.encode() + b"\n" + self.canonical()).hexdigest()

    def canonical(self) -> bytes:
        """All columns but the hash as a JSON array in ASCII, without spaces; the moment in UTC."""
        row = [
            self.number,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            self.by,
            self.verb,
            str(self.record or ""),
            self.language,
            self.person,
            self.changes,
        ]
        return json.dumps(row, separators=(",", ":")).encode()


class Head(NamedTuple):
    number: int
    hash: str


def head() -> Head:
    """The last row's number and hash, to be kept elsewhere as an anchor; (0, NOTHING) at first."""
    last = LogEntry.objects.order_by("-number").values_list("number", "hash").first()
    return Head(*last) if last else Head(0, NOTHING)


def record(verb: LogEntry.Verb, record: Record, *, by: Person | None) -> None:
    """Note a deed done to all texts of a record. Call it in the transaction of the deed."""
    for language in [text.language for text in record.publications()] or [""]:
        text(verb, record, language, by=by)


def text(verb: LogEntry.Verb, record: Record, language: str, *, by: Person | None) -> None:
    """Note a deed done to the text of a record in one language."""
    texts(verb, [(record, language)], by=by)


def texts(verb: LogEntry.Verb, pieces: Sequence[tuple[Record, str]], *, by: Person | None) -> None:
    """Note a deed done to many texts at once, each a row."""
    _append(
        *(
            {"verb": verb, "by": _id(by), "record": one.uuid, "language": language}
            for one, language in pieces
        )
    )


def item(verb: LogEntry.Verb, uuid: UUID | None, *, by: Person | None) -> None:
    """Note a deed done to what is no record, such as a file, or to the whole site."""
    _append({"verb": verb, "by": _id(by), "record": uuid})


def permissions(
    *,
    person: Person,
    before: Iterable[str],
    after: Iterable[str],
    by: Person | None,
) -> None:
    """Note what somebody was given and what was taken from them: roles or permissions, by name.

    Call it in the transaction of the change. Nothing changed: nothing is noted. Raises ValueError
    on a name that is not made of small letters, digits, and `_.:-`.
    """
    before, after = set(before), set(after)
    if strange := [name for name in before | after if not _NAME.fullmatch(name)]:
        raise ValueError(f"Not the name of a role or permission: {strange[0]!r}")
    changes = [f"+{name}" for name in sorted(after - before)]
    changes += [f"-{name}" for name in sorted(before - after)]
    if changes:
        what = {"person": _id(person), "changes": " ".join(changes)}
        _append({"verb": LogEntry.Verb.PERMISSIONS, "by": _id(by), **what})


@transaction.atomic
def _append(*rows: dict[str, Any]) -> None:
    # One lock for the log and the generation: two would be taken in either order, by a form that
    # makes a tag and then publishes and by one that only publishes, and then wait for each other.
    generation.hold()
    last = head()
    for fields in rows:
        entry = LogEntry(number=last.number + 1, at=timezone.now(), **fields)
        entry.hash = entry.hash_after(last.hash)
        entry.save()
        last = Head(entry.number, entry.hash)


def _id(user: Person | None) -> str:
    return "" if user is None else str(user.pk)


class Verified(NamedTuple):
    """What is wrong, as a sentence; without it, all is well up to the head."""

    head: Head
    problem: str = ""


def verify(*, anchor: str = "") -> Verified:
    """Recompute every hash in order, until the first row that does not follow from the one before.

    `anchor` is a hash that `head()` once gave: the log must still hold it.
    """
    before = Head(0, NOTHING)
    is_held = anchor in ("", NOTHING)
    try:
        for entry in LogEntry.objects.order_by("number").iterator(chunk_size=2000):
            if problem := _problem(entry, before):
                return Verified(before, problem)
            before = Head(entry.number, entry.hash)
            is_held = is_held or entry.hash == anchor
    except (ValueError, TypeError, AttributeError):  # a column holds what we never write
        return Verified(before, _does_not_follow(before.number + 1))
    if not is_held:
        return Verified(
            before,
            _(
                "The log does not hold the anchor: rows were cut off its end, or it was written anew, "
                "after the anchor was kept."
            ),
        )
    return Verified(before)


def _problem(entry: LogEntry, before: Head) -> str:
    if entry.number != before.number + 1:
        return _("Row %(number)s is missing from the log.") % {"number": before.number + 1}
    if entry.hash != entry.hash_after(before.hash):
        return _does_not_follow(entry.number)
    return ""


def _does_not_follow(number: int) -> str:
    return _(
        "Row %(number)s of the log does not follow from the row before it: it was altered or "
        "inserted, or one was taken out there."
    ) % {"number": number}
