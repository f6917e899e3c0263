"""Does what waits, one task after the other: one worker on each machine.

Every server process runs `run_forever` in a thread, and the lock of `tasks.lock` lets one of them
work; when it is killed, the kernel lets the next one in. So whoever holds the lock knows that no
other worker of this machine is at anything: what is written down as running here was cut off. Of
other machines it knows that when the lease is over.
"""

from __future__ import annotations

import logging
import secrets
import threading
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, close_old_connections, connections, transaction
from django_tasks_db.compat import normalize_json

from advocacy.locks import locked

from . import daily
from .models import Task, WorkerDied

log = logging.getLogger(__name__)

EVERY_S = 1.0
# In turns: a task done, or nothing to do for a second.
RECOVER_EVERY = 10
LOOK_AT_THE_CLOCK_EVERY = 600


def run_forever(stop: threading.Event, every_s: float = EVERY_S) -> None:
    """The background thread of a server process, until `stop` is set. Never raises."""
    while not stop.wait(every_s):
        try:
            with locked(Path(settings.VAR_DIR) / "tasks.lock", wait=False) as mine:
                if mine:
                    _work(stop, every_s)
        except Exception:
            log.exception("The worker failed")
            stop.wait(60 * every_s)
    connections.close_all()


def _work(stop: threading.Event, every_s: float) -> None:
    """Holding the lock. A database that is locked or away is asked again in the next turn."""
    machine, turn, busy = machine_name(), 0, True
    while not stop.wait(0 if busy else every_s):
        close_old_connections()
        try:
            if turn % RECOVER_EVERY == 0:
                recover(machine)
            if turn % LOOK_AT_THE_CLOCK_EVERY == 0:
                Task.objects.past().delete()
                daily.enqueue_due()
            busy = do_next(machine)
        except OperationalError as error:
            log.info("The worker tries again later: %s", error)
            busy = False
        turn += 1


def do_next(machine: str) -> bool:
    """Do the first task that is due; False if there is none. Raises DatabaseError."""
    due = Task.objects.ready()
    if not due.exists():  # asked without the lock that a claim takes
        return False
    with transaction.atomic():
        task = due.select_for_update(skip_locked=True).first()
        if task is None:  # another machine was faster
            return False
        task.claim(machine)
    _attempt(task)
    return True


def _attempt(task: Task) -> None:
    try:
        result = task.task_result
        value = normalize_json(result.task.call(*result.args, **result.kwargs))
    except BaseException as error:  # nothing it raises may end the worker
        log.exception("Attempt %d at a task failed: %s", task.attempts, task.task_path)
        task.fail(error)
    else:
        task.succeed(value)


def recover(machine: str, at: datetime | None = None) -> int:
    """Give back what its worker can no longer be at; the number of such tasks."""
    running = Task.objects.running().order_by("pk")
    abandoned = [task for task in running if task.is_abandoned(machine, at)]
    return sum(task.fail(WorkerDied("The worker ended during the task."), at) for task in abandoned)


def machine_name() -> str:
    """A random name for whatever shares VAR_DIR, made once. To be asked by whoever holds the lock."""
    path = Path(settings.VAR_DIR) / "machine"
    if not path.exists() or not path.read_text():
        half = path.with_suffix(".half")
        half.write_text(secrets.token_hex(8))
        half.replace(path)
    return path.read_text()
