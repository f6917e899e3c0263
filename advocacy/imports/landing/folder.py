"""The files of an old site, in folders beside the dump. Nothing outside of these is ever opened."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

_DEEPEST = 12


class Folder:
    """`roots` may be the old site's `data`, the folder of one board in it, or anything between."""

    def __init__(self, roots: Iterable[Path] = ()) -> None:
        self.roots = [root.resolve() for root in roots]

    def find(self, named: str) -> Path | None:
        """The file a dump or a body names, by as much of its path as is there; None without."""
        path = unquote(urlsplit(named).path) if "://" in named or named[:2] == "//" else named
        for name in dict.fromkeys([path, unquote(path.partition("?")[0])]):
            if (found := self._find(name)) is not None:
                return found
        return None

    def _find(self, name: str) -> Path | None:
        parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
        if ".." in parts or "\0" in name:
            return None
        for form in ("NFC", "NFD"):
            formed = [unicodedata.normalize(form, part) for part in parts[-_DEEPEST:]]
            for start in range(len(formed)):
                for root in self.roots:
                    if (found := _within(root, formed[start:])) is not None:
                        return found
        return None


def _within(root: Path, parts: list[str]) -> Path | None:
    try:
        found = root.joinpath(*parts).resolve()
        return found if found.is_relative_to(root) and found.is_file() else None
    except (OSError, ValueError):  # a name no file can have
        return None
