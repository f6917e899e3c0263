"""Who looked into the register, how often that may be, and when a case officer should be told.

An editor who types one name after another into a draft, and looks what the check says, could find out
who is in the register. So looks are counted. Who has had too many waits before publishing; saving
never waits.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from .letters import write_to_case_officers
from .models import Alert, Use

#: Saves with other words in an hour: more than anybody writes, fewer than tell much.
MOST_LOOKS = 60
#: Different protected persons met in an hour by one person's texts.
MOST_PEOPLE = 5


def waits_until(user: Any, at: datetime) -> datetime | None:
    """Until when this person has to wait for the next look; None: not at all."""
    if user is None:
        return None
    looks = list(Use.objects.lately(user.pk, at).order_by("at"))
    if len(looks) < MOST_LOOKS and len(_met(looks)) <= MOST_PEOPLE:
        return None
    return looks[max(0, len(looks) - MOST_LOOKS)].at + Use.WINDOW


def note(user: Any, record: Any, people: Iterable[str], at: datetime) -> None:
    """Write a look down; tell case officers when somebody meets more people than a text is about."""
    by = None if user is None else user.pk
    Use.objects.filter(at__lt=at - Use.KEPT).delete()
    Use.objects.create(at=at, by=by, record=record, people=sorted(people))
    if by is None:
        return
    met = _met(Use.objects.lately(by, at))
    is_known = Alert.objects.filter(by=by, at__gt=at - Use.WINDOW).exists()
    if len(met) >= MOST_PEOPLE and not is_known:
        Alert.objects.create(at=at, by=by)
        write_to_case_officers()


def _met(looks: Iterable[Use]) -> set[str]:
    return {person for look in looks for person in look.people}
