"""What is said of a milestone in a few words, in the language of the page."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from advocacy.un.bodies import BODIES

from .models import Milestone

# Between a number and its word, so that no line of a narrow column ends in a number.
_BOUND = re.compile(r"(?<=\d) |(?<!,) (?=\d)")


def outcome(milestone: Milestone) -> str:
    """How it was decided, the three numbers of a vote in full; "" where there is nothing to say."""
    if milestone.outcome == Milestone.Outcome.VOTE:
        said = _("%(for)d in favour, %(against)d against, %(abstaining)d abstaining") % {
            "for": milestone.votes_for,
            "against": milestone.votes_against,
            "abstaining": milestone.votes_abstaining,
        }
        return _BOUND.sub("\xa0", said)
    return str(milestone.get_outcome_display())


def actor(milestone: Milestone) -> str:
    """Who acted: a UN body, or we, and before which body."""
    body = BODIES.get(milestone.body)
    if not milestone.own_step:
        return body.name() if body else ""
    if body is None:
        return _("Our own step")
    return _("Our own step, %(body)s") % {"body": body.name()}
