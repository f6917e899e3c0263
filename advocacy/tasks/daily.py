"""Work that is done once a day, by itself: put into the queue whenever it has not been there for a day.

When that was, the rows of the queue say: a restart forgets nothing and repeats nothing. Two machines
that ask in the same moment may both put it there, and a task bears to be done twice.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.base import Task as Work

from . import names
from .models import Task

EVERY = timedelta(days=1)
_UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)

_daily: list[Work] = []


def register(work: Work, say: names.Say) -> None:
    """Have `work`, which takes no arguments, done daily; `say` names it before staff."""
    names.register(work, say)
    if work not in _daily:
        _daily.append(work)


def enqueue_due(at: datetime | None = None) -> int:
    """Put what is due into the queue; how much that was. One query, where nothing is."""
    recent = (at or timezone.now()) - EVERY
    there = Task.objects.filter(
        Q(enqueued_at__gt=recent) | Q(status__in=_UNFINISHED),
        task_path__in=[work.module_path for work in _daily],
    )
    known = set(there.values_list("task_path", flat=True)) if _daily else set()
    due = [work for work in _daily if work.module_path not in known]
    for work in due:
        work.enqueue()
    return len(due)
