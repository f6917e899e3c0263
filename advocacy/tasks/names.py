"""What tasks are called before staff: each slice names its own beside their functions."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django_tasks.base import Task

Say = Callable[..., str]

_says: dict[str, Say] = {}


def register(task: Task, say: Say) -> None:
    """`say` is called with the arguments of one task and answers what that does, in words."""
    _says[task.module_path] = say


def of(path: str, arguments: dict[str, Any]) -> str:
    """The words for a stored task; without any, the name of its function."""
    with suppress(KeyError, TypeError):  # an earlier release gave it another name or arguments
        return _says[path](*arguments["args"], **arguments["kwargs"])
    return path.rpartition(".")[2]
