"""What the site tells its webmaster when it is checked."""

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Warning
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from nkhr.environment import journal_mode


def places_can_be_written(**kwargs: Any) -> list[CheckMessage]:
    """VAR_DIR and MEDIA_ROOT exist and can be written."""
    places = {"VAR_DIR": settings.VAR_DIR, "MEDIA_ROOT": settings.MEDIA_ROOT}
    return [
        Error(
            f"{name} is {place}, where this user cannot write.",
            hint="Make the directory and give it to the user the site runs as.",
            id="nkhr.E001",
        )
        for name, place in places.items()
        if not (Path(place).is_dir() and os.access(place, os.W_OK | os.X_OK))
    ]


def proxies_are_declared(**kwargs: Any) -> list[CheckMessage]:
    """Behind an undeclared proxy every reader looks like the proxy, and https like http."""
    if settings.TRUSTED_PROXIES:
        return []
    return [
        Warning(
            "TRUSTED_PROXIES is empty, so what the server in front says of its readers is ignored.",
            hint="Name the server that ends TLS, such as TRUSTED_PROXIES=127.0.0.1.",
            id="nkhr.W001",
        )
    ]


def journal_of_sqlite(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Which journal SQLite keeps and why; an error if it keeps another one."""
    messages: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if not isinstance(connection, DatabaseWrapper) or connection.is_in_memory_db():
            continue
        version = sqlite3.sqlite_version_info
        release = ".".join(map(str, version))
        mode, reason = journal_mode(version)
        with connection.cursor() as cursor:
            actual = cursor.execute("PRAGMA journal_mode").fetchone()[0].upper()
        if actual == mode:
            messages.append(
                Info(f"SQLite {release} keeps a {mode} journal: {reason}.", id="nkhr.I001")
            )
        else:
            messages.append(
                Error(
                    f"SQLite {release} should keep a {mode} journal ({reason}), not {actual}.",
                    hint="Stop every process that holds the database open, then start again.",
                    id="nkhr.E002",
                )
            )
    return messages
