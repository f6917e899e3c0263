"""A file on disk in, a product out: what may be stored and shown, with all that is known of it."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from . import RESULT, sentences, sniff
from .limits import MEGABYTE, Limits
from .sizes import Wanted
from .unfit import Unfit

if TYPE_CHECKING:  # else the site would load what reads strangers' files
    from .covered import Covered
    from .unread import Unread

_PROJECT = Path(__file__).resolve().parents[3]
_AT_ONCE = BoundedSemaphore(2)  # files read at the same time; more would only slow each other

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "avif": "image/avif",
}
ENDINGS = {"pdf": "pdf", "jpeg": "jpg", "png": "png", "webp": "webp", "avif": "avif"}


class Refused(Exception):
    """The file was not taken; `str()` is a sentence for the editor in their language."""

    def __init__(self, code: str, facts: dict | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts or {}

    def __str__(self) -> str:
        return sentences.refusal(self.code, self.facts)


@dataclass(frozen=True)
class Drawn:
    """A rendition: the picture, or a PDF's first page, in one format and width in pixels."""

    path: Path
    format: str
    width: int
    height: int


@dataclass(frozen=True)
class Product:
    """A file as it may be stored. Paths lie in the directory the caller gave and later removes."""

    path: Path
    found: str  # what the upload was by its content, a `sniff.Type`
    stored_as: str  # pdf, jpeg, png or webp
    sha256: str  # of the bytes at `path`, hexadecimal
    fingerprint: str  # equal for the same document under another title; of a picture, the SHA-256
    source_sha256: str  # of what was uploaded
    size: int  # bytes
    width: int  # pixels; of a PDF, of its drawn first page
    height: int
    pages: int | None = None
    language: str = ""
    texts: list[str] = field(default_factory=list)  # of a PDF, one a page
    drawn: list[str] = field(default_factory=list)  # the same, where its text says other words
    renditions: list[Drawn] = field(default_factory=list)  # those drawn at once
    removed: list[str] = field(default_factory=list)  # keys of `sentences.REMOVED`
    covered: list[Covered] = field(default_factory=list)  # words under boxes
    unread: list[Unread] = field(default_factory=list)  # what no search can look into

    @property
    def is_pdf(self) -> bool:
        return self.stored_as == "pdf"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.stored_as]

    @property
    def ending(self) -> str:
        return ENDINGS[self.stored_as]


def prepare(
    source: Path,
    directory: Path,
    *,
    title: str = "",
    language: str = "",
    limits: Limits | None = None,
) -> Product:
    """Judge, strip and measure `source`, and draw it small, leaving everything new in `directory`.

    `title` and `language` (`en`, `ko`; empty: found in the words) are written into a PDF.
    Raises Refused; then nothing of the file may be kept.
    """
    limits = limits or Limits()
    size = source.stat().st_size
    if size > limits.bytes:
        raise Refused("too_large", {"limit": limits.bytes // MEGABYTE})
    try:
        sniff.of_file(source)
    except Unfit as unfit:
        raise Refused(unfit.code, unfit.facts) from unfit
    request = {"title": title, "language": language}
    answer = _ask_worker(request, source, directory, limits)
    path = Path(answer["path"])
    sha256 = digest(path)
    return Product(
        path=path,
        found=answer["found"],
        stored_as=answer["stored_as"],
        sha256=sha256,
        fingerprint=answer.get("fingerprint") or sha256,
        source_sha256=digest(source),
        size=path.stat().st_size,
        width=answer["width"],
        height=answer["height"],
        pages=answer.get("pages"),
        language=answer.get("language", ""),
        texts=answer.get("texts", []),
        drawn=answer.get("drawn", []),
        renditions=_drawn(answer),
        removed=answer["removed"],
        covered=answer.get("covered", []),
        unread=answer["unread"],
    )


def draw(
    source: Path, directory: Path, wanted: list[Wanted], *, limits: Limits | None = None
) -> list[Drawn]:
    """Draw a stored file, as `prepare` made it, in all that is wanted. Raises Refused."""
    return _drawn(_ask_worker({"wanted": wanted}, source, directory, limits or Limits()))


def look(source: Path, directory: Path) -> list[Unread]:
    """What no search can look into of a stored file, as `prepare` made it. Raises Refused."""
    return _ask_worker({"unread": True}, source, directory, Limits())["unread"]


def show(source: Path, directory: Path, page: int, boxes: list[list[float]]) -> Path:
    """A page of a stored PDF, counted from 1, with a frame around each box, as PNG. Raises Refused."""
    answer = _ask_worker({"page": page, "boxes": boxes}, source, directory, Limits())
    return Path(answer["path"])


def _drawn(answer: dict) -> list[Drawn]:
    return [Drawn(Path(drawn), *rest) for drawn, *rest in answer["renditions"]]


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _ask_worker(request: dict, source: Path, directory: Path, limits: Limits) -> dict:
    request |= {"source": str(source), "directory": str(directory), "limits": asdict(limits)}
    command = [sys.executable, "-P", "-m", "advocacy.attachments.files.worker"]
    # Not the site's environment: it holds secrets, and this process reads strangers' files.
    environment = {
        "PYTHONPATH": str(_PROJECT),
        "PATH": os.defpath,
        "LC_ALL": "C.UTF-8",
        "MALLOC_ARENA_MAX": "2",
    }
    with (
        _AT_ONCE,
        subprocess.Popen(  # noqa: S603  our own program, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # may hold words of the file
            env=environment,
            cwd=directory,
            start_new_session=True,
        ) as worker,
    ):
        try:
            _ask(worker, request)
            worker.wait(limits.wall_seconds)
        except subprocess.TimeoutExpired as error:
            worker.kill()
            raise Refused("too_slow") from error
    if worker.returncode == -signal.SIGXCPU:
        raise Refused("too_slow")
    result = directory / RESULT
    if worker.returncode != 0 or not result.exists():
        raise Refused("reader_died")
    answer = json.loads(result.read_text())
    if "unfit" in answer:
        raise Refused(answer["unfit"], answer["facts"])
    return answer


def _ask(worker: subprocess.Popen[bytes], request: dict) -> None:
    """Its input stays open for as long as we live: the worker ends when it ends."""
    with suppress(BrokenPipeError):  # it died at once, which its status tells
        os.write(worker.stdin.fileno(), json.dumps(request).encode() + b"\n")  # type: ignore[union-attr]  # a pipe
