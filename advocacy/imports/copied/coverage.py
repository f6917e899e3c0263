"""The list at the end of a post that says what other outlets wrote on the matter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from ..records import Coverage
from .lines import Line

_HEADING = re.compile(
    r"(?:selected |related )?(?:media|press|news) coverage\s*[:：]?|in the (?:media|press|news)\s*[:：]?"
    r"|(?:관련|주요)?\s?(?:언론\s?보도|보도\s?기사|기사\s?모음|언론\s?기사)\s*[:：]?",
    re.IGNORECASE,
)
_HREF = re.compile(r'<a href="([^"]*)"')
_BARE = re.compile(r"https?://\S+")
# Words with which a description of the piece begins: what stands before them is the outlet.
_PIECE = re.compile(
    r"\s(?=(?:blog|news|video|radio|tv|online)?\s?(?:article|interview|report|editorial|op-ed|column"
    r"|broadcast|story|piece|post|기사|보도|인터뷰|사설|칼럼|방송)\b)|\s(?=기사|보도|인터뷰|사설|칼럼|방송)",
    re.IGNORECASE,
)
_SIDES = re.compile(r"\s+[–—|-]\s+|:\s+|,\s+(?=[“\"‘])")


def part(lines: Sequence[Line]) -> tuple[list[Line], tuple[Coverage, ...]]:
    """The text without that list, and what the list names."""
    for number, line in enumerate(lines):
        if _HEADING.fullmatch(line.text):
            named = [one for one in lines[number + 1 :] if one]
            return list(lines[:number]), tuple(map(_named, named))
    return list(lines), ()


def _named(line: Line) -> Coverage:
    """`Wall Street Journal blog article with a quote`, or `Outlet: headline`; the outlet is needed."""
    href = _HREF.search(line.html)
    bare = _BARE.search(line.text)
    url = unescape(href[1]) if href else bare[0] if bare else ""
    words = " ".join(_BARE.sub("", line.text).split()).strip(" –—-|,:")
    if piece := _PIECE.search(words):
        return Coverage(words[: piece.start()], description=words[piece.end() :].strip(), url=url)
    outlet, *others = _SIDES.split(words, maxsplit=1)
    headline = others[0].strip("“”\"'‘’ ") if others else ""
    return Coverage((outlet or url)[:200], headline=headline, url=url)
