"""Looks at all links that are due: our own at once, others at the pace their sites bear."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import F, Min
from django.utils import timezone

from advocacy.locks import locked

from .asking import Web
from .checking import Checker, Found
from .models import Link
from .noting import note
from .own import Own
from .pace import OutOfTime, Pace

HOSTS_AT_ONCE = 8
HOSTS = 64  # in one round, each with some of its links
LINKS_OF_A_HOST = 8
OWN_AT_ONCE = 200

Tell = Callable[[str], None]


@dataclass
class Looked:
    """How many links are now in which state, of those that were looked at."""

    states: Counter[str] = field(default_factory=Counter)
    is_done: bool = False  # nothing is due any more
    is_busy: bool = False  # somebody else on this machine is at it

    @property
    def number(self) -> int:
        return self.states.total()


def agent() -> str:
    """Who we are, and where somebody who minds can find us."""
    return f"NKHR-links/1.0 (+{settings.SITE_URL}/)"


def checker() -> Checker:
    return Checker(Web(agent()), Pace())


def look(
    others: Checker | None,
    *,
    seconds: float,
    at: datetime | None = None,
    tell: Tell = lambda sentence: None,
) -> Looked:
    """Look for so long at what was due at `at`; without `others` at our own alone.

    What has been looked at is written down at once: whoever goes on later goes on from there.
    """
    at = at or timezone.now()
    until = time.monotonic() + seconds
    looked = Looked()
    with locked(Path(settings.VAR_DIR) / "links.lock", wait=False) as is_ours:
        looked.is_busy = not is_ours
        if is_ours:
            looked.is_done = _look_at_own(looked, at, until, tell)
            if looked.is_done and others is not None:
                looked.is_done = _look_at_others(others, looked, at, until, tell)
    return looked


def _look_at_own(looked: Looked, at: datetime, until: float, tell: Tell) -> bool:
    own = Own()
    due = Link.objects.own().due(at).longest_waiting_first()
    while rows := list(due.values_list("pk", "url")[:OWN_AT_ONCE]):
        for pk, url in rows:
            if time.monotonic() > until:
                return False
            _note(looked, pk, own.check(url), at, tell)
    return True


def _look_at_others(
    others: Checker, looked: Looked, at: datetime, until: float, tell: Tell
) -> bool:
    while rounds := _round(at):
        if time.monotonic() > until:
            return False
        before = looked.number
        with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
            jobs = [pool.submit(_of_one_host, others, links, until) for links in rounds]
            for job in as_completed(jobs):
                for pk, found in job.result():
                    _note(looked, pk, found, at, tell)
        if looked.number == before:  # the turn of each of them comes later
            return False
    return True


def _round(at: datetime) -> list[list[tuple[int, str]]]:
    """Some links of each of some hosts, those first that have waited longest."""
    due = Link.objects.elsewhere().due(at)
    hosts = due.values("host").annotate(first=Min("checked_at"), number=Min("pk"))
    waiting = hosts.order_by(F("first").asc(nulls_first=True), "number")
    return [
        list(
            due.filter(host=host).longest_waiting_first().values_list("pk", "url")[:LINKS_OF_A_HOST]
        )
        for host in waiting.values_list("host", flat=True)[:HOSTS]
    ]


def _of_one_host(
    others: Checker, links: list[tuple[int, str]], until: float
) -> list[tuple[int, Found]]:
    """In a thread, one after the other; it asks no database."""
    found = []
    with suppress(OutOfTime):
        for pk, url in links:
            found.append((pk, others.check(url, until=until)))
    return found


def _note(looked: Looked, pk: int, found: Found, at: datetime, tell: Tell) -> None:
    link = note(pk, found, at)
    if link is not None:
        looked.states[link.state] += 1
        tell(f"{looked.number} links looked at.")
