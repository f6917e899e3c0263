"""Tasks to be done by tests."""

import sys
from datetime import datetime

from django.utils import timezone
from django_tasks import task

from advocacy.tasks import worker
from advocacy.tasks.models import Task

HERE, THERE = "this machine", "another"
done: list[str] = []


@task()
def note(word: str) -> str:
    done.append(word)
    return word.upper()


@task()
def fail(word: str) -> None:
    done.append(word)
    raise ValueError(f"no {word}")


@task()
def leave() -> None:
    sys.exit("enough")


def queued(work, *arguments) -> Task:
    return Task.objects.get(pk=work.enqueue(*arguments).id)


def taken(task: Task, machine: str = HERE, at: datetime | None = None) -> Task:
    """As a worker leaves it that is killed at work."""
    task = now(task)
    task.claim(machine)
    if at is not None:
        Task.objects.filter(pk=task.pk).update(started_at=at)
    return now(task)


def now(task: Task) -> Task:
    return Task.objects.get(pk=task.pk)


def do_all(machine: str = HERE) -> int:
    """Everything that is due."""
    number = 0
    while worker.do_next(machine):
        number += 1
    return number


def let_pass(task: Task) -> None:
    """The pause before the next attempt."""
    Task.objects.filter(pk=task.pk).update(run_after=timezone.now())
