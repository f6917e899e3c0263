"""How large and how costly one file may be. Checked before it is parsed, and while it is."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """For one file. The last three hold for the process that reads it."""

    bytes: int = 50 * MEGABYTE
    pixels: int = 64_000_000  # width times height, before anything is decoded
    pages: int = 2_000
    characters: int = 20_000_000  # of text, over all pages
    memory: int = 2048 * MEGABYTE  # address space, in bytes
    cpu_seconds: int = 60
    wall_seconds: float = 120
