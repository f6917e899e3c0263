"""What WordPress' classic editor leaves to the page: an empty line parts paragraphs, an end of a line breaks.

An address alone on its line was shown there as a video, and becomes a link.
"""

from __future__ import annotations

import re
from html import escape, unescape

#: What stands in no paragraph and has its lines for itself.
_OPAQUE = {
    *("p", "pre", "script", "style", "textarea", "table", "ul", "ol", "dl", "figure", "select"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "form", "iframe", "video", "audio", "object", "svg"),
}
#: What holds paragraphs.
_CLEAR = {"div", "blockquote", "section", "article", "aside", "header", "footer", "main", "hr"}
_TAG = re.compile(
    rf"<(?P<end>/)?(?P<name>{'|'.join(sorted(_OPAQUE | _CLEAR, key=len, reverse=True))})\b[^<>]*>",
    re.IGNORECASE,
)
_EMPTY_LINE = re.compile(r"\n[ \t\xa0]*(?:\n[ \t\xa0]*)+")
_ADDRESS = re.compile(r"https?://[^\s<>\"]{4,2000}", re.IGNORECASE)


def paragraphs(text: str) -> str:
    """HTML whose paragraphs are marked as such; what is marked already stays as it is."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    out: list[str] = []
    depth = done = 0
    within_p = False
    for tag in _TAG.finditer(text):
        name, between = tag["name"].lower(), text[done : tag.start()]
        out.append(between if depth or within_p else _flowing(between))
        out.append(tag[0])
        done = tag.end()
        within_p = name == "p" and not tag["end"]  # any other of these ends one, too
        if name in _OPAQUE - {"p"}:
            depth = max(0, depth + (-1 if tag["end"] else 1))
    rest = text[done:]
    out.append(rest if depth or within_p else _flowing(rest))
    return "".join(out)


def link(address: str) -> str:
    """As a paragraph of its own; `address` as it stands in text, so without entities."""
    said = escape(address)
    return f'<p><a href="{said}">{said}</a></p>'


def _flowing(text: str) -> str:
    said = []
    for one in _EMPTY_LINE.split(text):
        lines = [line.strip() for line in one.strip().split("\n")]
        waiting: list[str] = []
        for line in lines:
            if _ADDRESS.fullmatch(line):
                said += _paragraph(waiting)
                said.append(link(unescape(line)))
                waiting = []
            elif line:
                waiting.append(line)
        said += _paragraph(waiting)
    return "".join(said)


def _paragraph(lines: list[str]) -> list[str]:
    return [f"<p>{'<br>'.join(lines)}</p>"] if lines else []
