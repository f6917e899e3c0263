"""Why a file was refused, as a code that crosses from the reading process to the site."""

from __future__ import annotations


class Unfit(Exception):
    """This file cannot be taken. `code` is a key of `sentences.REFUSALS`, `facts` fill it in."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
