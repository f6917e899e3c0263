"""Looks after links in the background, in pieces, and lets all other tasks go first."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django_tasks import task

from advocacy.tasks import names

from . import gathering, looking
from .checking import Checker

LAST = -50  # of the priorities of tasks, which go from -100 to 100
PIECE_S = 20.0  # of each piece; somebody's picture may wait to be drawn
PAUSE = timedelta(seconds=30)


@task(priority=LAST)
def look_after_links() -> int:
    """For once a day; each link is asked for once a week."""
    number = gathering.gather()
    go_on.enqueue()
    return number


@task(priority=LAST)
def go_on() -> int:
    """Look at some more of what is due."""
    others = _others() if settings.CHECK_LINKS else None
    looked = looking.look(others, seconds=PIECE_S)
    if not looked.is_done:
        later = timezone.now() + (timedelta() if looked.number else PAUSE)
        go_on.using(run_after=later).enqueue()
    return looked.number


names.register(go_on, lambda: gettext("to look at the links of public texts"))


@cache
def _others() -> Checker:
    """One for the life of a process: it knows which site is to be asked when."""
    return looking.checker()
