"""After a restore: what was taken out is taken out again, before anything of it is served.

Of names only keyed hashes are known, so each run of words of what was restored is hashed and compared.
Where the person is still in the register, all that sounds like their names is found, as ever.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.attachments.models import Attachment
from advocacy.backup.refused import Refused
from advocacy.protection import register, searching
from advocacy.protection.models import Protected
from advocacy.protection.sealing import Unreadable, unseal
from advocacy.publishing import log
from advocacy.publishing.models import LogEntry

from . import ledger, marks, rest
from .deed import Deed, every_record
from .finding import is_named_in, rows
from .models import Tombstone
from .owners import FILES, columns, record_of, tables, ways
from .replacing import Instead, Replacing
from .sought import Either, Named, Sought

Kind = Tombstone.Kind


class Tombstones:
    """As backup.staying_out.Ledger."""

    def number(self) -> int:
        return Tombstone.objects.count()

    def gather(self, number: int, confirmed_by: str) -> KeptOut:
        try:
            known = {stone.hash: stone for stone in [*ledger.of_the_site(), *ledger.read()]}
        except ledger.Damaged as error:
            if not confirmed_by:
                raise Refused(f"{error} {_ASK}") from error
            known = {stone.hash: stone for stone in ledger.of_the_site()}
        if len(known) < number and not confirmed_by:
            raise Refused(
                f"The backup's ledger of what was taken out has {number} entries, and this site's, in "
                f"its database and in {ledger.place()}, has {len(known)}: what was taken out since "
                f"the backup was made would come back. {_ASK}"
            )
        return KeptOut(list(known.values()), confirmed_by)


_ASK = "Put the file back, or have a case officer agree and restore with --shorter-ledger and their name."


class Person(NamedTuple):
    """One who was taken out, as far as it is still known."""

    sought: Sought
    instead: Instead


class KeptOut:
    def __init__(self, stones: list[Tombstone], confirmed_by: str) -> None:
        self.stones, self.confirmed_by = stones, confirmed_by

    @transaction.atomic
    def take_out(self) -> set[str]:
        """As backup.staying_out.KeptOut. The union of all that is known goes into the restored table."""
        ledger.insert(self.stones)
        self._note_confirmed()
        stones = list(Tombstone.objects.all())
        self._refuse_unknown_keys(stones)
        out: dict[str, set[str]] = defaultdict(set)
        for stone in stones:
            out[stone.kind].add(stone.mark)
        keys = self._by_identifier(out)
        if persons := list(_persons(stones)):
            keys |= _by_name(persons)
        ledger.open_ledger()
        _search_anew()
        return keys

    def _note_confirmed(self) -> None:
        if not self.confirmed_by:
            return
        officer = User.objects.case_officers().filter(username=self.confirmed_by).first()
        if officer is None:
            raise Refused(f"{self.confirmed_by} is no case officer of the site that is restored.")
        log.item(LogEntry.Verb.CONFIRM, None, by=officer)

    def _refuse_unknown_keys(self, stones: Iterable[Tombstone]) -> None:
        known = {key.name for key in marks.secrets()}
        if not self.confirmed_by and any(stone.key not in known for stone in stones):
            raise Refused(
                "The ledger of what was taken out was made with another REGISTER_KEY: without that "
                f"nobody can know what must stay out. {_ASK.replace('Put the file back', 'Set it')}"
            )

    def _by_identifier(self, out: dict[str, set[str]]) -> set[str]:
        """What was removed whole, by its uuid."""
        deed = Deed(_nothing(), is_kept=lambda record: False)
        for kind, pk in every_record() if out[Kind.RECORD] else ():
            record = kind._base_manager.get(pk=pk)
            if out[Kind.RECORD].intersection(marks.marks(Kind.RECORD, str(record.uuid))):
                deed.remove(record)
        for file in Attachment.objects.all() if out[Kind.FILE] else ():
            if out[Kind.FILE].intersection(marks.marks(Kind.FILE, str(file.uuid))):
                deed.take_file(file)
        return set(deed.keys)


def _persons(stones: Iterable[Tombstone]) -> Iterator[Person]:
    """Each with what is said instead of their names."""
    by_person: dict[tuple[str, str], list[Tombstone]] = defaultdict(list)
    for stone in stones:
        if stone.kind == Kind.NAME:
            by_person[stone.more["person"], stone.more["instead"]].append(stone)
    registered = _registered()
    for (person, sealed), names in by_person.items():
        lengths = [int(stone.more["letters"]) for stone in names]
        hashed: Sought = marks.Hashed(Kind.NAME, (stone.mark for stone in names), lengths)
        try:
            instead = Instead(*unseal(sealed.encode()))
        except Unreadable:
            instead = Instead("–", "–")
        known = registered.get(person)
        yield Person(Either([Named(known), hashed]) if known else hashed, instead)


def _registered() -> dict[str, list[str]]:
    """The names of those who are in the register still, by the hash of their number."""
    try:
        if register.current() is None:
            return {}
    except Unreadable:
        return {}
    return {
        mark: [name["text"] for name in one.names]
        for one in Protected.objects.all()
        for mark in marks.marks("person", str(one.pk))
    }


def _search_anew() -> None:
    """What was public when the backup was made may name somebody who was entered since."""
    with contextlib.suppress(Unreadable):
        searching.begin()


def _by_name(persons: list[Person]) -> set[str]:
    every = Either([person.sought for person in persons])
    deeds = [Deed(Replacing(*person), is_kept=lambda record: True) for person in persons]
    for model in tables():
        for pk, is_named in rows(model, lambda said: is_named_in(said, every)):
            for deed in deeds if is_named else ():
                row: Any = model._base_manager.filter(pk=pk).first()
                values = [getattr(row, name) for name in columns(model)] if row else []
                if is_named_in(values, deed.replacing.sought):
                    _take(row, deed)
    return {key for deed in deeds for key in deed.keys}


def _take(row: Any, deed: Deed) -> None:
    if type(row) in ways():
        deed.take_from(record_of(row))
    elif type(row) in FILES:
        deed.take_file(row if isinstance(row, Attachment) else row.attachment)
    else:
        rest.take(row, deed)


def _nothing() -> Replacing:
    return Replacing(Named([]), Instead("", ""))
