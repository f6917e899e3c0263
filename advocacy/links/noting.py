"""What was found out about a link becomes its state."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from advocacy.publishing import generation

from .addresses import LONGEST
from .checking import Found
from .models import Link, Place
from .trouble import Trouble

#: So many failures in a row, a day apart, before a link counts as dead: sites are down for a night.
PATIENCE = 3
GONE = {404, 410}
State = Link.State
_REFUSED = {Trouble.ADDRESS, Trouble.PRIVATE}
_UNCLEAR = {Trouble.ROBOTS, Trouble.LOOP}  # readers are let in, or have the cookie that ends it


@transaction.atomic
def note(pk: int, found: Found, at: datetime) -> Link | None:
    """The link with its new state; None if no text has it any more.

    What readers are shown of it changes with it, in the same transaction.
    """
    link = Link.objects.select_for_update().filter(pk=pk).first()
    if link is None:
        return None
    was_dead, before = link.is_dead, link.state
    outcome = _outcome(found, is_own=link.is_own)
    link.failures = min(link.failures + 1, 1000) if outcome == State.DEAD else 0
    link.state = _state(link, outcome)
    if link.state != before:
        link.since = at
    link.checked_at, link.status = at, found.status
    link.trouble = found.trouble or ""
    link.redirected_to = found.redirected_to if len(found.redirected_to) <= LONGEST else ""
    link.save()
    if link.is_dead != was_dead and Place.objects.filter(link=link, field="coverage").exists():
        generation.bump()
    return link


def _outcome(found: Found, *, is_own: bool) -> str:
    """What one look says by itself."""
    if found.trouble is not None:
        if found.trouble in _REFUSED:
            return State.REFUSED
        return State.UNCLEAR if found.trouble in _UNCLEAR else State.DEAD
    status = found.status or 0
    if 200 <= status < 400:
        return State.MOVED if found.is_moved else State.WORKS
    if status in GONE or (500 <= status < 600 and not is_own):
        return State.DEAD
    return State.UNCLEAR  # it wants something of a machine that it does not want of a reader


def _state(link: Link, outcome: str) -> str:
    """A page of our own is there or not; of others' one waits what the next days bring."""
    if outcome != State.DEAD or link.is_own:
        return outcome
    return State.DEAD if link.failures >= PATIENCE or link.is_dead else State.FAILING
