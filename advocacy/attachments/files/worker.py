"""Read or draw one file, in a process that may die: `python -m advocacy.attachments.files.worker`.

Takes a request, one line on its standard input, and leaves `result.json` in the directory it names.
It is given neither the site's settings nor its secrets, and bounds itself before it parses anything.
"""

from __future__ import annotations

import json
import os
import resource
import threading
from pathlib import Path

from PIL.Image import Image

from . import RESULT, covered, pdf, pictures, reading, replaced, sizes, sniff, unread, verifying
from .geometry import Box
from .limits import Limits
from .unfit import Unfit


def main() -> None:
    with open(0, "rb", buffering=0, closefd=False) as asked:
        request = json.loads(asked.readline())
    threading.Thread(target=_end_with_the_site, daemon=True).start()
    limits = Limits(**request["limits"])
    bound(limits)
    directory, source = Path(request["directory"]), Path(request["source"])
    try:
        if "boxes" in request:
            answer = show(source, directory, request["page"], request["boxes"])
        elif "unread" in request:
            answer = {"unread": look(source, directory, limits)}
        elif "wanted" in request:
            answer = draw(source, directory, request["wanted"], limits)
        else:
            answer = read(source, directory, request["title"], request["language"], limits)
    except Unfit as unfit:
        answer = {"unfit": unfit.code, "facts": unfit.facts}
    except MemoryError:
        answer = {"unfit": "too_heavy", "facts": {}}
    half = directory / "result.half"
    half.write_text(json.dumps(answer))
    half.rename(directory / RESULT)


def _end_with_the_site() -> None:
    """The site keeps our input open. At its end nobody is there any more who waits for an answer."""
    os.read(0, 1)
    os._exit(1)


def bound(limits: Limits) -> None:
    """From here on the system ends this process when it takes more than its share."""
    for name, soft, hard in (
        ("RLIMIT_AS", limits.memory, limits.memory),
        # The first signal says which limit it was; the second cannot be caught.
        ("RLIMIT_CPU", limits.cpu_seconds, limits.cpu_seconds + 2),
        ("RLIMIT_FSIZE", 8 * limits.bytes, 8 * limits.bytes),
        ("RLIMIT_CORE", 0, 0),  # a dump would hold what the file holds
    ):
        resource.setrlimit(getattr(resource, name), (soft, hard))


def read(source: Path, directory: Path, title: str, language: str, limits: Limits) -> dict:
    """What `pipeline.Product` wants to know, as JSON can carry it. Raises Unfit."""
    kind = sniff.of_file(source)
    if kind is not sniff.Type.PDF:
        picture = pictures.redraw(source, kind, limits)
        target = directory / f"output.{picture.stored_as}"
        pictures.save(picture, target)
        return {
            "path": str(target),
            "found": kind,
            "stored_as": picture.stored_as,
            "width": picture.image.width,
            "height": picture.image.height,
            "removed": picture.removed,
            "unread": unread.of_picture(picture.image),
            "renditions": _at_once(picture.image, directory, sizes.PICTURE),
        }
    stripped = pdf.strip(source, directory / "stripped.pdf", limits)
    said = stripped.own_language if stripped.own_language in ("en", "ko") else ""
    language = (
        language
        or reading.language(" ".join(filter(None, reading.texts(stripped.path, limits, most=20))))
        or said
    )
    target = directory / "output.pdf"
    stripped.save(target, title=title, language=language)
    verifying.document(target)
    texts = reading.texts(target, limits)  # of the bytes that will be stored, as all that follows
    if len(texts) != stripped.pages:
        raise Unfit("unreadable_pdf")
    drawn = replaced.drawn(target, directory / "plain.pdf", limits)
    front = reading.front(target)
    return {
        "path": str(target),
        "found": kind,
        "stored_as": kind,
        "fingerprint": stripped.fingerprint,
        "pages": stripped.pages,
        "width": front.width,
        "height": front.height,
        "language": language,
        "texts": [text or "" for text in texts],
        "drawn": [text or "" for text in drawn],
        "unread": unread.of_document(target, texts, drawn, limits),
        "covered": covered.find(target),
        "removed": stripped.removed,
        "renditions": _at_once(front, directory, sizes.FRONT),
    }


def draw(source: Path, directory: Path, wanted: list[sizes.Wanted], limits: Limits) -> dict:
    """Renditions of a stored file. Raises Unfit."""
    kind = sniff.of_file(source)
    is_pdf = kind is sniff.Type.PDF
    image = reading.front(source) if is_pdf else pictures.redraw(source, kind, limits).image
    return {"renditions": pictures.draw(image, directory, wanted)}


def look(source: Path, directory: Path, limits: Limits) -> list[unread.Unread]:
    """What no search can look into of a stored file. Raises Unfit."""
    kind = sniff.of_file(source)
    if kind is not sniff.Type.PDF:
        return unread.of_picture(pictures.redraw(source, kind, limits).image)
    drawn = replaced.drawn(source, directory / "plain.pdf", limits)
    return unread.of_document(source, reading.texts(source, limits), drawn, limits)


def show(source: Path, directory: Path, page: int, boxes: list[Box]) -> dict:
    """A page of a stored PDF with a frame around each box. Raises Unfit."""
    target = directory / "page.png"
    covered.show(source, page, boxes, target)
    return {"path": str(target)}


def _at_once(image: Image, directory: Path, steps: sizes.Steps) -> list[pictures.Rendition]:
    return pictures.draw(image, directory, sizes.at_once(image.width, image.height, steps))


if __name__ == "__main__":
    main()
