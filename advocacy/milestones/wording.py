"""What is said of a milestone in a few words, in the language of the page."""

from __future__ import annotations

import re
from typing import Protocol

from django.utils.translation import gettext as _

from advocacy.un.bodies import BODIES

from .models import Milestone

# Between a number and its word, so that no line of a narrow column ends in a number.
_BOUND = re.compile(r"(?<=\d) |(?<!,) (?=\d)")


class Decided(Protocol):
    outcome: str
    votes_for: int | None
    votes_against: int | None
    votes_abstaining: int | None

    def get_outcome_display(self) -> str: ...


def outcome(decided: Decided) -> str:
    """How it was decided, the three numbers of a vote in full; "" where there is nothing to say."""
    if decided.outcome == Milestone.Outcome.VOTE:
        said = _("%(for)d in favour, %(against)d against, %(abstaining)d abstaining") % {
            "for": decided.votes_for,
            "against": decided.votes_against,
            "abstaining": decided.votes_abstaining,
        }
        return _BOUND.sub("\xa0", said)
    return str(decided.get_outcome_display())


def actor(milestone: Milestone) -> str:
    """Who acted: a UN body, or we, and before which body."""
    body = BODIES.get(milestone.body)
    if not milestone.own_step:
        return body.name() if body else ""
    if body is None:
        return _("Our own step")
    return _("Our own step, %(body)s") % {"body": body.name()}
