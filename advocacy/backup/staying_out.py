"""What was taken out of the site for good, and must not come back with a backup.

A slice above keeps the ledger of it and registers that at start.
"""

from __future__ import annotations

from typing import Protocol


class KeptOut(Protocol):
    """The ledger as a restore found it."""

    def take_out(self) -> set[str]:
        """Take all of it out of the database that `connection` leads to; the keys of files that
        nothing names any more. Raises Refused.
        """
        ...


class Ledger(Protocol):
    def number(self) -> int:
        """How long it is in the database that `connection` leads to: a manifest says so."""
        ...

    def gather(self, number: int, confirmed_by: str) -> KeptOut:
        """Of this site, before a backup whose manifest says `number` takes its place. Raises Refused
        where it is shorter and no case officer has confirmed it.
        """
        ...


_ledgers: list[Ledger] = []


def register(ledger: Ledger) -> None:
    _ledgers[:] = [ledger]


def ledger() -> Ledger:
    return _ledgers[0]
