"""Keeps the register in a database of its own, and everything else out of it."""

from __future__ import annotations

from typing import Any

ALIAS = "register"
LABEL = "protection"


class RegisterRouter:
    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return ALIAS if model._meta.app_label == LABEL else None

    db_for_write = db_for_read

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool | None:
        labels = {one._meta.app_label, other._meta.app_label}
        return None if LABEL not in labels else labels == {LABEL}

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        if db == ALIAS or app_label == LABEL:
            return (db, app_label) == (ALIAS, LABEL)
        return None
