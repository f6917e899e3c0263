"""What many tests start from, loaded once and never committed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.test import override_settings

from advocacy.publishing.remembered import forget


@contextmanager
def uncommitted(place: Path) -> Iterator[None]:
    """What is done within is of an open transaction, its files below `place`. A test that has the
    database takes back what it does itself.
    """
    media, var = place / "media", place / "var"
    media.mkdir()
    var.mkdir()
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    storages = {**settings.STORAGES, "staticfiles": static}
    with (
        override_settings(MEDIA_ROOT=media, VAR_DIR=var, STORAGES=storages),
        transaction.atomic(),
    ):
        forget()
        yield
        transaction.set_rollback(True)
    forget()
