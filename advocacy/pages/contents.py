"""The headings of a page's body as places that links can lead to."""

from __future__ import annotations

import re
from typing import NamedTuple

from django.utils.text import slugify

from advocacy.publishing.richtext import plain

# Only ever what richtext.clean() wrote: headings have no attribute but lang.
_H2 = re.compile(r"<h2( lang=\"[^\"]*\")?>(.*?)</h2>", re.DOTALL)


class Heading(NamedTuple):
    anchor: str
    text: str


def with_contents(body: str) -> tuple[str, list[Heading]]:
    """Give each h2 of a stored body an id made from its words; the body and its headings."""
    headings: list[Heading] = []

    def anchored(match: re.Match[str]) -> str:
        text = plain(match[2])
        stem = slugify(text, allow_unicode=True) or "part"
        taken = sum(heading.anchor.startswith(stem) for heading in headings)
        anchor = f"{stem}-{len(headings) + 1}" if taken else stem
        headings.append(Heading(anchor, text))
        return f'<h2 id="{anchor}"{match[1] or ""}>{match[2]}</h2>'

    return _H2.sub(anchored, body), headings
