from __future__ import annotations

from typing import NamedTuple

from django import template

from advocacy.tasks.models import Task
from advocacy.tasks.wording import trouble

register = template.Library()
SHOWN = 5


class Stuck(NamedTuple):
    sentences: list[str]
    others: int  # that there is no room for


@register.simple_tag
def stuck_tasks() -> Stuck | None:
    """What was to be done in the background and was not, newest first."""
    stuck = Task.objects.stuck()
    sentences = [trouble(task) for task in stuck[:SHOWN]]
    others = stuck.count() - SHOWN if len(sentences) == SHOWN else 0
    return Stuck(sentences, others) if sentences else None
