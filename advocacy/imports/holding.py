"""The area of the storage in which files wait to be made PDFs; no address leads there."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from advocacy.attachments import storage

from .models import Held

FOLDER = "held"
#: A batch that is being written has stored its files before their rows can be seen.
YOUNG = timedelta(days=1)


def sweep(at: datetime | None = None) -> list[str]:
    """Remove what no row names, and say under which keys it was: left by a batch that was undone, or
    deleted at the desk while a backup counted on it.
    """
    before = (at or timezone.now()) - YOUNG
    try:
        _folders, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return []
    known = set(Held.objects.values_list("key", flat=True))
    unknown = [key for name in names if (key := f"{FOLDER}/{name}") not in known]
    left = [key for key in unknown if default_storage.get_modified_time(key) < before]
    storage.drop(left)
    return left
