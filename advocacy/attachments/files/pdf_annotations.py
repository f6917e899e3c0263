"""What lies on the pages of a PDF: only links into the document and to the web may stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, Pdf

from .unfit import Unfit

_LINK = ("/Rect", "/Border", "/BS", "/C", "/H", "/QuadPoints", "/StructParent", "/F", "/Dest")
_SHAPES = {"/Square", "/Circle", "/Polygon"}
_DARK = 0.35  # of full brightness


def strip(pdf: Pdf, source: Path, removed: set[str]) -> None:
    """Drop all but good links; draw filled-in form fields into the page first."""
    _refuse_covers(pdf, source)
    gone: set[tuple[int, int]] = set()
    fields = 0
    for page in pdf.pages:
        staying = []
        for annotation in _annotations(page):
            if annotation.get("/Subtype") == Name.Widget:
                fields += 1
                staying.append(annotation)
            elif (link := _bare_link(annotation, removed)) is not None:
                staying.append(_become(annotation, link))
            else:
                if annotation.get("/Subtype") != Name.Link:
                    removed.add(
                        "attachments"
                        if annotation.get("/Subtype") == Name.FileAttachment
                        else "annotations"
                    )
                gone.add(annotation.objgen)
                _become(annotation, {})
        _set(page, staying)
    if fields or "/AcroForm" in pdf.Root:
        _draw_fields(pdf, removed, gone)
    _forget_in_tags(pdf, gone - {(0, 0)})


def strip_outlines(pdf: Pdf, removed: set[str]) -> None:
    """Bookmarks keep their words and lead into the document, nowhere else."""
    outlines = pdf.Root.get("/Outlines")
    waiting = [outlines.get("/First")] if isinstance(outlines, Dictionary) else []
    seen: set[tuple[int, int]] = set()
    while waiting:
        item = waiting.pop()
        if not isinstance(item, Dictionary) or item.objgen in seen:
            continue
        seen.add(item.objgen)
        waiting += [item.get("/First"), item.get("/Next")]
        if "/A" in item:
            if (action := _bare_action(item.A, removed)) is not None:
                item.A = action
            else:
                del item["/A"]


def _annotations(page: pikepdf.Page) -> Iterator[Object]:
    listed = page.obj.get("/Annots")
    if isinstance(listed, Array):
        yield from (item for item in listed if isinstance(item, Dictionary))


def _set(page: pikepdf.Page, annotations: list[Object]) -> None:
    if annotations:
        page.obj.Annots = Array(annotations)
    elif "/Annots" in page.obj:
        del page.obj["/Annots"]


def _become(annotation: Object, entries: dict[str, Object]) -> Object:
    """Rewrite in place: whatever else refers to it finds nothing more than `entries`."""
    for key in set(annotation.keys()):
        del annotation[key]
    for key, value in entries.items():
        annotation[key] = value
    return annotation


def _bare_link(annotation: Object, removed: set[str]) -> dict[str, Object] | None:
    if annotation.get("/Subtype") != Name.Link:
        return None
    kept = {key: annotation[key] for key in _LINK if key in annotation}
    words = "Link"
    if "/A" in annotation:
        if (action := _bare_action(annotation.A, removed)) is None:
            return None
        kept["/A"] = action
        words = str(action.get("/URI", words))
    elif "/Dest" not in annotation:
        removed.add("links")
        return None
    # PDF/UA wants every link described (ISO 14289-1, 7.18.5): by nothing that is not in it anyway.
    return {"/Type": Name.Annot, "/Subtype": Name.Link, **kept, "/Contents": pikepdf.String(words)}


def _bare_action(action: Object, removed: set[str]) -> Object | None:
    """The one step of an action that may stay, without what would follow it."""
    kind = action.get("/S") if isinstance(action, Dictionary) else None
    if kind == Name.GoTo and "/D" in action:
        return Dictionary(S=Name.GoTo, D=action.D)
    if kind == Name.URI and isinstance(action.get("/URI"), pikepdf.String):
        address = str(action.URI).strip()
        if address.lower().startswith(("http://", "https://")):
            return Dictionary(S=Name.URI, URI=pikepdf.String(address))
        removed.add("links")
        return None
    removed.add("javascript" if kind in (Name.JavaScript, Name.Rendition) else "actions")
    return None


def _draw_fields(pdf: Pdf, removed: set[str], gone: set[tuple[int, int]]) -> None:
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary):
        if form.get("/NeedAppearances", False):
            pdf.generate_appearance_streams()
        if "/XFA" in form:
            removed.add("private_records")
    widgets = [
        w for page in pdf.pages for w in _annotations(page) if w.get("/Subtype") == Name.Widget
    ]
    removed.add("forms")
    if any(_field_type(widget) == Name.Sig for widget in widgets):
        removed.add("signatures")
    pdf.flatten_annotations("screen")  # as readers see them; links have no appearance and stay
    for page in pdf.pages:
        _set(page, [a for a in _annotations(page) if a.get("/Subtype") == Name.Link])
    for widget in widgets:
        gone.add(widget.objgen)
        _become(widget, {})
    if "/AcroForm" in pdf.Root:
        del pdf.Root.AcroForm


def _field_type(widget: Object) -> Object | None:
    field: Object | None = widget
    for _level in range(32):
        if not isinstance(field, Dictionary):
            return None
        if "/FT" in field:
            return field.FT
        field = field.get("/Parent")
    return None


def _forget_in_tags(pdf: Pdf, gone: set[tuple[int, int]]) -> None:
    """Take references to dropped annotations, and the titles of elements, out of the tags."""
    root = pdf.Root.get("/StructTreeRoot")
    waiting = [root] if isinstance(root, Dictionary) else []
    seen: set[tuple[int, int]] = set()
    while waiting:
        element = waiting.pop()
        if element.is_indirect:
            if element.objgen in seen:
                continue
            seen.add(element.objgen)
        if element is not root and "/T" in element:
            del element["/T"]
        children = element.get("/K")
        if children is None:
            continue
        listed = list(children) if isinstance(children, Array) else [children]
        kept = [child for child in listed if not _refers_to(child, gone)]
        if len(kept) < len(listed):
            element.K = Array(kept)
        waiting += [child for child in kept if isinstance(child, Dictionary)]


def _refers_to(child: Object, gone: set[tuple[int, int]]) -> bool:
    if not isinstance(child, Dictionary) or child.get("/Type") != Name.OBJR:
        return False
    target = child.get("/Obj")
    return target is None or target.objgen in gone


def _refuse_covers(pdf: Pdf, source: Path) -> None:
    """A box laid over words hides them from nobody; and taking it away would show them to all."""
    covers = [
        (number, annotation)
        for number, page in enumerate(pdf.pages)
        for annotation in _annotations(page)
        if _covers(annotation)
    ]
    if not covers:
        return
    for number, annotation in covers:
        if annotation.get("/Subtype") == Name.Redact:
            raise Unfit("marked_for_redaction", page=number + 1)
    with pypdfium2.PdfDocument(source) as document:
        for number, annotation in covers:
            left, bottom, right, top = (float(edge) for edge in annotation.Rect)
            words = (
                document[number]
                .get_textpage()
                .get_text_bounded(
                    min(left, right), min(bottom, top), max(left, right), max(bottom, top)
                )
            )
            if words.strip():
                raise Unfit("covered_text", page=number + 1)


def _covers(annotation: Object) -> bool:
    kind = str(annotation.get("/Subtype", ""))
    if kind == "/Redact":
        return True
    if kind in _SHAPES:
        return len(annotation.get("/IC") or ()) > 0
    if kind == "/FreeText":
        return len(annotation.get("/C") or ()) > 0
    return kind == "/Highlight" and _brightness(annotation.get("/C")) < _DARK


def _brightness(colour: Object | None) -> float:
    """Of a colour array in grey, RGB or CMYK, from 0 to 1; none given counts as light."""
    parts = [float(part) for part in colour or ()]
    if len(parts) == 4:
        return (1 - parts[3]) * (1 - sum(parts[:3]) / 3)
    return sum(parts) / len(parts) if parts else 1.0
