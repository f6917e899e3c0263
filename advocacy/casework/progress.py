"""How far the work is, noted so often that whoever looks sees that it goes on."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from .models import Withdrawal

EVERY_S = 1.0


class Progress:
    """Saves the withdrawal as it stands: call it where that is where it goes on after a kill."""

    def __init__(self, work: Withdrawal) -> None:
        self._work, self._saved_at = work, time.monotonic()

    def add(self, number: int) -> None:
        self._work.done += number
        if time.monotonic() > self._saved_at + EVERY_S:
            self._work.save()
            self._saved_at = time.monotonic()


class Told(NamedTuple):
    """`done` of `steps`, a part of one with it; what is being done; for how many seconds by now."""

    done: float
    steps: int
    sentence: str
    seconds: int


_SENTENCES = {
    "tables": _("Texts are being read: %(done)s of %(total)s."),
    "documents": _("Documents are being opened: %(done)s of %(total)s."),
    "again": _("What was saved meanwhile is being looked for: %(done)s of %(total)s texts."),
    "files": _("Files are being deleted."),
    "words": _("The search is forgetting what is gone."),
    "disk": _("What was deleted is being taken off the disk."),
    "scan": _("Every byte is being read: %(bytes)s so far."),
}


def told(work: Withdrawal, steps: Sequence[str], at: datetime) -> Told:
    place = steps.index(work.step) if work.step in steps else 0
    part = min(1.0, work.done / work.total) if work.total else 0.0
    said = {
        "done": number_format(work.done, force_grouping=True),
        "total": number_format(work.total, force_grouping=True),
        "bytes": filesizeformat(work.done),
    }
    sentence = str(_SENTENCES.get(work.step, "")) % said
    since = work.confirmed_at or work.started_at
    return Told(place + part, len(steps), sentence, int((at - since).total_seconds()))
