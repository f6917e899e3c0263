"""What editors are told: why a file was refused, and what was taken out of one that was not."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

REFUSALS = {
    "protected": gettext_lazy(
        "The new version was not looked at for protected names, or holds one. The old one stays. "
        "Upload the new one by itself and put it into a text: the checks beside it say more."
    ),
    "held": gettext_lazy(
        "The new version cannot be searched for protected names: it is a picture of text, or has pages "
        "that nobody can search. The old one stays. Upload the new one by itself, have somebody "
        "else answer for it, and put it into a text or try this again."
    ),
    "empty": gettext_lazy("The file is empty: 0 bytes. Perhaps it was still being saved."),
    "too_large": gettext_lazy(
        "The file is too large: at most %(limit)s MB can be uploaded. Make it smaller and try again."
    ),
    "svg": gettext_lazy(
        "This is an SVG drawing. Such files can carry scripts; save it as PNG and upload that."
    ),
    "html": gettext_lazy("This is a web page, not a document or picture. Print it to PDF instead."),
    "office_or_archive": gettext_lazy(
        "This is an office document or an archive (Word, Excel, Hangul, ZIP). "
        "Save the document as PDF and upload that."
    ),
    "heic": gettext_lazy(
        "This is a picture in Apple's HEIC format, which most browsers cannot show. "
        "Export it as JPEG and upload that."
    ),
    "other_picture": gettext_lazy(
        "This kind of picture cannot be used. Save it as JPEG, PNG or WebP and upload that."
    ),
    "sound_or_film": gettext_lazy("Sound and film cannot be uploaded, only PDF and pictures."),
    "unknown_type": gettext_lazy(
        "This is neither a PDF nor a picture (JPEG, PNG, WebP or GIF), whatever its name says."
    ),
    "unreadable_picture": gettext_lazy(
        "The picture cannot be read. Open it in an image program, save it again and upload that."
    ),
    "incomplete_picture": gettext_lazy(
        "The picture is incomplete or damaged. Take it from its source again."
    ),
    "too_many_pixels": gettext_lazy(
        "The picture would unfold to %(width)s × %(height)s pixels; "
        "at most %(limit)s million can be taken. Make it smaller and try again."
    ),
    "password": gettext_lazy(
        "This PDF asks for a password. Nobody could check what it says, and readers could not open "
        "it. Save it without a password and upload that."
    ),
    "incomplete_pdf": gettext_lazy(
        "This PDF is incomplete, or something was added behind its end. Take it from its source "
        "again, or print it to PDF, and upload that."
    ),
    "unreadable_pdf": gettext_lazy(
        "This PDF is damaged and cannot be read. Open it, print it to PDF and upload that."
    ),
    "no_pages": gettext_lazy("This PDF has no pages."),
    "too_many_pages": gettext_lazy(
        "This PDF has %(pages)s pages; at most %(limit)s can be taken. Split it into parts."
    ),
    "hidden_layers": gettext_lazy(
        "This PDF has layers that are switched off. Readers could switch them on. "
        "Print it to PDF and upload that."
    ),
    "marked_for_redaction": gettext_lazy(
        "On page %(page)s something is marked to be blacked out, but it was never done: the words "
        "are still there. Apply the redaction in the program that made it and upload the result."
    ),
    "covered_text": gettext_lazy(
        "On page %(page)s a box is laid over text as a comment. The words under it are still there "
        "for everyone to copy. Remove the words themselves and upload the result."
    ),
    "not_bare": gettext_lazy(
        "Not everything beside its content could be taken out of this file, so it was refused. Print "
        "a document to PDF, or save a picture in an image program, and upload that."
    ),
    "too_heavy": gettext_lazy(
        "Reading this file would take more memory than is given to one file, so it was refused. "
        "Save it again in a simpler form."
    ),
    "too_slow": gettext_lazy(
        "Reading this file took too long, so it was refused. Save it again in a simpler form."
    ),
    "reader_died": gettext_lazy(
        "The program that reads files broke off over this one, so it was refused. "
        "Open it, save it again and upload that."
    ),
    "other_kind": gettext_lazy(
        "A document can only be replaced by a document (PDF), and a picture by a picture."
    ),
}

REMOVED = {
    "gps": gettext_lazy("the place where it was taken (GPS)"),
    "author": gettext_lazy("the author's name"),
    "camera": gettext_lazy("what the camera noted (model, time, settings)"),
    "caption_record": gettext_lazy("caption and credits stored inside (IPTC)"),
    "metadata": gettext_lazy("descriptions for programs (XMP)"),
    "comment": gettext_lazy("comments"),
    "colour_profile": gettext_lazy("the name of the colour profile; colours were converted"),
    "animation": gettext_lazy("the animation: only its first picture is kept"),
    "other_pictures": gettext_lazy("further pictures hidden in the file"),
    "trailing": gettext_lazy("bytes after the end"),
    "properties": gettext_lazy("title, subject and keywords stored inside"),
    "software": gettext_lazy("the names of the programs that made it"),
    "dates": gettext_lazy("the times of making and changing"),
    "javascript": gettext_lazy("scripts"),
    "actions": gettext_lazy("actions that start by themselves or open something"),
    "attachments": gettext_lazy("files attached inside"),
    "annotations": gettext_lazy("comments and marks on the pages"),
    "forms": gettext_lazy("form fields; what was filled in stays visible"),
    "links": gettext_lazy("links that do not lead to the web or into the document"),
    "layers": gettext_lazy("names of layers"),
    "thumbnails": gettext_lazy("small preview pictures"),
    "private_records": gettext_lazy("private records of programs"),
    "picture_records": gettext_lazy("records stored in pictures inside"),
    "signatures": gettext_lazy("digital signatures, which hold names and would no longer be valid"),
    "earlier_versions": gettext_lazy("earlier versions of the document"),
    "lock": gettext_lazy("the lock against copying and printing"),
}


#: Why no search can look into a page, or a picture.
UNREAD = {
    "no_words": gettext_lazy("no words"),
    "picture": gettext_lazy("a picture of text"),
    "beyond": gettext_lazy("beyond what is read of one file"),
    "failed": gettext_lazy("could not be looked at"),
}


def refusal(code: str, facts: dict) -> str:
    return str(REFUSALS.get(code, REFUSALS["reader_died"])) % facts


def removed(codes: Iterable[str]) -> list[str]:
    """Each thing that was taken out, as words in the editor's language."""
    counted = (code.partition(":") for code in codes)
    return [_counted(code, number) for code, _colon, number in counted if code in REMOVED]


def _counted(code: str, number: str) -> str:
    if code == "earlier_versions" and number:
        said = ngettext("%(n)d earlier version", "%(n)d earlier versions", int(number))
        return said % {"n": int(number)}
    return str(REMOVED[code])


def covered(boxes: Iterable[dict]) -> str:
    """That words are still under boxes, and on which pages; nothing where there are none."""
    pages = sorted({box["page"] for box in boxes})
    if not pages:
        return ""
    said = ngettext(
        "Words are still there under a box that is drawn over them, on page %(pages)s: everybody can "
        "copy them. Remove the words themselves and upload the result.",
        "Words are still there under boxes that are drawn over them, on pages %(pages)s: everybody "
        "can copy them. Remove the words themselves and upload the result.",
        len(pages),
    )
    return said % {"pages": ", ".join(map(str, pages))}


def unread(found: Iterable[dict]) -> str:
    """`no words: 2, 5–9; a picture of text: 3`, by pages; of a picture, the reason alone."""
    pages: dict[str, list[int]] = {}
    for one in found:
        pages.setdefault(one["why"], []).append(one["page"])
    told = [(str(UNREAD[why]), _ranges(numbers)) for why, numbers in pages.items() if why in UNREAD]
    return "; ".join(f"{why}: {numbers}" if numbers else why for why, numbers in told)


def _ranges(numbers: list[int]) -> str:
    """`1–3, 5`; nothing for the 0 that stands for all of it."""
    rows: list[list[int]] = []
    for number in filter(None, numbers):
        if rows and number == rows[-1][-1] + 1:
            rows[-1][1:] = [number]
        else:
            rows.append([number])
    return ", ".join("–".join(map(str, row)) for row in rows)


def removed_sentence(codes: Iterable[str]) -> str:
    """`Removed: the author's name, scripts.`, or that there was nothing to remove."""
    words = removed(codes)
    if not words:
        return _("There was nothing to remove.")
    return _("Removed: %(things)s.") % {"things": "; ".join(words)}


def named_otherwise(kind: str) -> str:
    return _(
        "The name says otherwise, but by its content this is a %(type)s. It was taken as that."
    ) % {"type": {"jpeg": "JPEG", "png": "PNG", "webp": "WebP", "gif": "GIF", "pdf": "PDF"}[kind]}
