"""Words that a page shows and its text does not: the file says others in their place.

A replacement text (`/ActualText`, ISO 32000-2, 14.9.4) is what is copied, searched and read aloud.
Whoever looks at the page sees what is drawn, so that is looked at for names as well.
"""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name, Pdf, Stream

from . import reading
from .limits import Limits
from .unfit import Unfit

# As a name may be written in a content stream, each letter plain or by its number (7.3.5).
_KEY = re.compile(
    b"/" + b"".join(b"(?:%c|#(?i:%02x))" % (letter, letter) for letter in b"ActualText")
)
_FONTS = {Name.Type1C, Name.CIDFontType0C, Name.OpenType}


def drawn(path: Path, work: Path, limits: Limits) -> list[str | None]:
    """The words each page draws, with no replacement; empty where none is replaced. Raises Unfit.

    They are as `reading.texts` tells them. `work` is a file that may be written.
    """
    try:
        with Pdf.open(path) as pdf:
            if not sum([_forget(thing) for thing in pdf.objects]):
                return []
            pdf.save(work)
    except (pikepdf.PdfError, RuntimeError) as error:
        raise Unfit("unreadable_pdf") from error
    return reading.texts(work, limits)


def _forget(thing: pikepdf.Object) -> bool:
    """Take replacements out of one object; whether there were any."""
    if isinstance(thing, Stream):
        return _forget_in_stream(thing) | _forget_in_lists(thing)
    return isinstance(thing, Dictionary) and _forget_in_lists(thing)


def _forget_in_lists(thing: pikepdf.Object) -> bool:
    """Property lists stand in the resources of a page or form, or are objects of their own."""
    found = False
    if "/ActualText" in thing and thing.get("/Type") != Name.StructElem:
        del thing["/ActualText"]
        found = True
    resources = thing if "/Properties" in thing else thing.get("/Resources")
    lists = resources.get("/Properties") if isinstance(resources, Dictionary) else None
    if isinstance(lists, Dictionary):
        for name in lists.keys():  # noqa: SIM118  an Object, not a dict
            if isinstance(lists[name], Dictionary) and "/ActualText" in lists[name]:
                del lists[name]["/ActualText"]
                found = True
    return found


def _forget_in_stream(stream: pikepdf.Object) -> bool:
    kind = stream.get("/Subtype")
    if kind == Name.Image or kind in _FONTS or "/Length1" in stream:
        return False
    try:
        data = stream.read_bytes()
    except pikepdf.PdfError:
        return False  # no content: those PDFium has read
    changed, times = _KEY.subn(b"/Replaced", data)
    if times:
        stream.write(changed)
    return bool(times)
