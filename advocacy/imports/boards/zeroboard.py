"""Zeroboard 4: a table a board (`zetyx_board_news`), with at most two files in each row."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from .. import moments
from ..dumps import Dump, Read
from ..records import File, Form, Post, Skipped, Text
from ..sql import Problem
from .finding import Boards, columns, said_of

SOURCE = "zeroboard"
_TABLE = re.compile(r"(?:.*_)?board_(?!comment_|category_)(\w+)")
_CATEGORIES = re.compile(r"(?:.*_)?board_category_(\w+)")
_COLUMNS = columns(
    "no memo name subject use_html category is_secret sitelink1 sitelink2 file_name1 file_name2 "
    "s_file_name1 s_file_name2 download1 download2 reg_date hit"
)
_FORMS = {0: Form.PLAIN, 1: Form.HTML, 2: Form.BREAKS}
# Zeroboard wrote what it was sent with a backslash before each quote, and took it out when it showed it.
_SLASHED = re.compile(r"\\(['\"\\])")


def read(dump: Dump, boards: Collection[str]) -> Iterator[Post | Skipped]:
    """The posts of these boards (`id`), of all where none is named; Skipped for the rest."""
    categories: dict[tuple[str, str], str] = {}
    for row in dump.rows(lambda table: ("no", "name") if _CATEGORIES.fullmatch(table) else None):
        if isinstance(row, Problem):
            yield said_of(row)
        elif match := _CATEGORIES.fullmatch(row.table):
            category = dump.read(row)
            categories[match[1], category.key("no")] = category.line_of_text("name")
    wanted = Boards(boards)
    for row in dump.rows(lambda table: _COLUMNS if wanted.has(_board(table)) else None):
        if isinstance(row, Problem):
            yield said_of(row)
            continue
        board = _board(row.table)
        wanted.found(board)
        yield _post(dump.read(row), board, categories)
    yield from wanted.missing()


def _board(table: str) -> str:
    match = _TABLE.fullmatch(table)
    return match[1] if match else ""


def _post(row: Read, board: str, categories: dict[tuple[str, str], str]) -> Post | Skipped:
    line, key = row.row.line, row.key("no")
    if not key:
        return Skipped(line, "", _("The row has no number."))
    title = _said(row.line_of_text("subject"))
    body, is_broken = row.whole("memo")
    if not title and not body.strip():
        return Skipped(line, key, _("Neither a title nor a text."))
    is_secret = bool(row.number("is_secret"))
    return Post(
        source=f"{SOURCE}:{board}",
        key=key,
        texts=(
            Text(
                title,
                _said(body),
                _FORMS.get(row.number("use_html"), Form.HTML),
                byline=_said(row.line_of_text("name")),
            ),
        ),
        written=moments.of_seconds(row.number("reg_date")),
        hits=row.number("hit"),
        category=categories.get((board, row.key("category")), ""),
        links=tuple(filter(None, (row.line_of_text(f"sitelink{number}") for number in (1, 2)))),
        files=tuple(_files(row, board, key)),
        addresses=(f"/bbs/zboard.php?id={board}&no={key}", f"/bbs/view.php?id={board}&no={key}"),
        public=not is_secret,
        reason=_("It was secret on the old board.") if is_secret else "",
        dropped=(_("Some bytes of the text were no letters."),) if is_broken else (),
        line=line,
    )


def _files(row: Read, board: str, key: str) -> Iterator[File]:
    for number in (1, 2):
        if stored := row.text(f"file_name{number}").strip():
            shown = row.line_of_text(f"s_file_name{number}") or stored.rpartition("/")[2]
            download = f"/bbs/download.php?id={board}&no={key}&filenum={number}"
            addresses = (download, f"/bbs/{stored}")
            yield File(_said(shown), stored, row.number(f"download{number}"), addresses)


def _said(text: str) -> str:
    return _SLASHED.sub(r"\1", text)
