"""Work done later, off the request path: rows of django-tasks-db, and what that leaves to us.

A row is made in the transaction that needs the work, so there is none without the other. Every
attempt is written down before it begins. One that ends badly, by an error or because its worker
was killed, is followed by another after a pause; after the last, staff are told.

Two attempts may overlap where a worker was only thought dead: a task must bear to be done twice.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from traceback import format_exception
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from . import names

#: After the first attempt, the second, and so on; one more attempt than pauses.
PAUSES = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
)
LEASE = timedelta(minutes=10)  # longer than any attempt: who has not ended by then is dead
OVERDUE = timedelta(hours=1)  # what is not done so long after its time is told to staff
KEEP_DONE = timedelta(days=7)
KEEP_GIVEN_UP = timedelta(days=90)


class WorkerDied(Exception):
    """The worker ended during the attempt: killed, out of memory, or its machine was."""


class TaskQuerySet(QuerySet):
    def ready(self, at: datetime | None = None):
        """What waits and is due."""
        due = Q(run_after=get_date_max()) | Q(run_after__lte=at or timezone.now())
        return self.filter(due, status=TaskResultStatus.READY)

    def running(self):
        return self.filter(status=TaskResultStatus.RUNNING)

    def given_up(self):
        return self.filter(status=TaskResultStatus.FAILED)

    def stuck(self, at: datetime | None = None):
        """What staff should know of: given up, or not done long after it should have been."""
        late = (at or timezone.now()) - OVERDUE
        waiting = Q(run_after__lt=late) | Q(run_after=get_date_max(), enqueued_at__lt=late)
        return self.filter(
            Q(status=TaskResultStatus.FAILED)
            | Q(waiting, status=TaskResultStatus.READY)
            | Q(status=TaskResultStatus.RUNNING, started_at__lt=late)
        ).order_by("-enqueued_at")

    def past(self, at: datetime | None = None):
        """Finished so long ago that nobody asks any more."""
        at = at or timezone.now()
        return self.filter(
            Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=at - KEEP_DONE)
            | Q(status=TaskResultStatus.FAILED, finished_at__lt=at - KEEP_GIVEN_UP)
        )


class Task(DBTaskResult):
    """One piece of work. `worker_ids` names the machine of each attempt."""

    objects = TaskQuerySet.as_manager()  # type: ignore[assignment,misc]  # with words of our own

    class Meta:
        proxy = True
        verbose_name = _("task")
        verbose_name_plural = _("tasks")

    def __str__(self) -> str:
        return names.of(self.task_path, self.args_kwargs)

    @property
    def attempts(self) -> int:
        return len(self.worker_ids)

    @property
    def is_given_up(self) -> bool:
        return self.status == TaskResultStatus.FAILED

    def is_abandoned(self, machine: str, at: datetime | None = None) -> bool:
        """Whether no worker is at this running task. To be asked by the one worker of `machine`,
        while it does nothing itself.
        """
        until = (at or timezone.now()) - LEASE
        return self.worker_ids[-1:] == [machine] or (self.started_at or until) <= until

    def succeed(self, value: Any = None, at: datetime | None = None) -> bool:
        return self._end(
            status=TaskResultStatus.SUCCESSFUL,
            finished_at=at or timezone.now(),
            return_value=value,
            exception_class_path="",
            traceback="",
        )

    def fail(self, error: BaseException, at: datetime | None = None) -> bool:
        """This attempt ended badly: let there be another after a pause, or give up."""
        at = at or timezone.now()
        told = {
            "exception_class_path": f"{type(error).__module__}.{type(error).__qualname__}",
            "traceback": "".join(format_exception(error)),
        }
        if self.attempts > len(PAUSES):
            return self._end(status=TaskResultStatus.FAILED, finished_at=at, **told)
        again = at + PAUSES[self.attempts - 1]
        return self._end(status=TaskResultStatus.READY, run_after=again, **told)

    def try_again(self) -> bool:
        """Begin from the first attempt, as staff have asked."""
        asked = Task.objects.given_up().filter(pk=self.pk)
        ready = {"status": TaskResultStatus.READY, "worker_ids": [], "run_after": get_date_max()}
        return bool(asked.update(**ready, enqueued_at=timezone.now(), finished_at=None))

    def _end(self, **changed: Any) -> bool:
        """False, and nothing done, if this attempt is no longer the one that counts."""
        this = Task.objects.running().filter(pk=self.pk, started_at=self.started_at)
        return bool(this.update(**changed))
