"""What a file is, by its content. Its name and what the browser says of it are not asked."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

from .unfit import Unfit


class Type(StrEnum):
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    GIF = "gif"
    PDF = "pdf"

    @property
    def names_end_in(self) -> tuple[str, ...]:
        return (".jpg", ".jpeg", ".jpe", ".jfif") if self is Type.JPEG else (f".{self}",)


HEAD = 4096  # bytes that are looked at

_KNOWN = (
    (re.compile(rb"\xff\xd8\xff"), Type.JPEG),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), Type.PNG),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), Type.WEBP),
    (re.compile(rb"GIF8[79]a"), Type.GIF),
    # Readers look for the mark in the first 1,024 bytes, which lets one file be a page to a browser
    # and a document to a reader: here nothing but white space may stand before it.
    (re.compile(rb"(?:\xef\xbb\xbf)?[\x00\t\n\x0c\r ]{0,64}%PDF-"), Type.PDF),
)
_REFUSED = (
    (re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)"), "office_or_archive"),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "office_or_archive"),
    (re.compile(rb"\{\\rtf"), "office_or_archive"),
    (re.compile(rb".{4}ftyp(?:hei[cfmsx]|hev[cmsx]|mif1|msf1)", re.DOTALL), "heic"),
    (re.compile(rb".{4}ftypavi[fs]", re.DOTALL), "other_picture"),
    (re.compile(rb"II\*\x00|MM\x00\*|BM.{4}\x00\x00\x00\x00|8BPS", re.DOTALL), "other_picture"),
    (
        re.compile(rb".{4}ftyp|\x1aE\xdf\xa3|ID3|OggS|RIFF.{4}(?:AVI |WAVE)", re.DOTALL),
        "sound_or_film",
    ),
)
_SVG = re.compile(rb"<(?:\w+:)?svg[\s>]", re.IGNORECASE)
_MARKUP = re.compile(
    rb"<(?:!doctype|html|head|body|script|iframe|meta|title|table|div|p|a|img|\?xml)\b",
    re.IGNORECASE,
)


def of(head: bytes) -> Type:
    """The type of a file from its first bytes. Raises Unfit for all but five types."""
    if not head:
        raise Unfit("empty")
    for pattern, kind in _KNOWN:
        if pattern.match(head):
            return kind
    text = head.replace(b"\x00", b"")  # so that UTF-16 reads as ASCII
    if _SVG.search(text):
        raise Unfit("svg")
    if _MARKUP.search(text):
        raise Unfit("html")
    for pattern, code in _REFUSED:
        if pattern.match(head):
            raise Unfit(code)
    raise Unfit("unknown_type")


def of_file(path: Path) -> Type:
    with path.open("rb") as file:
        return of(file.read(HEAD))


def is_named_otherwise(filename: str, kind: Type) -> bool:
    """Whether the name promises something else than the content is."""
    return not filename.lower().endswith(kind.names_end_in)
