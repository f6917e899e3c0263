"""Blocks, `<!-- wp:name {…} -->…<!-- /wp:name -->`: how WordPress' newer editor marks the parts of a text.

The marks go and what they hold stays. An embedded film becomes a link. A block that holds nothing is
filled in by WordPress when the page is shown: of that nothing came along, so it is listed.
"""

from __future__ import annotations

import json
import re

from django.utils.translation import gettext as _

from .paragraphs import link, paragraphs

# In what is written by WordPress no attribute holds an angle bracket: it escapes them.
_MARK = re.compile(
    r"<!--\s*(?P<end>/)?wp:(?P<name>[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)"
    r"(?:\s+(?P<attributes>\{[^<>]*\}))?\s*(?P<void>/)?-->"
)
_NEXT_PAGE = re.compile(r"<!--\s*nextpage\s*-->")
_BUTTON = re.compile(
    r"<a\b[^<>]*\bwp-block-file__button\b[^<>]*>.{0,200}?</a>", re.DOTALL | re.IGNORECASE
)
_BELOW = re.compile(r"<figcaption\b[^<>]*>(.{1,2000}?)</figcaption>", re.DOTALL | re.IGNORECASE)
_SILENT = {"more", "nextpage", "spacer", "separator", "page-break"}


def unwrap(text: str, dropped: list[str]) -> str:
    """The HTML of a body, in blocks or not; the names of blocks that are lost go to `dropped`."""
    text = _NEXT_PAGE.sub("<hr>", text)
    marks = list(_MARK.finditer(text))
    if not marks:
        return paragraphs(_without_comments(text))
    out: list[str] = []
    done = depth = 0
    embed: tuple[int, str] | None = None
    for mark in marks:
        name, between = mark["name"], text[done : mark.start()]
        if embed is None:
            out.append(between if depth else paragraphs(between))
        done = mark.end()
        if mark["end"]:
            depth = max(0, depth - 1)
            if embed and depth == embed[0]:
                out.append(_embedded(embed[1], between))
                embed = None
        elif mark["void"]:
            if embed is None and name not in _SILENT:
                dropped.append(name)
        else:
            if embed is None and (address := _embeds(name, mark["attributes"])):
                embed = (depth, address)
            depth += 1
    rest = text[done:]
    out.append(rest if depth else paragraphs(rest))
    return _BUTTON.sub("", _without_comments("".join(out)))


def _without_comments(text: str) -> str:
    """By hand: a pattern would look for the end of each comment anew, to the end of the text."""
    kept = []
    done = 0
    while (start := text.find("<!--", done)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[done:start])
        done = end + 3
    return "".join([*kept, text[done:]])


def _embeds(name: str, attributes: str | None) -> str:
    """The address of what is shown there, of an embed."""
    if name != "embed" and not name.startswith("core-embed/"):
        return ""
    try:
        said = json.loads(attributes or "{}")
    except (ValueError, RecursionError):
        return ""
    address = said.get("url") if isinstance(said, dict) else ""
    is_one = isinstance(address, str) and re.match(r"https?://", address, re.IGNORECASE)
    return str(address) if is_one else ""


def _embedded(address: str, within: str) -> str:
    below = _BELOW.search(within)
    return link(address) + (f"<p>{below[1]}</p>" if below else "")


def said(names: list[str]) -> tuple[str, ...]:
    """What was dropped, each once with its number, as sentences."""
    sentence = _("Left out: “%(name)s”, which WordPress or a plugin filled in (%(number)s times).")
    return tuple(
        sentence % {"name": name, "number": names.count(name)} for name in dict.fromkeys(names)
    )
