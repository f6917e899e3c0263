"""What is read of a text or of a page, as the index keeps it and as its snippets are taken from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from advocacy.attachments.models import Attachment, PageText
from advocacy.publishing.richtext import plain

from .words import clean

_BLOCK = re.compile(r"</(?:p|h[2-4]|li|blockquote|footer|figcaption|caption|td|th)>")


class Leaf(NamedTuple):
    """The words of one text or of one page of a file: title, what leads in, all else in passages."""

    number: int
    title: str
    lead: list[str]
    body: list[str]
    symbols: Sequence[str] = ()  # of UN documents it is about, which its words may name too


class Content(NamedTuple):
    """What the index keeps of one source. Its leaves are read only if `mark` is another than before."""

    language: str
    body: str
    day: date | None
    mark: str
    leaves: Callable[[], Iterable[Leaf]]


def page_leaf(file: Attachment, page: PageText) -> Leaf:
    """A page of a file; the first has its title too."""
    title = clean(file.title) if page.number == 1 else ""
    return Leaf(page.number, title, [], kept([" ".join(page.text.split())]))


def blocks(html: str) -> Iterable[str]:
    """The paragraphs, headings, list items and cells of a stored body, one by one."""
    return (plain(block) for block in _BLOCK.split(html))


def kept(passages: Iterable[str]) -> list[str]:
    return [found for passage in passages if (found := clean(passage).strip())]
