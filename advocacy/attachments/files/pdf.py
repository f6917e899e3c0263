"""PDFs, stripped: text, pages, fonts, tags and links stay; whatever else the file carried goes.

Names are those of ISO 32000. What is kept is listed, so that an entry nobody thought of goes too.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from . import pdf_annotations, pdf_objects, xmp
from .limits import Limits
from .unfit import Unfit

_CATALOG = {
    *("/Type", "/Pages", "/PageLabels", "/Names", "/Dests", "/ViewerPreferences", "/PageLayout"),
    *("/PageMode", "/Outlines", "/StructTreeRoot", "/MarkInfo", "/Lang", "/OCProperties"),
    "/Extensions",
}
_PAGE = {
    *("/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox"),
    *("/ArtBox", "/Rotate", "/Group", "/Contents", "/Annots", "/StructParents", "/Tabs"),
    "/UserUnit",
}
_CODES = {
    "/Metadata": "metadata",
    "/OpenAction": "actions",
    "/AA": "actions",
    "/AF": "attachments",
    "/Collection": "attachments",
    "/PieceInfo": "private_records",
    "/LastModified": "dates",
    "/Thumb": "thumbnails",
    "/Perms": "signatures",
    "/DSS": "signatures",
}
_INFO = {
    "/Author": "author",
    "/Title": "properties",
    "/Subject": "properties",
    "/Keywords": "properties",
    "/Creator": "software",
    "/Producer": "software",
    "/CreationDate": "dates",
    "/ModDate": "dates",
}
# Of the file as it was read (7.5.5, 7.5.8.2): the copy is written with its own.
_TRAILER = {
    *("/Root", "/Size", "/Encrypt", "/Prev", "/XRefStm"),
    *("/Type", "/W", "/Index", "/Filter", "/DecodeParms", "/Length"),
}
_TAIL = 1024  # bytes before the end in which readers look for the end mark


class Stripped:
    """A document with nothing in it but itself: no title, no language. `save` gives it both.

    Each writing begins from the file: QPDF breaks a document that it writes twice (linearized,
    with object streams) from the same memory.
    """

    def __init__(self, pdf: Pdf, path: Path, removed: list[str], pdfua: int | None) -> None:
        self.path = path
        self.pages = len(pdf.pages)
        self.removed = removed
        self.own_language = str(pdf.Root.get("/Lang", ""))[:2].lower()
        self._pdfua = pdfua
        if "/Lang" in pdf.Root:
            del pdf.Root.Lang
        _write(pdf, path)

    @property
    def fingerprint(self) -> str:
        """SHA-256, hexadecimal: equal when it is the same document under another title."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def save(self, target: Path, *, title: str, language: str) -> None:
        with Pdf.open(self.path) as pdf:
            pdf.Root.Metadata = pdf.make_stream(
                xmp.packet(title=title, language=language, pdfua=self._pdfua),
                Type=Name.Metadata,
                Subtype=Name.XML,
            )
            pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=bool(title))
            if language:
                pdf.Root.Lang = pikepdf.String(language)
            _write(pdf, target)


def _write(pdf: Pdf, target: Path) -> None:
    for key in set(pdf.trailer.keys()) & {"/ID", "/Info"}:
        del pdf.trailer[key]  # it is made from the content alone
    pdf.save(
        target,
        deterministic_id=True,
        linearize=True,  # the first page shows while the rest is on its way
        encryption=False,
        fix_metadata_version=False,  # our packet is all that is to be said
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )


def strip(source: Path, target: Path, limits: Limits) -> Stripped:
    """Strip `source` into `target`. Raises Unfit for what cannot or must not be taken."""
    pdf = _opened(source)
    try:
        pages = len(pdf.pages)
    except pikepdf.PdfError as error:
        raise Unfit("unreadable_pdf") from error
    if not pages:
        raise Unfit("no_pages")
    if pages > limits.pages:
        raise Unfit("too_many_pages", pages=pages, limit=limits.pages)
    removed = _around(source, pdf)
    try:
        pdfua = _claimed_pdfua(pdf)
        _strip_trailer(pdf, removed)
        _strip_layers(pdf, removed)
        _strip_names(pdf, removed)
        pdf_annotations.strip(pdf, source, removed)
        _keep_only(pdf.Root, _CATALOG, removed)
        for page in pdf.pages:
            _keep_only(page.obj, _PAGE, removed)
            page.externalize_inline_images()  # then they are pictures as all others
        pdf_annotations.strip_outlines(pdf, removed)
        pdf_objects.strip(pdf, removed)
        pdf.remove_unreferenced_resources()
        return Stripped(pdf, target, sorted(removed), pdfua)
    except (
        pikepdf.PdfError,
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        RuntimeError,
    ) as error:
        raise Unfit("unreadable_pdf") from error


def _opened(source: Path) -> Pdf:
    try:
        return Pdf.open(source, attempt_recovery=False, suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise Unfit("password") from error
    except pikepdf.PdfError:
        pass
    # Readers repair much; but a file that stops in the middle would be "repaired" to an earlier
    # version of itself, or to half of what it says.
    data = source.read_bytes()
    if b"%%EOF" not in data[-_TAIL:]:
        raise Unfit("incomplete_pdf")
    try:
        return Pdf.open(source, suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise Unfit("password") from error
    except pikepdf.PdfError as error:
        raise Unfit("unreadable_pdf") from error


def _around(source: Path, pdf: Pdf) -> set[str]:
    """What the file shows from outside: earlier versions, a lock, bytes behind its end."""
    removed = set()
    data = source.read_bytes()
    ends = data.count(b"%%EOF") - (1 if b"/Linearized" in data[:_TAIL] else 0)
    if ends > 1:
        removed.add(f"earlier_versions:{ends - 1}")
    if data[data.rfind(b"%%EOF") + 5 :].strip(b"\r\n\t \x00"):
        removed.add("trailing")
    if pdf.is_encrypted:
        removed.add("lock")
    return removed


def _claimed_pdfua(pdf: Pdf) -> int | None:
    """A document that is not tagged has no claim to the mark, whatever its packet says."""
    metadata = pdf.Root.get("/Metadata")
    marked = pdf.Root.get("/MarkInfo")
    is_tagged = isinstance(marked, Dictionary) and bool(marked.get("/Marked", False))
    if not (is_tagged and "/StructTreeRoot" in pdf.Root and isinstance(metadata, pikepdf.Stream)):
        return None
    return xmp.pdfua_part(metadata.read_bytes())


def _strip_trailer(pdf: Pdf, removed: set[str]) -> None:
    info = pdf.trailer.get("/Info")
    if isinstance(info, Dictionary):
        removed.update(_INFO.get(key, "properties") for key in info.keys())  # noqa: SIM118
    for key in set(pdf.trailer.keys()) - _TRAILER:
        if key not in ("/Info", "/ID"):
            removed.add("private_records")
        del pdf.trailer[key]


def _strip_layers(pdf: Pdf, removed: set[str]) -> None:
    """Layers stay, their names do not; one that is switched off could be switched on again."""
    properties = pdf.Root.get("/OCProperties")
    if not isinstance(properties, Dictionary):
        properties = Dictionary()
    default = properties.get("/D", Dictionary())
    layers = [item for item in properties.get("/OCGs", []) if isinstance(item, Dictionary)]
    listed = {layer.objgen for layer in layers}
    layers += [  # no reader shows these in its list, and their names are there
        item
        for item in pdf.objects
        if isinstance(item, Dictionary)
        and item.get("/Type") == Name.OCG
        and item.objgen not in listed
    ]
    if not layers:
        return
    on = {item.objgen for item in default.get("/ON", [])}
    off = {item.objgen for item in default.get("/OFF", [])}
    if default.get("/BaseState") == Name.OFF:
        off |= {layer.objgen for layer in layers} - on
    if off & {layer.objgen for layer in layers}:
        raise Unfit("hidden_layers")
    for number, layer in enumerate(layers, 1):
        removed.add("layers")
        _empty(layer)
        layer.Type, layer.Name = Name.OCG, pikepdf.String(f"Layer {number}")
    pdf.Root.OCProperties = Dictionary(OCGs=Array(layers), D=Dictionary(Order=Array(layers)))


def _strip_names(pdf: Pdf, removed: set[str]) -> None:
    names = pdf.Root.get("/Names")
    if not isinstance(names, Dictionary):
        return
    codes = {"/JavaScript": "javascript", "/EmbeddedFiles": "attachments", "/Dests": None}
    for key in names.keys():  # noqa: SIM118  an Object, not a dict
        if code := codes.get(key, "private_records"):
            removed.add(code)
    if "/Dests" in names:
        pdf.Root.Names = Dictionary(Dests=names.Dests)
    else:
        del pdf.Root.Names


def _keep_only(owner: Object, keys: set[str], removed: set[str]) -> None:
    for key in set(owner.keys()) - keys:
        value = owner[key]
        if key == "/OpenAction" and isinstance(value, Array):  # no action: the page it opens at
            del owner[key]
            continue
        if isinstance(value, Dictionary) and value.get("/S") == Name.JavaScript:
            removed.add("javascript")
        elif code := _CODES.get(key):
            removed.add(code)
        del owner[key]


def _empty(item: Object) -> None:
    for key in set(item.keys()):
        del item[key]
