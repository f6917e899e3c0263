"""What colleagues have heard of, and must not learn."""

from __future__ import annotations

from advocacy.publishing import actions

#: What a curious colleague has heard of, and what stands beside it in a title.
GUESS, SECRET = "zzguess", "zzsecret"
TITLE = f"{GUESS} {SECRET}"


def copy_of(record):
    return actions.open_working_copy(record=record, by=None)
