"""Afterwards every byte is read: databases, files, journals, caches and logs, for every form of a name
in every way it may be written down.
"""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection

from . import packed
from .sought import normal

AT_ONCE = 4 * 1024 * 1024
ROWS_AT_ONCE = 500
FIRST_BEYOND_ASCII = 0x80
#: Bytes below which a form is looked for as a word of its own alone, and in no wrapping.
LEAST = 6
HEAD = 5
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp949")


class Needle(NamedTuple):
    written: bytes
    any_case: bool  # then `written` is in small letters
    is_short: bool


def scan(
    forms: Iterable[str], met: Iterable[str], tell: Callable[[int], object] = lambda read: None
) -> dict[str, Any]:
    """`files`, `bytes`, `rows` that were read; `found`: the names of those that hold it; `closed`: of
    those that could not be looked into. `tell` is told of bytes as they are read.
    """
    needles = Needles(needles_of([*forms, *met]))
    told: dict[str, Any] = {"files": 0, "bytes": 0, "rows": 0, "found": [], "closed": []}
    for name, file in _files():
        with file:
            is_found = _is_in_file(file, needles, told, tell)
            try:
                for inner in packed.within(file):
                    is_found |= _is_in_file(inner, needles, told, tell)
            except packed.Closed:
                told["closed"].append(name)
        told["files"] += 1
        if is_found:
            told["found"].append(name)
    if connection.vendor == "postgresql":
        _rows(needles, told, tell)
    return told


def needles_of(forms: Iterable[str]) -> Iterator[Needle]:
    written = {variant for form in forms for variant in _variants(form)}
    found: dict[bytes, Needle] = {}
    for text in sorted(written):
        is_short = len(text.encode()) < LEAST
        for plain in _encoded(text):
            found[plain.lower()] = Needle(plain.lower(), True, is_short)
        if is_short:
            continue
        escaped = json.dumps(text)[1:-1].lower().encode()
        found[escaped] = Needle(escaped, True, False)
        percent = quote(text, safe="").lower().encode()
        found[percent] = Needle(percent, True, False)
        for encoding in ("utf-8", "utf-16-le"):
            for inner in _in_base64(text.encode(encoding)):
                found[b"=" + inner] = Needle(inner, False, False)
    yield from found.values()


def _variants(form: str) -> set[str]:
    """As it is written, and as addresses and names of files have it; in small letters and capitals."""
    parts = form.split()
    joined = {form, " ".join(parts), "-".join(parts), "_".join(parts), "".join(parts), normal(form)}
    joined |= {form.replace("-", " "), form.replace("-", "")}
    cases = {way(text) for text in joined for way in (str, str.lower, str.upper, str.title)}
    return {text for text in cases if text.strip()}


def _encoded(text: str) -> Iterator[bytes]:
    for encoding in _ENCODINGS:
        try:
            yield text.encode(encoding)
        except UnicodeEncodeError:
            continue


def _in_base64(content: bytes) -> Iterator[bytes]:
    """What is the same of it wherever it stands in something longer: by its place modulo three."""
    for before in range(3):
        wrapped = base64.b64encode(b"\0" * before + content).rstrip(b"=")
        start = (0, 2, 3)[before]
        end = len(wrapped) - (0 if (before + len(content)) % 3 == 0 else 1)
        if end - start >= LEAST + 2:
            yield wrapped[start:end]


def _is_in_file(
    file: packed.Readable, needles: Needles, told: dict[str, Any], tell: Callable[[int], object]
) -> bool:
    is_found, kept = False, b""
    while part := file.read(AT_ONCE):
        told["bytes"] += len(part)
        tell(len(part))
        window = kept + part
        is_found = is_found or needles.are_in(window)
        kept = window[-needles.longest - 1 :]  # for what spans two parts
    return is_found


class Needles:
    """Many ways to write few names: what begins alike is looked for at once."""

    def __init__(self, needles: Iterable[Needle]) -> None:
        self._by_head: dict[tuple[bytes, bool], list[Needle]] = defaultdict(list)
        self.longest = 1
        for one in needles:
            self._by_head[one.written[:HEAD], one.any_case].append(one)
            self.longest = max(self.longest, len(one.written))

    def are_in(self, window: bytes) -> bool:
        small = window.lower()
        for (head, any_case), needles in self._by_head.items():
            read = small if any_case else window
            if head in read and any(_stands_in(read, one) for one in needles):
                return True
        return False


def _stands_in(window: bytes, needle: Needle) -> bool:
    at = window.find(needle.written)
    while needle.is_short and at >= 0:
        end = at + len(needle.written)
        around = window[max(0, at - 1) : at] + window[end : end + 1]
        if not any(chr(byte).isalnum() or byte >= FIRST_BEYOND_ASCII for byte in around):
            return True
        at = window.find(needle.written, end)
    return at >= 0


def _files() -> Iterator[tuple[str, IO[bytes]]]:
    """The site's own files, with a name for the report. Backups are packed: they are told of instead."""
    seen: set[Path] = set()
    if connection.vendor == "sqlite":
        site = Path(connection.settings_dict["NAME"])
        for path in sorted(site.parent.glob(site.name + "*")):
            seen.add(path.resolve())
            if path.is_file():
                yield path.name, path.open("rb")
    left_out = [
        Path(place).resolve() for place in (settings.BACKUP_DIR, settings.STATIC_ROOT) if place
    ]
    for path in sorted(Path(settings.VAR_DIR).rglob("*")):
        real = path.resolve()
        if real in seen or not path.is_file() or any(place in real.parents for place in left_out):
            continue
        seen.add(real)
        try:
            yield str(path.relative_to(settings.VAR_DIR)), path.open("rb")
        except FileNotFoundError:
            continue  # an upload that has ended
    for key in _stored(""):
        try:
            yield key, default_storage.open(key, "rb")
        except FileNotFoundError:
            continue


def _stored(directory: str) -> Iterator[str]:
    try:
        folders, names = default_storage.listdir(directory)
    except FileNotFoundError:
        return
    for name in sorted(names):
        yield f"{directory}/{name}" if directory else name
    for folder in sorted(folders):
        yield from _stored(f"{directory}/{folder}" if directory else folder)


def _rows(needles: Needles, told: dict[str, Any], tell: Callable[[int], object]) -> None:
    """PostgreSQL's files are its own: every row of every table as it is written out."""
    quoted = connection.ops.quote_name
    for table in sorted(connection.introspection.table_names()):
        is_found = False
        with connection.chunked_cursor() as cursor:
            cursor.execute(f"SELECT t::text FROM {quoted(table)} t")  # noqa: S608
            while some := cursor.fetchmany(ROWS_AT_ONCE):
                told["rows"] += len(some)
                lines = "\n".join(row[0] for row in some).encode()
                tell(len(lines))
                is_found = is_found or needles.are_in(lines)
        if is_found:
            told["found"].append(table)
