"""The mark of staff: a signed cookie that says no more than that its bearer passes by the store.

It opens nothing. Django asks the session who somebody is, as ever; whoever copies the mark sees
the same pages as everyone, rendered afresh.
"""

from __future__ import annotations

import time
from functools import lru_cache

from django.core.signing import BadSignature, Signer

COOKIE = "staff"
LASTS_S = 12 * 60 * 60
RENEWED_AFTER_S = 60 * 60

_signer_salt = "nkhr.store.marker"


def make(at: float | None = None) -> str:
    """A mark that lasts twelve hours from `at` (seconds since the epoch)."""
    ends_at = int((time.time() if at is None else at) + LASTS_S)
    return Signer(salt=_signer_salt).sign(str(ends_at))


def seconds_left(mark: str, at: float | None = None) -> float:
    """How long a mark still lasts; 0 if it is over, or not ours."""
    try:
        ends_at = _ends_at(mark)
    except BadSignature:
        return 0
    return max(0.0, ends_at - (time.time() if at is None else at))


@lru_cache(maxsize=1024)
def _ends_at(mark: str) -> int:
    """Raises BadSignature, which is not remembered: forged marks take no place from real ones."""
    return int(Signer(salt=_signer_salt).unsign(mark))


def is_in(cookies: str) -> bool:
    """Whether a valid mark is among the cookies of a request, as its header gives them."""
    for cookie in cookies.split(";"):
        name, _, value = cookie.strip().partition("=")
        if name == COOKIE and seconds_left(value):
            return True
    return False
