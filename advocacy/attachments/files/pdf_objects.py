"""Every object of a PDF, whatever it belongs to: without records about itself or its makers."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from . import jpeg
from .unfit import Unfit

_CODES = {
    "/Metadata": "metadata",
    "/PieceInfo": "private_records",
    "/AF": "attachments",
    "/EF": "attachments",
    "/AA": "actions",
    "/JS": "javascript",
    "/LastModified": "dates",
    "/Thumb": "thumbnails",
    "/OPI": "private_records",
    "/Measure": "gps",
    "/PtData": "gps",
    "/SpiderInfo": "private_records",
}
# Of a property list in a page's resources (ISO 32000-2, 14.6): what a reader may need.
_PROPERTIES = {
    *("/Type", "/Subtype", "/OCGs", "/P", "/VE", "/MCID", "/Lang", "/Alt", "/ActualText", "/E"),
    *("/Name", "/Attached", "/BBox"),
}
_PICTURES = {"/DCTDecode": jpeg.bare, "/JPXDecode": jpeg.bare_2000}


def strip(pdf: Pdf, removed: set[str]) -> None:
    """Raises Unfit when a picture inside cannot be read."""
    for item in pdf.objects:
        waiting = [item]
        while waiting:  # direct children belong to it; the others have their own turn
            owner = waiting.pop()
            if isinstance(owner, Array):
                waiting += [part for part in owner if _is_direct_container(part)]
                continue
            if not isinstance(owner, Dictionary | Stream):
                continue
            if isinstance(owner, Stream):
                _strip_picture(pdf, owner, removed)
            _strip_entries(owner, removed)
            waiting += [owner[key] for key in owner.keys() if _is_direct_container(owner[key])]  # noqa: SIM118


def _is_direct_container(item: Object) -> bool:
    return isinstance(item, Dictionary | Array) and not item.is_indirect


def _strip_entries(owner: Object, removed: set[str]) -> None:
    for key in set(owner.keys()) & _CODES.keys():
        removed.add(_CODES[key])
        del owner[key]
    lists = owner.get("/Properties")
    if isinstance(lists, Dictionary):
        for name in lists.keys():  # noqa: SIM118
            listed = lists[name]
            if not isinstance(listed, Dictionary):
                continue
            for key in set(listed.keys()) - _PROPERTIES:
                removed.add("private_records")
                del listed[key]


def _strip_picture(pdf: Pdf, stream: Object, removed: set[str]) -> None:
    """Drop what a camera noted in a JPEG, without touching its pixels."""
    filters = stream.get("/Filter")
    chain = [str(f) for f in filters] if isinstance(filters, Array) else [str(filters)]
    if not chain or chain[-1] not in _PICTURES:
        return
    encoded = _before_last_filter(pdf, stream, chain)
    try:
        found = _PICTURES[chain[-1]](encoded)
    except ValueError as error:
        raise Unfit("unreadable_pdf") from error
    if not found.dropped and not found.trailing.strip(b"\x00\xff\r\n"):
        return
    removed.add("picture_records")
    parameters = stream.get("/DecodeParms")
    last = parameters[-1] if isinstance(parameters, Array) and len(parameters) else parameters
    stream.write(
        found.data,
        filter=Name(chain[-1]),
        decode_parms=last if isinstance(last, Dictionary) else None,
    )


def _before_last_filter(pdf: Pdf, stream: Object, chain: list[str]) -> bytes:
    raw = stream.read_raw_bytes()
    if len(chain) == 1:
        return raw
    outer = pdf.make_stream(raw)
    outer.Filter = Array([Name(f) for f in chain[:-1]])
    parameters = stream.get("/DecodeParms")
    if isinstance(parameters, Array):
        outer.DecodeParms = Array(list(parameters)[:-1])
    return outer.read_bytes()
