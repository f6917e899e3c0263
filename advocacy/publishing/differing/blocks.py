"""A stored body as a list of blocks: its paragraphs, headings, list items and rows of tables."""

from __future__ import annotations

import html
import re
from enum import StrEnum
from typing import NamedTuple

from .words import Inserted, Sort, Word, composed, split


class Kind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    NUMBERED = "numbered"
    QUOTATION = "quotation"
    SOURCE = "source"
    ROW = "row"
    CAPTION = "caption"
    FIGURE = "figure"
    LINE = "line"


class Block(NamedTuple):
    kind: Kind
    depth: int  # of a heading its level, of a list item how many lists it stands in
    words: tuple[Word, ...]


_TOKEN = re.compile(
    r"""<(?P<end>/?)(?P<tag>[a-z][a-z0-9]*)(?P<rest>(?:"[^"]*"|'[^']*'|[^"'<>])*)>|(?P<text>[^<]+|<)""",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""([a-z-]+)="([^"]*)\"""", re.IGNORECASE)
_KINDS = {
    "tr": Kind.ROW,
    "figure": Kind.FIGURE,
    "blockquote": Kind.QUOTATION,
    "footer": Kind.SOURCE,
    "caption": Kind.CAPTION,
    "h2": Kind.HEADING,
    "h3": Kind.HEADING,
    "h4": Kind.HEADING,
}
_LISTS = {"ul": Kind.ITEM, "ol": Kind.NUMBERED}
_BLOCKS = {*_KINDS, *_LISTS, "p", "li", "figcaption", "table", "thead", "tbody"}
#: What stands in one of these is part of it, whatever tags part it.
_WHOLE = {"tr", "figure"}


def of_plain(text: str) -> list[Block]:
    """Every line that says anything is a paragraph."""
    lines = ((Kind.PARAGRAPH, tuple(split(line))) for line in composed(text).splitlines())
    return [Block(kind, 0, words) for kind, words in lines if words]


def of_html(body: str) -> list[Block]:
    """Of a body as `richtext.clean` stores it, whose form is fixed; other HTML may lose its shape."""
    reader = _Reader()
    for token in _TOKEN.finditer(body):
        if (text := token["text"]) is not None:
            reader.text(html.unescape(text))
        elif token["end"]:
            reader.end(token["tag"].lower())
        else:
            attributes = {name: html.unescape(v) for name, v in _ATTRIBUTE.findall(token["rest"])}
            reader.start(token["tag"].lower(), attributes)
    reader.flush()
    return reader.blocks


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.open: list[str] = []
        self.begin()

    def begin(self) -> None:
        self.said = ""
        self.inserted: list[Inserted] = []
        self.address = ""
        self.cells = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _BLOCKS:
            self._part()
            self.open.append(tag)
        if tag == "figure":
            self._insert(Word(attributes.get("data-attachment", ""), True, Sort.PICTURE))
        elif tag in ("td", "th"):
            if self.cells:
                self.said += " "
                self._insert(Word("|", True, Sort.CELL))
            self.cells += 1
        elif tag == "hr":
            self.flush()
            self.blocks.append(Block(Kind.LINE, 0, ()))
        elif tag == "br":
            self.said += " "
        elif tag == "a":
            # The address of a symbol follows from the symbol.
            is_symbol = "sym" in attributes.get("class", "").split()
            self.address = "" if is_symbol else attributes.get("href", "")
        elif tag == "span" and (note := split(composed(attributes.get("data-note", "")))):
            first = Word(note[0].text, True)
            self._insert(Word("[", True, Sort.NOTE), first, *note[1:], Word("]", False, Sort.END))

    def end(self, tag: str) -> None:
        if tag == "a" and self.address:
            self._insert(Word(self.address, True, Sort.LINK))
            self.address = ""
        if tag in _BLOCKS and tag in self.open:
            while self.open[-1] != tag:  # what was left open ends with it
                self.open.pop()
            self._part(ended=1)
            self.open.pop()

    def text(self, text: str) -> None:
        self.said += composed(text)

    def flush(self) -> None:
        kind, depth = self._kind()
        if words := split(self.said, inserted=self.inserted):
            self.blocks.append(Block(kind, depth, tuple(words)))
        self.begin()

    def _insert(self, *words: Word) -> None:
        self.inserted.append((len(self.said), list(words)))

    def _part(self, *, ended: int = 0) -> None:
        """A block begins here or has ended, unless it is inside one that is shown whole."""
        if _WHOLE.isdisjoint(self.open[: len(self.open) - ended]):
            self.flush()
        else:
            self.said += " "

    def _kind(self) -> tuple[Kind, int]:
        for place in reversed(range(len(self.open))):
            tag = self.open[place]
            if tag in _LISTS:
                return _LISTS[tag], sum(one in _LISTS for one in self.open)
            if tag in _KINDS:
                return _KINDS[tag], int(tag[1]) if tag[0] == "h" else 0
        return Kind.PARAGRAPH, 0
