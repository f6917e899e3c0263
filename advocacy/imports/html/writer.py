"""Writes what was read in paragraphs: old boards knew line breaks, `div`s and tables that hold a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from .embedded import address_of
from .events import Node

if TYPE_CHECKING:
    from .bodies import Picture

_INLINE = {"a": "a", "b": "strong", "strong": "strong", "i": "em", "em": "em", "sub": "sub"}
_INLINE |= {"sup": "sup", "cite": "cite"}
#: In these, words stand by themselves; elsewhere they stand in a paragraph.
_HOLDS_WORDS = {"li", "td", "th", "h2", "h3", "h4", "caption"}
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_KEPT = {"ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "td", "th", "caption"}
_PARTS = {"p", "div", "center", "section", "article", "header", "footer", "main", "address", "pre"}
_PARTS |= {"dl", "dt", "dd", "form", "fieldset", "figure", "figcaption", "tfoot", "aside", "nav"}
_EMBEDDED = {"iframe", "embed", "object", "video", "audio", "source", "param"}
_FORM = {"input", "select", "textarea", "button", "option"}
_PARENTS = {"li": ("ul", "ol"), "tr": ("table", "thead", "tbody"), "td": ("tr",), "th": ("tr",)}
_PARENTS |= {"thead": ("table",), "tbody": ("table",), "caption": ("table",)}
_BLANKS = re.compile(r"[\s\xa0\u200b\ufeff]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Inline(NamedTuple):
    tag: str
    start: str


class Writer:
    def __init__(self) -> None:
        self.pictures: list[Picture] = []
        self.dropped: list[str] = []
        self._out: list[str] = []
        self._blocks: list[str] = []  # open elements that hold others or words
        self._inlines: list[Inline] = []
        self._written = 0  # of the open inlines, those whose start is written
        self._in_paragraph = False
        self._breaks = 0
        self._blank = False  # a blank stands before the next word
        self._fresh = True  # nothing stands yet where the next word goes
        self._hidden = 0
        self._links: set[str] = set()

    def done(self) -> str:
        self._part()
        while self._blocks:
            self._close()
        return "".join(self._out).strip()

    # --- What comes in -----------------------------------------------------------------------------

    def text(self, words: str) -> None:
        if self._hidden:
            return
        said = _BLANKS.sub(" ", words)
        if not said.strip():
            self._blank = self._blank or bool(said)
            return
        self._blank = self._blank or said[0] == " "
        self._settle()
        blank = " " if self._blank and not self._fresh else ""
        self._out.append(blank + escape(said.strip(), quote=False))
        self._blank, self._fresh = said[-1] == " ", False

    def start(self, node: Node) -> None:
        if self._hidden or _HIDDEN.search(node.attributes.get("style", "")):
            if not self._hidden:
                self.dropped.append(_("Hidden text was left out."))
            self._hidden += 1
            return
        name = node.name
        if name in ("script", "svg", "math"):
            self.dropped.append(_("A script or a drawing was left out."))
        elif name in _FORM:
            self.dropped.append(_("A form was left out."))
        elif name == "br":
            self._breaks += 1
        elif name == "hr":
            self._part()
            self._out.append("<hr>")
        elif name in _EMBEDDED:
            self._embedded(node)
        elif name in _INLINE:
            self._inlines.append(Inline(_INLINE[name], _inline_start(node)))
        elif name in _HEADINGS and not set(self._blocks) & _HOLDS_WORDS:
            self._open(_HEADINGS[name])
        elif name in _KEPT and not node.is_frame and self._may_hold(name):
            self._open(name, _block_attributes(node))
        elif name in _PARTS or name in _HEADINGS or name in _KEPT:
            self._part()

    def end(self, node: Node) -> None:
        if self._hidden:
            self._hidden -= 1
            return
        name = node.name
        if name in _INLINE:
            self._end_inline()
        elif name in _HEADINGS and self._blocks[-1:] == [_HEADINGS[name]]:
            self._close()
        elif name in _KEPT and not node.is_frame and name in self._blocks:
            while self._close() != name:
                pass
        elif name in _PARTS or name in _HEADINGS or name in _KEPT:
            self._part()

    def picture(self, picture: Picture, style: str = "") -> None:
        if self._hidden or _HIDDEN.search(style):
            return
        self._part()
        while self._blocks and self._blocks[-1] in ("h2", "h3", "h4", "caption"):
            self._close()
        self._block_of_its_own(f"<!--picture {len(self.pictures)}-->")
        self.pictures.append(picture)

    def _embedded(self, node: Node) -> None:
        address = address_of(node.attributes)
        if address and address not in self._links:
            self._links.add(address)
            self.dropped.append(_("What was embedded became a link."))
            self._part()
            self._settle()
            shown = escape(address)
            self._out.append(f'<a href="{shown}">{shown}</a>')
            self._fresh = False
            self._part()

    # --- Where words stand -------------------------------------------------------------------------

    def _settle(self) -> None:
        """See that what is written next stands in a paragraph, with the emphasis it is under."""
        if self._blocks and self._blocks[-1] in _HOLDS_WORDS:
            if self._breaks and not self._fresh:
                self._break()
        elif self._breaks > 1 or not self._in_paragraph:
            self._part()
            self._outside_of_lists()
            self._out.append("<p>")
            self._in_paragraph, self._fresh = True, True
        elif self._breaks and not self._fresh:
            self._break()
        self._breaks = 0
        for inline in self._inlines[self._written :]:
            blank = " " if self._blank and not self._fresh else ""
            self._out.append(blank + inline.start)
            if blank:
                self._blank = False
        self._written = len(self._inlines)

    def _outside_of_lists(self) -> None:
        """Words between the items of a list, or the cells of a table, stand behind it."""
        while self._blocks and self._blocks[-1] in ("ul", "ol", "table", "thead", "tbody", "tr"):
            self._close()

    def _break(self) -> None:
        self._out.append("<br>")
        self._blank = False

    def _part(self) -> None:
        """What comes next does not go on with what stands here."""
        self._end_emphasis()
        if self._in_paragraph:
            self._out.append("</p>\n")
            self._in_paragraph, self._fresh = False, True
        elif self._blocks and self._blocks[-1] in _HOLDS_WORDS and not self._fresh:
            self._breaks = 1
            self._blank = False
            return
        self._breaks, self._blank = 0, False

    def _end_emphasis(self) -> None:
        for inline in reversed(self._inlines[: self._written]):
            self._out.append(f"</{inline.tag}>")
        self._written = 0

    def _end_inline(self) -> None:
        if not self._inlines:
            return
        inline = self._inlines.pop()
        if self._written > len(self._inlines):
            self._written = len(self._inlines)
            self._out.append(f"</{inline.tag}>")

    # --- Elements that hold others -----------------------------------------------------------------

    def _may_hold(self, name: str) -> bool:
        parents = _PARENTS.get(name)
        if parents:
            return any(block in parents for block in self._blocks[-3:])
        return not self._blocks or self._blocks[-1] not in ("h2", "h3", "h4", "caption")

    def _open(self, name: str, attributes: str = "") -> None:
        self._part()
        parents = _PARENTS.get(name)
        while parents and self._blocks and self._blocks[-1] not in parents:
            self._close()
        if not parents:
            self._outside_of_lists()
        self._out.append(f"<{name}{attributes}>")
        self._blocks.append(name)
        self._fresh, self._breaks, self._blank = True, 0, False

    def _close(self) -> str:
        self._part()
        name = self._blocks.pop()
        self._out.append(f"</{name}>")
        self._out.append("\n" if name not in ("td", "th") else "")
        self._breaks, self._blank = 0, False
        self._fresh = not (self._blocks and self._blocks[-1] in _HOLDS_WORDS)
        return name

    def _block_of_its_own(self, html: str) -> None:
        if self._blocks and self._blocks[-1] not in _HOLDS_WORDS:
            self._outside_of_lists()
        self._out.append(html)
        self._breaks = 0


def _inline_start(node: Node) -> str:
    if node.name != "a":
        return f"<{_INLINE[node.name]}>"
    href = node.attributes.get("href", "").strip()
    return f'<a href="{escape(href)}">' if href and not href.startswith("#") else "<a>"


def _block_attributes(node: Node) -> str:
    kept: dict[str, Callable[[str], bool]] = {
        "start": str.isdecimal,
        "colspan": str.isdecimal,
        "rowspan": str.isdecimal,
    }
    return "".join(
        f' {name}="{value}"'
        for name, value in node.attributes.items()
        if name in kept and value.isascii() and kept[name](value)
    )
