"""What a stripped PDF says and how it looks, read by PDFium. Not to be used by two threads."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
from PIL import Image

from .limits import Limits
from .unfit import Unfit

# No character of a text: NUL, which PostgreSQL cannot hold, and what PDFium puts for hyphens.
_NO_TEXT = re.compile("[\x00\ufffe\uffff\ud800-\udfff]")
_HANGUL = re.compile("[가-힣]")
_LATIN = re.compile("[A-Za-z]")
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|that|is|for|on|with|by)\b", re.IGNORECASE)

FRONT = (960, 1920)  # pixels: the first page is drawn no wider and no higher


def texts(path: Path, limits: Limits, most: int | None = None) -> list[str | None]:
    """The words on each page, or on the first `most`; None from where it is too much. Raises Unfit."""
    found: list[str | None] = []
    words, length = "", 0
    try:
        with pypdfium2.PdfDocument(path) as document:
            for number in range(min(len(document), most or len(document))):
                if length <= limits.characters:
                    page = document[number]
                    words = page.get_textpage().get_text_range()
                    page.close()
                    length += len(words)
                is_read = length <= limits.characters
                found.append(_plain(words) if is_read else None)
    except pypdfium2.PdfiumError as error:
        raise Unfit("unreadable_pdf") from error
    return found


def _plain(words: str) -> str:
    return _NO_TEXT.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))


def front(path: Path) -> Image.Image:
    """The first page, drawn on white. Raises Unfit."""
    try:
        with pypdfium2.PdfDocument(path) as document:
            page = document[0]
            width, height = page.get_size()
            if not (width > 0 and height > 0):
                raise Unfit("unreadable_pdf")
            scale = min(FRONT[0] / width, FRONT[1] / height)
            if min(width, height) * scale < 1:  # a line, not a page
                raise Unfit("unreadable_pdf")
            return page.render(scale=scale).to_pil().convert("RGB")
    except pypdfium2.PdfiumError as error:
        raise Unfit("unreadable_pdf") from error


def language(sample: str) -> str:
    """`ko` or `en` where the words leave no doubt, else nothing: then the editor says it."""
    hangul, latin = len(_HANGUL.findall(sample)), len(_LATIN.findall(sample))
    if hangul + latin < 50:
        return ""
    if hangul > 0.3 * (hangul + latin):
        return "ko"
    if hangul < 0.02 * latin and len(_ENGLISH.findall(sample)) > 0.12 * len(sample.split()):
        return "en"
    return ""
