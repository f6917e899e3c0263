"""A last look at the bytes that will be stored: whether there is really nothing in them but the content.

It shares no code with what took things out, and lists what may be there rather than what may not.
Structure: PNG (ISO 15948, 11), WebP (RFC 9649), HEIF as AVIF uses it (ISO 23008-12), PDF (ISO 32000-2).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from . import jpeg
from .unfit import Unfit

_PNG = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
_WEBP = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
_AVIF = {b"ftyp", b"meta", b"mdat"}
_ITEMS = {b"av01", b"grid"}
_NOWHERE = {
    *("/AA", "/JS", "/AF", "/EF", "/PieceInfo", "/Thumb", "/LastModified", "/EmbeddedFiles"),
    *("/JavaScript", "/XFA", "/OPI", "/SpiderInfo", "/PtData", "/Measure"),
}
_NOT_OF_THE_DOCUMENT = {"/OpenAction", "/AcroForm", "/Collection", "/Perms", "/DSS", "/Threads"}


def picture(path: Path, form: str) -> None:
    """Raises Unfit if a picture in `form` (jpeg, png, webp, avif) holds anything beside its pixels."""
    data = path.read_bytes()
    try:
        is_bare = {"jpeg": _jpeg, "png": _png, "webp": _webp, "avif": _avif}[form](data)
    except (ValueError, IndexError, struct.error) as error:
        raise Unfit("not_bare") from error
    if not is_bare:
        raise Unfit("not_bare")


def document(path: Path) -> None:
    """Raises Unfit if a PDF holds anything beside its pages, outline, tags and one description."""
    try:
        with pikepdf.open(path) as pdf:
            is_bare = not pdf.is_encrypted and _document(pdf) and all(map(_object, pdf.objects))
    except (pikepdf.PdfError, ValueError, TypeError) as error:
        raise Unfit("not_bare") from error
    if not (is_bare and path.read_bytes().rstrip(b"\r\n").endswith(b"%%EOF")):
        raise Unfit("not_bare")


def _jpeg(data: bytes) -> bool:
    return jpeg.bare(data) == (data, [], b"")


def _png(data: bytes) -> bool:
    at = 8
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        if kind not in _PNG:
            return False
        at += length + 12
        if kind == b"IEND":
            return at == len(data)
    return False


def _webp(data: bytes) -> bool:
    at, end = 12, 8 + struct.unpack("<I", data[4:8])[0]
    while at < end:
        kind, length = struct.unpack("<4sI", data[at : at + 8])
        if kind not in _WEBP:
            return False
        at += 8 + length + length % 2
    return at == end == len(data)


def _avif(data: bytes) -> bool:
    top = dict(_boxes(data))
    meta = dict(_boxes(top[b"meta"][4:])) if top.keys() == _AVIF else {}
    listed = meta.get(b"iinf", b"")
    items = {item[8:12] for _kind, item in _boxes(listed[6:])}
    properties = dict(_boxes(meta.get(b"iprp", b""))).get(b"ipco", b"")
    profiles = [box[:4] for kind, box in _boxes(properties) if kind == b"colr"]
    return bool(items) and items <= _ITEMS and set(profiles) <= {b"nclx"}


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        if length < 8 or at + length > len(data):
            raise ValueError("a box is cut short")
        yield kind, data[at + 8 : at + length]
        at += length


def _document(pdf: pikepdf.Pdf) -> bool:
    root = pdf.Root
    names = root.get("/Names", Dictionary())
    return (
        "/Info" not in pdf.trailer
        and not _NOT_OF_THE_DOCUMENT & set(root.keys())
        and set(names.keys()) <= {"/Dests"}
        and all(
            note.get("/Subtype") == Name.Link
            for page in pdf.pages
            for note in page.obj.get("/Annots", [])
        )
        and sum("/Metadata" in one for one in pdf.objects if isinstance(one, Dictionary | Stream))
        <= 1
    )


def _object(thing: Object) -> bool:
    """One object and what lies within it; what it refers to is an object of its own."""
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if _is_jpeg(one) and jpeg.bare(one.read_raw_bytes()).dropped:
            return False
        if isinstance(one, Array):
            waiting += [part for part in one if _is_within(part)]
        elif isinstance(one, Dictionary | Stream):
            if _NOWHERE & set(one.keys()) or one.get("/Type") in (Name.Filespec, Name.EmbeddedFile):
                return False
            if not _leads_on(one.get("/A")):
                return False
            waiting += [one[key] for key in one.keys() if _is_within(one[key])]  # noqa: SIM118
    return True


def _is_jpeg(one: Object) -> bool:
    return isinstance(one, Stream) and bool(one.get("/Filter") == Name.DCTDecode)


def _is_within(part: object) -> bool:
    return isinstance(part, Dictionary | Array) and not part.is_indirect


def _leads_on(action: object) -> bool:
    """Into the document or to the web; attributes of a tag are called `/A` too, and have no `/S`."""
    if not isinstance(action, Dictionary) or "/S" not in action:
        return True
    if "/Next" in action:
        return False
    kind = str(action.S)
    is_to_the_web = str(action.get("/URI", "")).lower().startswith(("http://", "https://"))
    return kind == "/GoTo" or (kind == "/URI" and is_to_the_web)
