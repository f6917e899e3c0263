"""What can be imported, dumps and exports and tables, by the names that the desk gives them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from .boards import gnuboard, xe, zeroboard
from .dumps import Dump, Tell
from .records import Kind, Read

#: Given a file, the boards somebody asked for and whom to tell how far it has come.
Opening = Callable[[Path, Sequence[str], Tell], Read]


def _of_a_dump(read: Callable[[Dump, Sequence[str]], Read]) -> Opening:
    return lambda path, boards, tell: read(Dump(path, tell=tell), boards)


def _watched(name: str) -> Any:
    """Loaded when it is used: what reads workbooks and XML is a tenth of a worker's memory."""
    return import_string(f"advocacy.imports.watched.{name}")


def _of_wordpress(path: Path, boards: Sequence[str], tell: Tell) -> Read:
    read: Read = _watched("of_wordpress")(path, boards, tell)
    return read


def _of_a_table(kind: Kind) -> Opening:
    return lambda path, boards, tell: _watched("of_table")(path, kind, tell)


SYSTEMS: dict[str, tuple[str | Promise, Opening]] = {
    gnuboard.SOURCE: ("GNUboard 4, 5", _of_a_dump(gnuboard.read)),
    xe.SOURCE: ("XpressEngine, Rhymix", _of_a_dump(xe.read)),
    zeroboard.SOURCE: ("Zeroboard 4", _of_a_dump(zeroboard.read)),
    "wordpress": ("WordPress (WXR)", _of_wordpress),
    "table-article": (_("Table of articles (CSV, XLSX)"), _of_a_table(Kind.ARTICLE)),
    "table-milestone": (_("Table of milestones (CSV, XLSX)"), _of_a_table(Kind.MILESTONE)),
    "table-meeting": (_("Table of meetings (CSV, XLSX)"), _of_a_table(Kind.MEETING)),
}
CHOICES = [(name, label) for name, (label, _read) in SYSTEMS.items()]


def opened(system: str, path: Path, boards: Sequence[str], tell: Tell) -> Read:
    _label, opening = SYSTEMS[system]
    return opening(path, boards, tell)
