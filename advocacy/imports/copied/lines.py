"""What was copied, line by line: from the text of a screen, or from the HTML behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from ..html.events import walk

LONGEST = 300_000  # characters of a page

_IS_HTML = re.compile(r"<(?:html|body|div|p|br|table|td|ul|li|span|a)\b[^<>]*>", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?:[•●◦▪■□○◆◇‣⁃∙·ㆍ*–-]|\(?[1-9]\d?[.)])[\s\u00a0]+(?=\S)")
_BLOCKS = {
    *("p", "div", "br", "li", "ul", "ol", "table", "tr", "dl", "dt", "dd", "blockquote", "hr"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer", "figure"),
}
_UNSEEN = {"script", "style", "template", "head", "title", "noscript", "textarea", "select"}
_EMPTY = {"p", "table", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass(frozen=True, slots=True)
class Line:
    """`html` says the same as `text`, with its links."""

    text: str
    html: str
    is_item: bool = False  # of a list

    def __bool__(self) -> bool:
        return bool(self.text)


def lines(copied: str) -> list[Line]:
    """Without a bullet before what is an item; of longer pages the beginning."""
    copied = copied[:LONGEST].replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    if _IS_HTML.search(copied):
        return _of_html(copied)
    return [_line(line) for line in copied.split("\n")]


def _line(text: str) -> Line:
    bullet = _BULLET.match(text)
    words = " ".join(text[bullet.end() if bullet else 0 :].split())
    return Line(words, escape(words), is_item=bool(bullet and words))


class _Writing:
    def __init__(self) -> None:
        self.done: list[Line] = []
        self.text: list[str] = []
        self.html: list[str] = []
        self.is_item = False

    def say(self, words: str) -> None:
        self.text.append(words)
        self.html.append(escape(words))

    def end(self, *, blank: bool = False) -> None:
        words = " ".join("".join(self.text).split())
        if words:
            plain = _line(words)
            is_item = self.is_item or plain.is_item
            html = " ".join("".join(self.html).split())
            self.done.append(Line(plain.text, plain.html if plain.is_item else html, is_item))
        if blank and self.done and self.done[-1]:
            self.done.append(Line("", ""))
        self.text, self.html, self.is_item = [], [], False


def _of_html(copied: str) -> list[Line]:
    writing = _Writing()
    hidden = ""
    within_link = False
    for event in walk(copied):
        name = event.name
        if hidden:
            hidden = "" if event.is_end and name == hidden else hidden
        elif event.is_text:
            writing.say(name)
        elif name in _UNSEEN and not event.is_end:
            hidden = name
        elif name in _BLOCKS:
            if within_link:
                writing.html.append("</a>")
                within_link = False
            writing.end(blank=name in _EMPTY)
            writing.is_item = name == "li" and not event.is_end
        elif name in ("td", "th"):
            writing.say("\t")
        elif name == "a":
            within_link = _link(
                writing, event.attributes.get("href", ""), within_link, event.is_end
            )
    writing.end()
    return writing.done


def _link(writing: _Writing, address: str, is_within: bool, is_end: bool) -> bool:
    """Begin or end one; whether one is open then."""
    if is_within:
        writing.html.append("</a>")
    if is_end or not address.lower().startswith(("http://", "https://")):
        return False
    writing.html.append(f'<a href="{escape(address)}">')
    return True
