"""The register as it is asked: read once for each of its versions, and then kept in memory.

Every worker keeps one, shared by its threads. Before each answer it looks whether there is a newer
version: one row.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from .matching import Form, Hit, Matcher, Person
from .models import Consent, Protected, version
from .sealing import Unreadable, check_keys

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Register:
    version: int
    matcher: Matcher
    consents: tuple[Consent, ...]

    def ends_at(
        self, hits: Iterable[Hit], *, language: str, record: str, at: datetime
    ) -> datetime | None:
        """Until when one person's name may stand in a text, met in these hits; None: it may not.

        Any of the names that were met may be the one that was agreed to.
        """
        names = {hit.detail for hit in hits}
        people = {hit.person for hit in hits}
        ends = [
            consent.ends_at
            for consent in self.consents
            if str(consent.person_id) in people
            and at < consent.ends_at
            and any(consent.covers(name=name, language=language, record=record) for name in names)
        ]
        return max(ends, default=None)

    def is_agreed(self, hits: Iterable[Hit], at: datetime) -> bool:
        """Whether one person's name, met in these hits, may stand in some text or other at `at`.

        A list shows what its texts are called, and does not say which of them it has a name from.
        """
        met = [(hit.person, hit.detail) for hit in hits]
        return any(
            str(consent.person_id) == person and at < consent.ends_at and consent.names(name)
            for consent in self.consents
            for person, name in met
        )


_kept: Register | None = None
_reading = threading.Lock()


def is_set_up() -> bool:
    """Whether this site has a register: a key was given, or one lies where a register would be.

    A register without its key is not none: it cannot be read, so nothing may be published.
    """
    return bool(
        settings.REGISTER_KEYS
        or settings.REGISTER_IS_ELSEWHERE
        or _holds_register(Path(settings.REGISTER_FILE))
    )


def _holds_register(file: Path) -> bool:
    """An empty file holds none: commands that look at every database leave one behind."""
    if not file.is_file():
        return False
    sought = "SELECT 1 FROM sqlite_master WHERE name = 'protection_version'"
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute(sought).fetchone() is not None
    except sqlite3.Error:
        return True  # there is something, and it cannot be read


def current() -> Register | None:
    """The register as it is now; None where the site has none. Raises Unreadable."""
    global _kept
    if not is_set_up():
        return None
    try:
        check_keys()
        now = version()
        kept = _kept
        if kept is None or kept.version != now:
            with _reading:
                kept = _kept
                if kept is None or kept.version != now:
                    kept = _kept = _read()
        return kept
    except (DatabaseError, Unreadable) as error:
        log.error("The register of protected persons cannot be read: %s", type(error).__name__)
        raise Unreadable("the register cannot be read") from None


def is_readable() -> bool:
    """Whether there is a register, and it can be asked."""
    try:
        return current() is not None
    except Unreadable:
        return False


def forget() -> None:
    """Keep nothing in memory: for tests, each of which has a register of its own."""
    global _kept
    _kept = None


def _read() -> Register:
    before = version()
    people = [_person(one) for one in Protected.objects.all()]
    consents = Consent.objects.filter(approved_at__isnull=False, ended_at=None)
    return Register(before, Matcher(people), tuple(consents))


def _person(one: Protected) -> Person:
    names = tuple(Form(name["key"], name["text"]) for name in one.names)
    return Person(str(one.pk), names, tuple(one.facts["identifiers"]))
