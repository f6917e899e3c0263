"""Imports that were started at the desk: a task does each a stretch at a time.

The next stretch reads the source from its beginning and passes over what has come down. So a worker that
is killed loses nothing, and no other task waits for long.
"""

from __future__ import annotations

import io
import time
from collections import Counter
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django_tasks import task

from advocacy.tasks import names

from . import places, systems
from .landing import Folder, Landing, Line
from .landing.batches import BATCH
from .landing.lines import Report
from .models import Run

STRETCH_S = 120.0  # a fifth of what a worker has for one attempt (tasks.models.LEASE)


@task()
def go_on(run: str) -> str:
    """A stretch of an import; how far it has come."""
    found = Run.objects.filter(uuid=UUID(run)).select_related("by").first()
    if found is None or not found.is_under_way:
        return ""
    with translation.override(found.language):
        try:
            _stretch(found)
        except FileNotFoundError as error:
            found.state, found.ended_at = Run.State.FAILED, timezone.now()
            found.problem = _("“%s” is not on this machine any more.") % Path(error.filename).name
            found.save()
    if found.is_under_way:
        go_on.enqueue(run)
    return found.state


def register() -> None:
    names.register(go_on, lambda run: gettext("to bring posts of the old site across"))


def start(run: Run) -> None:
    run.save()
    go_on.enqueue(str(run.uuid))


def _stretch(run: Run) -> None:
    until = time.monotonic() + STRETCH_S
    read = [0, 1]

    def tell(done: int, total: int) -> None:
        read[:] = done, total

    source = places.of(run.dump)
    boards = [board.strip() for board in run.boards.split(",") if board.strip()]
    folder = Folder([places.of(run.files)] if run.files else [])
    hosts = [run.host] if run.host else []
    landing = Landing(folder, dry=run.dry, by=run.by, hosts=hosts)
    rows = systems.opened(run.system, source, boards, tell)
    lines = landing.land(islice(rows, run.rows, None))
    run.state = Run.State.RUNNING
    while batch := list(islice(lines, BATCH)):
        run.share = min(100, 100 * read[0] // max(1, read[1]))
        _note(run, batch)
        if time.monotonic() > until:
            return
    run.state, run.share, run.ended_at = Run.State.DONE, 100, timezone.now()
    _note(run, [])


@transaction.atomic
def _note(run: Run, lines: list[Line]) -> None:
    """Write down how far it has come, with the report of these."""
    said = io.StringIO(newline="")
    report = Report(said, goes_on=run.report_parts.exists())
    for line in lines:
        report.note(line)
    if text := said.getvalue():
        run.report_parts.create(text=text)
    run.rows += len(lines)
    run.counts = dict(Counter(run.counts) + Counter(line.outcome.value for line in lines))
    run.save()
