"""The register at rest: what is written to its database can be read with the site's key alone.

Fernet (AES-128-CBC with HMAC-SHA256), of the `cryptography` package. The key
comes from the environment and is in no backup.
"""

from __future__ import annotations

import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


class Unreadable(Exception):
    """There is a register, and it cannot be read; why, for the log: it holds no word of it."""


def seal(value: Any) -> bytes:
    return _lock().encrypt(json.dumps(value, ensure_ascii=False).encode())


def unseal(sealed: bytes) -> Any:
    try:
        return json.loads(_lock().decrypt(bytes(sealed)))
    except InvalidToken:
        raise Unreadable("the key does not fit") from None


def check_keys() -> None:
    """Raises Unreadable where there is no key, or one that is none."""
    _lock()


def _lock() -> MultiFernet:
    """The first key of REGISTER_KEY seals; the others still open what was sealed before a change."""
    try:
        return MultiFernet([Fernet(key) for key in settings.REGISTER_KEYS])
    except ValueError:
        raise Unreadable(
            "REGISTER_KEY is missing, or not as `manage.py register_key` makes it"
        ) from None


class SealedField(models.BinaryField):
    """Any JSON, sealed on its way to the database and opened on its way from it."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return None if value is None else unseal(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        sealed = None if value is None else seal(value)
        return super().get_db_prep_value(sealed, connection, prepared)
