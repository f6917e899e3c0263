"""GNUboard 4 and 5: a table a board (`g4_write_news`, `g5_write_news`), one for the files of all.

Passwords, addresses, e-mails and accounts are not among the columns asked for, so nothing of them is
ever read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from .. import moments
from ..dumps import Dump, Read
from ..records import File, Form, Post, Skipped, Text
from ..sql import Problem
from .finding import Boards, columns, said_of

SOURCE = "gnuboard"
_POSTS = re.compile(r"(?:.*_)?write_(\w+)")
_FILES = re.compile(r"(?:.*_)?board_file")
_POST_COLUMNS = columns(
    "wr_id wr_is_comment ca_name wr_option wr_subject wr_content wr_link1 wr_link2 wr_hit wr_name "
    "wr_datetime wr_last"
)
_FILE_COLUMNS = columns("bo_table wr_id bf_no bf_source bf_file bf_download")
# As GNUboard's own install makes them, for dumps that name no columns: 12 in 4 and early 5, then 15.
_OF_FILES = {
    12: "bo_table wr_id bf_no bf_source bf_file bf_download bf_content bf_filesize bf_width bf_height "
    "bf_type bf_datetime",
    15: "bo_table wr_id bf_no bf_source bf_file bf_download bf_content bf_fileurl bf_thumburl "
    "bf_storage bf_filesize bf_width bf_height bf_type bf_datetime",
}

Files = dict[tuple[str, str], list[tuple[int, File]]]  # by board and post; with their places


def read(dump: Dump, boards: Collection[str]) -> Iterator[Post | Skipped]:
    """The posts of these boards (`bo_table`), of all where none is named; Skipped for the rest."""
    wanted = Boards(boards)
    files: Files = defaultdict(list)
    for row in dump.rows(
        lambda table: _FILE_COLUMNS if _FILES.fullmatch(table) else None, _files_by_number
    ):
        if isinstance(row, Problem):
            yield said_of(row)
        else:
            _file(dump.read(row), wanted, files)
    for row in dump.rows(lambda table: _POST_COLUMNS if wanted.has(_board(table)) else None):
        if isinstance(row, Problem):
            yield said_of(row)
            continue
        board = _board(row.table)
        wanted.found(board)
        yield _post(dump.read(row), board, files)
    yield from wanted.missing()


def _board(table: str) -> str:
    match = _POSTS.fullmatch(table)
    return match[1] if match else ""


def _files_by_number(table: str, number: int) -> tuple[str, ...] | None:
    return tuple(_OF_FILES[number].split()) if number in _OF_FILES else None


def _file(row: Read, wanted: Boards, files: Files) -> None:
    board, post, place = row.text("bo_table"), row.key("wr_id"), row.number("bf_no")
    stored = row.text("bf_file").strip()
    if not stored or not wanted.has(board):
        return
    shown = row.line_of_text("bf_source") or stored
    download = f"/bbs/download.php?bo_table={board}&wr_id={post}&no={place}"
    found = File(
        shown=shown,
        path=f"file/{board}/{stored}",
        downloads=row.number("bf_download"),
        addresses=(download, f"/data/file/{board}/{stored}"),
    )
    files[board, post].append((place, found))


def _post(row: Read, board: str, files: Files) -> Post | Skipped:
    line, key = row.row.line, row.key("wr_id")
    if not key:
        return Skipped(line, "", _("The row has no number."))
    if row.number("wr_is_comment"):
        return Skipped(line, key, _("A comment: comments are not taken over."))
    title = row.line_of_text("wr_subject")
    body, is_broken = row.whole("wr_content")
    if not title and not body.strip():
        return Skipped(line, key, _("Neither a title nor a text."))
    options = row.text("wr_option").split(",")
    is_secret = "secret" in options
    form = Form.HTML if "html1" in options else Form.BREAKS if "html2" in options else Form.PLAIN
    written = moments.of_stamp(row.text("wr_datetime")) or moments.of_stamp(row.text("wr_last"))
    return Post(
        source=f"{SOURCE}:{board}",
        key=key,
        texts=(Text(title, body, form, byline=row.line_of_text("wr_name")),),
        written=written,
        hits=row.number("wr_hit"),
        category=row.line_of_text("ca_name"),
        links=tuple(filter(None, (row.line_of_text("wr_link1"), row.line_of_text("wr_link2")))),
        files=tuple(file for _place, file in sorted(files.get((board, key), ()), key=_place_of)),
        addresses=(f"/bbs/board.php?bo_table={board}&wr_id={key}", f"/{board}/{key}"),
        public=not is_secret,
        reason=_("It was secret on the old board.") if is_secret else "",
        dropped=(_("Some bytes of the text were no letters."),) if is_broken else (),
        line=line,
    )


def _place_of(placed: tuple[int, File]) -> int:
    return placed[0]
