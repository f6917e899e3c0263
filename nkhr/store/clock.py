"""How a worker learns, once a second and beside its requests, that the public record has changed.

A thread reads the one row of `publishing.generation`, on a connection of its own that waits for no
lock. What it knows is replaced whole, so requests read it without a lock. When the database has not
answered for three seconds, what is known is no longer believed, and the store lets all pass.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections import deque
from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.utils import timezone

from advocacy.hits import counts
from advocacy.publishing import generation

from .pages import Pages

log = logging.getLogger(__name__)

EVERY_S = 1.0
AGAIN_S = 0.05  # after a lock: on a rollback journal a commit takes some milliseconds
AT_LEAST_S = 0.01  # however often it is called
BELIEVED_S = 3.0
STATEMENT_MS = 1000
AT_ONCE = 500  # items in one query: databases limit its parameters


class Known(NamedTuple):
    """The generation; when it ends by itself (seconds since the epoch); until when, on the
    monotonic clock, both are believed.
    """

    generation: int = -1
    next_change: float = math.inf
    believed_until: float = -math.inf


class Clock:
    """Ticks by itself once `start()` was called; tests call `tick()`."""

    def __init__(self, pages: Pages, every_s: float = EVERY_S) -> None:
        self.pages = pages
        self.every_s = every_s
        self.after_fork()

    def after_fork(self) -> None:
        """Threads do not live on in a forked child: it begins anew, knowing nothing."""
        self.known = Known()
        self.learnt_at: datetime | None = None
        self.turn: int | None = None
        self.unread: deque[UUID] = deque()
        self.starting = threading.Lock()
        self.thread: threading.Thread | None = None
        self.called = threading.Event()
        self.stopped = threading.Event()

    def start(self) -> None:
        """See that the thread runs, in the process that serves."""
        if self.thread is None:
            with self.starting:
                if self.thread is None:
                    self.thread = threading.Thread(target=self._run, name="store", daemon=True)
                    self.thread.start()

    def stop(self) -> None:
        self.stopped.set()
        self.called.set()
        if self.thread is not None:
            self.thread.join()

    def hurry(self) -> None:
        """Tick at once: a request has found that the generation is over."""
        self.called.set()

    def tick(self, at: datetime | None = None) -> None:
        """Learn the generation and bring the counts that changed. Raises DatabaseError."""
        self._learn(at or timezone.now())
        self._bring_counts()

    def _learn(self, at: datetime) -> None:
        if self.learnt_at is None or at < self.learnt_at:  # set back, perhaps while nothing ran
            generation.set_right(at)
        asked = time.monotonic()
        value, ends_at = generation.look()
        try:
            if ends_at and ends_at <= at and generation.move_on(at):
                value, ends_at = generation.look()
        finally:  # a lock kept us from moving on: what ends by itself has ended all the same
            before = self.known
            self.known = Known(
                value, ends_at.timestamp() if ends_at else math.inf, asked + BELIEVED_S
            )
            if value != before.generation:
                self.pages.clear()
                ContentType.objects.clear_cache()  # a restore may have brought others
        self.learnt_at = at

    def _bring_counts(self) -> None:
        """Write changed numbers of reads into the pages that show them."""
        if self.turn is None:
            self.turn = counts.last_turn()
        changed, turn = counts.changed_since(self.turn)
        waiting = len(self.unread)
        if changed is None or changed or waiting:
            shown = {page.item for page in self.pages if page.item}
            if changed is not None:
                shown &= changed | {self.unread[place] for place in range(waiting)}
            self._show(shown)
        self.turn = turn
        for _ in range(waiting):
            self.unread.popleft()

    def _show(self, items: Iterable[UUID]) -> None:
        rest = iter(items)
        while some := list(islice(rest, AT_ONCE)):
            numbers = counts.views_of(some)
            for page in self.pages:
                if page.item in numbers:
                    page.show(numbers[page.item])

    def _run(self) -> None:
        _wait_for_nobody()
        silent = False
        while not self.stopped.is_set():
            pause = self.every_s
            try:
                connection.close_if_unusable_or_obsolete()
                self.tick()
            except DatabaseError as error:
                log.debug("The store asks again: %s", error)
                pause = AGAIN_S
            except Exception:
                log.exception("The store could not learn what has changed")
            was_silent, silent = silent, time.monotonic() > self.known.believed_until
            if silent and not was_silent:
                log.warning("The database does not answer: the store lets every request pass.")
            if self.called.wait(pause):
                self.called.clear()
                self.stopped.wait(AT_LEAST_S)
        connections.close_all()


def _wait_for_nobody() -> None:
    """Give this thread a connection that fails at once where others would wait for a lock."""
    own = connections.create_connection(DEFAULT_DB_ALIAS)
    options = dict(own.settings_dict["OPTIONS"])
    if own.vendor == "sqlite":
        options["timeout"] = 0
    else:
        given = options.get("options", "")
        options["options"] = f"{given} -c statement_timeout={STATEMENT_MS}".strip()
        options["connect_timeout"] = 2
        options["tcp_user_timeout"] = 2000  # milliseconds: a cable was pulled
        options.pop("pool", None)
    own.settings_dict = {**own.settings_dict, "OPTIONS": options, "CONN_MAX_AGE": None}
    connections[DEFAULT_DB_ALIAS] = own
