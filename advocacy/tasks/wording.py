"""What is wrong with a task, in a sentence for staff."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Task


def trouble(task: Task) -> str:
    if task.is_given_up:
        sentence = ngettext(
            "Not done after %(n)d attempt: %(task)s.",
            "Not done after %(n)d attempts: %(task)s.",
            task.attempts,
        )
        return sentence % {"n": task.attempts, "task": task}
    return _("Waiting for more than an hour: %(task)s.") % {"task": task}
