"""A site whose workers are killed; `main` is called in a process of its own.

Workers are forked from a process that has the site loaded, each as a machine of its own or as the
next on the same one, and killed with SIGKILL. What is left in the end is told as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connections
from PIL import Image

from advocacy.attachments import actions, drawing, storage
from advocacy.attachments.files import pipeline
from advocacy.attachments.models import Attachment
from advocacy.attachments.sweep import sweep
from advocacy.tasks import daily, models, worker
from advocacy.tasks.models import Task

PATIENCE_S = 120
alive: set[int] = set()
MACHINES = 2
#: What is replaced, and whether the worker dies before that is called or after it.
INSTANTS: list[tuple[Any, str, bool]] = [
    (worker, "_attempt", True),  # claimed
    (drawing, "_missing", True),  # fetched
    (pipeline, "_ask", False),  # while the reader draws
    (pipeline, "draw", False),
    (storage, "keep", False),  # one of all
    (drawing, "rows", True),  # all stored, and the attachment's row held
    (Attachment, "bump_if_visible", False),  # rows written, not committed
    (drawing, "_keep", False),  # committed
    (Task, "succeed", True),
    (Task, "succeed", False),
]


def upload(number: int) -> None:
    for _picture in range(number):
        colour = tuple(random.randbytes(3))
        with tempfile.NamedTemporaryFile(suffix=".png") as file:
            Image.new("RGB", (500, 300), colour).save(file.name)
            actions.store(source=Path(file.name), title="A hall", decorative=True)


def deadly(function: Callable, *, before: bool) -> Callable:
    def called(*args: Any, **kwargs: Any) -> Any:
        if not before:
            function(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    return called


def fork(machine: int, prepare: Callable[[], None] = lambda: None) -> int:
    """A server process of that machine, with nothing but its worker."""
    connections.close_all()
    if child := os.fork():
        alive.add(child)
        return child
    settings.VAR_DIR = settings.VAR_DIR / f"machine-{machine}"
    settings.VAR_DIR.mkdir(exist_ok=True)
    prepare()
    worker.run_forever(threading.Event(), 0.02)
    os._exit(1)


def kill(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    mourn(child)


def mourn(child: int) -> None:
    """Wait until it is dead, by the signal that cannot be caught."""
    statuses: list[int] = []

    def is_dead() -> bool:
        pid, status = os.waitpid(child, os.WNOHANG)
        statuses.append(status)
        return pid == child

    until(is_dead)
    alive.remove(child)
    assert os.WTERMSIG(statuses[-1]) == signal.SIGKILL


def until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.02)


def is_idle() -> bool:
    return not Task.objects.exclude(status="SUCCESSFUL").exists()


def at_every_instant(number: int) -> None:
    upload(number)
    for owner, name, before in INSTANTS:
        function = getattr(owner, name)

        def prepare(owner=owner, name=name, function=function, before=before) -> None:
            setattr(owner, name, deadly(function, before=before))

        mourn(fork(1, prepare))


def at_random(number: int) -> None:
    """Two processes on each machine, one of which works while the other waits for its death."""
    chance = random.Random(20261125)
    children = {(machine, place): fork(machine) for machine in range(MACHINES) for place in "ab"}
    for _kill in range(number):
        if chance.random() < 0.5:
            upload(1)
        time.sleep(0.6 * chance.random())
        who = chance.choice(list(children))
        kill(children[who])
        children[who] = fork(who[0])
    for child in children.values():
        kill(child)


def finish() -> None:
    """Let one last worker of each machine do what is left."""
    for machine in range(MACHINES):
        fork(machine)
    until(is_idle)


def told() -> dict[str, Any]:
    """After a sweep, as a killed attempt may leave bytes that no row names."""
    sweep(older_than=timedelta(0))
    keys, wrong = set(), []
    for attachment in Attachment.objects.prefetch_related("renditions"):
        drawn = attachment.renditions.all()
        keys |= {attachment.key, *(one.key for one in drawn)}
        there = sorted((one.format, one.width, one.height) for one in drawn)
        if not attachment.is_drawn or there != sorted(attachment.renditions_wanted()):
            wrong.append(attachment.pk)
    return {
        "pictures": Attachment.objects.count(),
        "wrong": wrong,
        "missing": [key for key in keys if not default_storage.exists(key)],
        "tasks": Task.objects.count(),
        "attempts": sum(task.attempts for task in Task.objects.all()),
    }


def main(work: str, number: int) -> None:
    models.PAUSES = (timedelta(0),) * 10_000
    models.LEASE = timedelta(days=1)  # the other machine is never thought dead
    worker.RECOVER_EVERY = 1
    daily.enqueue_due = lambda: 0  # what is told counts the tasks of pictures
    try:
        {"instants": at_every_instant, "random": at_random}[work](number)
        finish()
        print(json.dumps(told()))
    finally:
        for child in list(alive):
            kill(child)
