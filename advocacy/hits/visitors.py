"""Readers told apart for a day, and forgotten.

A visitor is a keyed hash (BLAKE2b, 64 bits) of address and user agent under the salt of the day.
The salt is random, shared by all machines through the database, and deleted when its day is past in
Seoul; then nobody can say whose hash it was. Neither address nor user agent is stored anywhere, in
a file, a table or a log.
"""

import os
import secrets
import threading
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import blake2b

from django.db import DatabaseError
from django.utils import timezone

from . import days, trouble
from .addresses import address
from .models import SALT_BYTES, DayVisitors, Salt, Trouble

AHEAD = timedelta(minutes=10)
RETRY_S = 1.0

_lock = threading.Lock()
_salts: dict[int, bytes] = {}
_keyed: dict[int, blake2b] = {}
_stopgap = secrets.token_bytes(SALT_BYTES)
_stopgap_until = 0.0


def visitor(meta: Mapping[str, str], day: int) -> int:
    """The reader of this request (a WSGI environ), as a 64-bit number that means nothing on any
    other day.
    """
    keyed = _keyed.get(day)
    if keyed is None:
        keyed = _key(day)
    hash_ = keyed.copy()
    text = f"{address(meta)}\0{meta.get('HTTP_USER_AGENT', '')}"
    hash_.update(text.encode("utf-8", "surrogatepass"))
    return int.from_bytes(hash_.digest(), "big")


def _key(day: int) -> blake2b:
    """A hash that has taken in the secret of that day, to be copied for each hit. Only a secret
    that will stay is remembered.
    """
    secret = salt(day)
    keyed = blake2b(key=secret, digest_size=8)
    with _lock:
        if _salts.get(day) == secret:
            _keyed[day] = keyed
    return keyed


def salt(day: int) -> bytes:
    """The secret of `day`, from memory but for the first time.

    While the database does not answer, a secret of this process stands in for at most a second at a
    time: hits are not lost, though a reader may count on two workers as two.
    """
    global _stopgap_until
    if known := _salts.get(day):
        return known
    if time.monotonic() < _stopgap_until:
        return _stopgap
    try:
        row, _created = Salt.objects.get_or_create(day=days.as_date(day))
    except DatabaseError as error:
        _stopgap_until = time.monotonic() + RETRY_S
        trouble.remember(Trouble.What.SALT, error)
        return _stopgap
    with _lock:
        return _salts.setdefault(day, bytes(row.value))


def prepare(at: datetime | None = None) -> None:
    """Have the secrets of today, and shortly before midnight of tomorrow, in memory: so that no
    page waits for them.
    """
    at = at or timezone.now()
    today = days.number(at)
    salt(today)
    salt(days.number(at + AHEAD))
    with _lock:
        for past in [day for day in _salts if day < today]:
            del _salts[past]
            _keyed.pop(past, None)


def forget_past_days(at: datetime | None = None) -> None:
    """Delete the secrets of days that are past; and, a day later as a fold may be behind, who was
    seen on them.
    """
    today = days.as_date(days.today(at))
    Salt.objects.filter(day__lt=today).delete()
    DayVisitors.objects.filter(day__lt=today - timedelta(days=1)).delete()


def forget() -> None:
    """Empty the memory of this process: in a forked worker, and between tests."""
    global _lock, _stopgap, _stopgap_until
    _lock = threading.Lock()
    _salts.clear()
    _keyed.clear()
    _stopgap = secrets.token_bytes(SALT_BYTES)
    _stopgap_until = 0.0


os.register_at_fork(after_in_child=forget)
