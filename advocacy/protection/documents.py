"""What a stored PDF says beside the words on its pages: its information, its outline, its links.

The file was rewritten when it was uploaded (attachments.files): most of this is gone from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import pikepdf
from django.core.files.storage import default_storage

from advocacy.attachments.models import Attachment

#: A list of properties written where it is used.
_MARKED = re.compile(rb">>\s*(?:BDC|DP)\b")
_COMMENT = re.compile(rb"(?:^|[\r\n])[ \t]*%([^\r\n]+)")
#: Fonts keep their names, many of which are like those of Koreans.
_OF_FONTS = {"/BaseFont", "/FontName"}


class Unscannable(Exception):
    """The file is not there, or cannot be read."""


def strings(document: Attachment) -> tuple[str, ...]:
    """Every string and name in the objects of the stored file, and its XMP. Raises Unscannable."""
    try:
        with default_storage.open(document.key, "rb") as file:
            return strings_in(cast("BinaryIO", file))
    except OSError as error:
        raise Unscannable from error


def strings_in(file: BinaryIO | Path) -> tuple[str, ...]:
    """The same of any PDF."""
    try:
        with pikepdf.open(file) as pdf:
            found: dict[str, None] = {}
            for thing in pdf.objects:
                found.update(dict.fromkeys(_within(thing)))
                if isinstance(thing, pikepdf.Stream):
                    found.update(dict.fromkeys(_said_within(thing)))
            if metadata := pdf.Root.get("/Metadata"):
                found[metadata.read_bytes().decode("utf-8", "replace")] = None
            return tuple(found)
    except (OSError, pikepdf.PdfError) as error:
        raise Unscannable from error


def _within(thing: pikepdf.Object) -> Iterator[str]:
    """Strings and names of one object; what it refers to is an object of its own."""
    if isinstance(thing, pikepdf.String):
        yield str(thing)
    elif isinstance(thing, pikepdf.Name):
        yield _apart(thing)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for name in thing.keys():  # noqa: SIM118 - of a stream `in` asks for something else
            yield _apart(name)
            if name not in _OF_FONTS:
                yield from _within_direct(thing[name])
    elif isinstance(thing, pikepdf.Array):
        for one in thing:
            yield from _within_direct(one)


def _apart(name: object) -> str:
    """A name, such as of a place that links lead to; /Im and /Do beside each other are nobody's."""
    return f"0 {str(name)[1:]} 0"


def _said_within(stream: pikepdf.Object) -> Iterator[str]:
    """What the marks inside a page's drawing say: descriptions and expansions (ISO 32000-2, 14.9); and
    its comments.
    """
    if stream.get("/Subtype") == pikepdf.Name.Image or "/Length1" in stream:
        return
    try:
        data = stream.read_bytes()
        marks = pikepdf.parse_content_stream(stream, "BDC DP") if _MARKED.search(data) else ()
    except pikepdf.PdfError:
        return  # no drawing
    for comment in _COMMENT.findall(data):
        yield comment.decode("utf-8", "replace")
    for mark in marks:
        for operand in mark.operands:
            if isinstance(operand, pikepdf.Object):
                yield from _within(operand)


def _within_direct(thing: object) -> Iterator[str]:
    if isinstance(thing, pikepdf.Object) and not thing.is_indirect:
        yield from _within(thing)
