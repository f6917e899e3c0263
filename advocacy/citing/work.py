"""What can be cited: a page of ours, or a document. Pure, as is all of this package."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from advocacy.dates.edtf import Date

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+")
_SEPARATORS = re.compile(r"\s*[,;،*]\s*")


@dataclass(frozen=True, kw_only=True)
class Work:
    """`published` and `changed`, of which the version is cited, are days in Seoul; `event` is when
    the thing told of happened. `author` is the organisation: it answers for every text. `id` is the
    same whatever the title and the address become. `pdfs` are addresses, the one to take first.
    """

    id: str
    title: str
    language: str
    url: str
    author: str = ""
    published: date | None = None
    changed: date | None = None
    event: Date | None = None
    symbols: Sequence[str] = ()
    summary: str = ""
    pdfs: Sequence[str] = ()
    is_document: bool = False

    @property
    def version(self) -> date | None:
        """The day of the last change since it was published."""
        is_newer = self.changed and (self.published is None or self.published < self.changed)
        return self.changed if is_newer else None

    @property
    def key(self) -> str:
        """What a bibliography calls it: letters, digits and hyphens."""
        kind = "document" if self.is_document else "page"
        year = f"{self.published.year}-" if self.published else ""
        return f"{kind}-{year}{self.id[:8]}"


def line(text: str) -> str:
    """The text on one line, without what no format of references can carry."""
    return _CONTROLS.sub(" ", text).strip()


def whole_name(name: str) -> str:
    """The name of an organisation without the marks at which programs would part it."""
    return _SEPARATORS.sub(" ", line(name)).strip()
