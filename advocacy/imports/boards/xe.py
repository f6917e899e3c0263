"""XpressEngine 1 (and Rhymix, its heir): one table of all documents, one of files, one of modules."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from .. import moments
from ..dumps import Dump, Read
from ..records import File, Form, Post, Skipped, Text
from ..sql import Problem
from .finding import Boards, columns, said_of

SOURCE = "xe"
_BESIDE = {
    "files": columns(
        "upload_target_srl source_filename uploaded_filename download_count file_srl sid isvalid"
    ),
    "modules": columns("module_srl mid"),
    "document_categories": columns("category_srl title"),
}
_TABLE = re.compile(r"(?:.*_)?(files|modules|document_categories|documents)")
_DOCUMENT = columns(
    "document_srl module_srl category_srl title content readed_count nick_name tags regdate "
    "last_update status is_secret"
)
_OPEN = {"", "PUBLIC"}


class Beside(NamedTuple):
    files: dict[str, list[File]]
    boards: dict[str, str]  # by number of the module: its name in addresses
    categories: dict[str, str]


def read(dump: Dump, boards: Collection[str]) -> Iterator[Post | Skipped]:
    """The documents of these boards (`mid`), of all where none is named; Skipped for the rest."""
    beside = Beside(defaultdict(list), {}, {})
    for row in dump.rows(_wanted_beside):
        if isinstance(row, Problem):
            yield said_of(row)
        else:
            _note(_kind(row.table), dump.read(row), beside)
    wanted = Boards(boards)
    for row in dump.rows(lambda table: _DOCUMENT if _kind(table) == "documents" else None):
        if isinstance(row, Problem):
            yield said_of(row)
            continue
        document = dump.read(row)
        module = document.key("module_srl")
        board = beside.boards.get(module, module)
        if wanted.has(board):
            wanted.found(board)
            yield _post(document, board, beside)
    yield from wanted.missing()


def _kind(table: str) -> str:
    match = _TABLE.fullmatch(table)
    return match[1] if match else ""


def _wanted_beside(table: str) -> Collection[str] | None:
    return _BESIDE.get(_kind(table))


def _note(kind: str, row: Read, beside: Beside) -> None:
    if kind == "modules":
        beside.boards[row.key("module_srl")] = row.text("mid")
    elif kind == "document_categories":
        beside.categories[row.key("category_srl")] = row.line_of_text("title")
    elif row.text("isvalid") != "N" and (path := row.text("uploaded_filename").strip()):
        number, sid = row.key("file_srl"), row.text("sid")
        stored = path.removeprefix("./")
        download = f"/?module=file&act=procFileDownload&file_srl={number}&sid={sid}"
        shown = row.line_of_text("source_filename") or stored.rpartition("/")[2]
        file = File(shown, stored, row.number("download_count"), (download, f"/{stored}"))
        beside.files[row.key("upload_target_srl")].append(file)


def _post(row: Read, board: str, beside: Beside) -> Post | Skipped:
    line, key = row.row.line, row.key("document_srl")
    if not key:
        return Skipped(line, "", _("The row has no number."))
    title = row.line_of_text("title")
    body, is_broken = row.whole("content")
    if not title and not body.strip():
        return Skipped(line, key, _("Neither a title nor a text."))
    status = row.text("status").upper()
    is_secret = status not in _OPEN or row.text("is_secret") == "Y"
    last = moments.of_stamp(row.text("last_update"))
    return Post(
        source=f"{SOURCE}:{board}",
        key=key,
        texts=(Text(title, body, Form.HTML, byline=row.line_of_text("nick_name")),),
        written=moments.of_stamp(row.text("regdate")) or last,
        changed=last,
        hits=row.number("readed_count"),
        category=beside.categories.get(row.key("category_srl"), ""),
        tags=tuple(filter(None, (" ".join(tag.split()) for tag in row.text("tags").split(",")))),
        files=tuple(beside.files.get(key, ())),
        addresses=(f"/?document_srl={key}", f"/{board}/{key}"),
        public=not is_secret,
        reason=_("It was secret, or not finished, on the old site.") if is_secret else "",
        dropped=(_("Some bytes of the text were no letters."),) if is_broken else (),
        line=line,
    )
