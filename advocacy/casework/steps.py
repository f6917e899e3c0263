"""The work itself: small steps that bear to be done twice, noted in a row as they go.

A step is a function of the withdrawal and of the moment (of the monotonic clock) until which it may
go on; it answers whether it has come to its end.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import chain
from typing import Any

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django_tasks import task

from advocacy.accounts.models import User
from advocacy.attachments import storage
from advocacy.attachments.models import Attachment
from advocacy.protection import searching
from advocacy.protection.sealing import seal
from advocacy.publishing import generation
from advocacy.publishing.models import Record
from advocacy.search import vocabulary
from advocacy.search.engines import engine
from advocacy.search.models import Word
from advocacy.tasks import names

from . import cursor, disk, ledger, listing, marks, rest, scan
from .deed import Deed
from .models import Withdrawal
from .owners import FILES, record_of, ways
from .progress import Progress
from .replacing import Instead, Replacing
from .sought import Named, normal

State = Withdrawal.State
Step = Callable[[Withdrawal, float], bool]
#: Of one piece, in seconds: a small part of the time after which a task is thought dead.
PIECE_S = 60.0


@task()
def go_on(pk: int) -> None:
    """Do some more of a withdrawal. Raises BrokenOff, and is tried again."""
    try:
        _go_on(pk)
    except disk.Busy:
        raise
    except Exception as error:
        # Databases quote rows in their messages, and the queue keeps what is raised.
        raise BrokenOff(type(error).__name__) from None


def _go_on(pk: int) -> None:
    until = time.monotonic() + PIECE_S
    while True:
        work = Withdrawal.objects.filter(pk=pk).first()
        if work is None or work.state in (State.ASKING, State.DONE):
            return
        steps = LOOKING if work.state == State.LOOKING else TAKING
        work.step = work.step or next(iter(steps))
        if not steps[work.step](work, until):
            go_on.enqueue(pk)
            return
        following = list(steps)[list(steps).index(work.step) + 1 :]
        work.step, work.table, work.last = (following[0] if following else ""), "", ""
        work.done = work.total = 0
        if not following:
            _end(work)
        work.save()


names.register(go_on, lambda pk: gettext("to take a protected person out of the site"))


@transaction.atomic
def begin(*, person: int | None, terms: dict[str, Any], by: User) -> Withdrawal:
    """Look for somebody everywhere; what was found waits for a case officer's choices."""
    work = Withdrawal.objects.create(person=person, terms=terms, by=by.pk)
    go_on.enqueue(work.pk)
    return work


@transaction.atomic
def confirm(work: Withdrawal, choices: dict[str, str]) -> bool:
    """Begin to take out; False if somebody has done so already."""
    held = Withdrawal.objects.select_for_update().get(pk=work.pk)
    if held.state != State.ASKING:
        return False
    held.state, held.choices, held.confirmed_at = State.TAKING, choices, timezone.now()
    held.save()
    go_on.enqueue(held.pk)
    return True


def sought_of(work: Withdrawal) -> Named:
    return Named(work.terms["names"])


def replacing_of(work: Withdrawal) -> Replacing:
    return Replacing(sought_of(work), Instead(work.terms["en"], work.terms["ko"]))


# --- Looking ------------------------------------------------------------------------------------------


def _look(work: Withdrawal, until: float) -> bool:
    replacing = replacing_of(work)
    for row in cursor.named_rows(work, replacing.sought, until):
        if row is None:
            return False
        listing.note(work, row, replacing)
    return True


def _look_inside(work: Withdrawal, until: float) -> bool:
    sought = sought_of(work)
    for document in cursor.named_documents(work, sought, until):
        if document is None:
            return False
        listing.note_file(work, document)
    return True


# --- Taking out ---------------------------------------------------------------------------------------


def _bury(work: Withdrawal, until: float) -> bool:
    """The ledger first: what is restored from now on is without the name, whatever becomes of us."""
    with transaction.atomic():
        _learn(work, {normal(form) for form in sought_of(work).forms})
    return True


def _take(work: Withdrawal, until: float) -> bool:
    replacing = replacing_of(work)
    for row in cursor.named_rows(work, replacing.sought, until):
        if row is None:
            return False
        deed = Deed(replacing, is_kept=_is_kept(work), by=_by(work))
        with transaction.atomic():
            _take_row(work, row, deed)
            _note(work, deed)
    return True


def _take_row(work: Withdrawal, row: models.Model, deed: Deed) -> None:
    if type(row) in ways():
        deed.take_from(record_of(row))
    elif type(row) in FILES:
        deed.take_file(row if isinstance(row, Attachment) else row.attachment)  # type: ignore[attr-defined]
    else:
        work.count(rest.take(row, deed))


def _take_documents(work: Withdrawal, until: float) -> bool:
    replacing = replacing_of(work)
    listed = Attachment.objects.filter(uuid__in=work.others.get(listing.FILE, []))
    for document in chain(listed, cursor.named_documents(work, replacing.sought, until)):
        if document is None:
            return False
        deed = Deed(replacing, is_kept=_is_kept(work), by=_by(work))
        with transaction.atomic():
            deed.take_file(document)
            _note(work, deed)
    return True


def _end_sessions(work: Withdrawal, until: float) -> bool:
    with transaction.atomic():
        deed = Deed(replacing_of(work), is_kept=lambda record: False)
        work.count("deleted", rest.sessions(deed))
    return True


def _drop_files(work: Withdrawal, until: float) -> bool:
    """A backup that runs just now counts on all files to stay: it is waited for."""
    with storage.deleting() as may_delete:
        if not may_delete:
            raise disk.Busy
        for key in work.keys:
            default_storage.delete(key)
    work.keys = []
    return True


def _forget_words(work: Withdrawal, until: float) -> bool:
    """What the index knew is gone with the texts; here with its traces."""
    with transaction.atomic():
        generation.hold()
        engine().forget_strays()
        unused = set(Word.objects.values_list("stem", flat=True)) - engine().tokens()
        vocabulary.forget(unused)
    while engine().tidy():
        pass
    return True


def _clear_disk(work: Withdrawal, until: float) -> bool:
    generation.bump()
    disk.clear()
    return True


def _scan(work: Withdrawal, until: float) -> bool:
    work.scan = scan.scan(sought_of(work).forms, work.terms.get("met", []), Progress(work).add)
    return True


class BrokenOff(Exception):
    """A step failed; of the reason only the kind is told, since it may hold words of the row."""


LOOKING: dict[str, Step] = {"tables": _look, "documents": _look_inside}
TAKING: dict[str, Step] = {
    "ledger": _bury,
    "tables": _take,
    "documents": _take_documents,
    "again": _take,  # what was saved meanwhile
    "sessions": _end_sessions,
    "files": _drop_files,
    "words": _forget_words,
    "disk": _clear_disk,
    "scan": _scan,
}


# --- Where it has come to -------------------------------------------------------------------------------


def _end(work: Withdrawal) -> None:
    if work.state == State.LOOKING:
        work.state = State.ASKING
        return
    work.state, work.finished_at, work.terms = State.DONE, timezone.now(), None
    work.unnamed.all().delete()
    searching.begin()


def _is_kept(work: Withdrawal) -> Callable[[Record], bool]:
    """What was chosen; of what nobody was asked about, since it was written meanwhile, nothing stays."""
    kept = Withdrawal.Choice.REPLACE
    return lambda record: work.choices.get(str(record.live.uuid)) == kept


def _by(work: Withdrawal) -> User | None:
    return User.objects.filter(pk=work.by).first()


def _note(work: Withdrawal, deed: Deed) -> None:
    """In the transaction of the deed: so nothing is counted twice, and no file is forgotten."""
    for what in deed.done:
        work.count(what)
    work.keys = [*work.keys, *deed.keys]
    work.addresses = list(dict.fromkeys([*(work.addresses or []), *deed.addresses]))
    _learn(work, deed.replacing.met)
    work.save()


def _learn(work: Withdrawal, met: set[str]) -> None:
    """Spellings that are to be found again in a backup; sealed, for the scan at the end, too."""
    known = set(work.terms.get("met", []))
    if new := met - known - {""}:
        person = marks.secrets()[0].mark("person", str(work.person)) if work.person else ""
        instead = seal([work.terms["en"], work.terms["ko"]]).decode()
        for letters in sorted(new):
            ledger.add(
                ledger.Kind.NAME, letters, letters=len(letters), person=person, instead=instead
            )
        work.terms = {**work.terms, "met": sorted(known | new)}
