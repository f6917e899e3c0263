"""Files that were stored before each was asked what no search can look into: asked now, some at a time."""

from __future__ import annotations

from django_tasks import task

from . import storage
from .files import pipeline
from .files.pipeline import Refused
from .models import Attachment

_AT_ONCE = 20  # then others' work has its turn


@task()
def look_into_files() -> None:
    waiting = Attachment.objects.filter(unread__isnull=True).order_by("pk")
    for attachment in waiting[:_AT_ONCE]:
        _look(attachment)
    if waiting.exists():
        look_into_files.enqueue()


def _look(attachment: Attachment) -> None:
    """What nobody can look at is known as that, so a person has to."""
    try:
        with storage.workplace() as directory:
            source = directory / "stored"
            storage.fetch(attachment.key, source)
            found: list = list(pipeline.look(source, directory))
    except (FileNotFoundError, Refused):
        found = [{"page": 0, "why": "failed"}]
    # Not of the bytes that were put in its place meanwhile: of those more is known.
    Attachment.objects.filter(pk=attachment.pk, key=attachment.key).update(unread=found)
