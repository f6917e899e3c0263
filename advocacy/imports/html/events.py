"""An HTML tree as a row of starts, ends and words, however deep it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser


class Node(NamedTuple):
    name: str  # of the element; of text, the words
    attributes: dict[str, str] = {}
    is_end: bool = False
    is_text: bool = False
    is_frame: bool = False  # a table that held a page together, and its rows and cells


_TABLE = {"table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup", "col"}
#: Nothing of these is read; of some it is told that they were there.
_WITHOUT_WORDS = {"script", "style", "template", "noscript", "title", "head", "svg", "math"}


def walk(html: str) -> Iterator[Node]:
    root = LexborHTMLParser(html).body
    if root is None:
        return
    frames = _frames(root)
    inside: list[bool] = []  # of each open table, whether it is a frame
    for node, is_end in _nodes(root):
        name = node.tag
        if name == "-text":
            if not is_end:
                yield Node(node.text_content or "", is_text=True)
            continue
        if not name or name.startswith(("-", "_", "!")):
            continue
        if name == "table" and not is_end:
            inside.append(node.mem_id in frames)
        is_frame = name in _TABLE and bool(inside) and inside[-1]
        if name == "table" and is_end:
            inside.pop()
        attributes = {} if is_end else {key: value or "" for key, value in node.attributes.items()}
        yield Node(name, attributes, is_end=is_end, is_frame=is_frame)


def _frames(root: Any) -> set[int]:
    """Tables with one cell, or with tables in them: they were made to hold a page together."""
    found: set[int] = set()
    open_tables: list[list[int]] = []  # identity, cells, tables within
    for node, is_end in _nodes(root):
        if node.tag == "table":
            if not is_end:
                if open_tables:
                    open_tables[-1][2] += 1
                open_tables.append([node.mem_id, 0, 0])
            else:
                identity, cells, tables = open_tables.pop()
                if cells < 2 or tables:
                    found.add(identity)
        elif node.tag in ("td", "th") and not is_end and open_tables:
            open_tables[-1][1] += 1
    return found


def _nodes(root: Any) -> Iterator[tuple[Any, bool]]:
    """Each node below it, when it begins and when it ends; without recursion."""
    node, is_down = root.child, True
    if node is None:
        return
    while True:
        if is_down:
            yield node, False
            below = None if node.tag in _WITHOUT_WORDS else node.child
            if below is not None:
                node = below
                continue
        yield node, True
        beside = node.next
        if beside is not None:
            node, is_down = beside, True
            continue
        node, is_down = node.parent, False
        if node is None or node.mem_id == root.mem_id:
            return
