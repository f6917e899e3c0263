"""A dump gives back what was put into its tables, however it was written down."""

from __future__ import annotations

import io
import tracemalloc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from advocacy.imports.sql import Problem, Row, rows
from tests.imports.dumps import STYLES, Table, sql

ALL = frozenset({"id", "title", "body"})
NASTY = [
    'it\'s a "quoted" title',
    "'); DROP TABLE users; --",
    "a \\ backslash, and one at the end \\",
    "북한인권시민연합, 제네바에서",
    "emoji 🕊️ and a 𠮷 beyond the first plane",
    "a\nline\r\nand another;\n-- no comment\n# nor this\n/* nor this",
    "a NUL \0 and a \x1a within",
    "",
    "(1, 'x'), (2, 'y');",
    "`back` ``quotes``",
]


def read(content: bytes, *, wanted=lambda table: ALL, step: int | None = None):
    return list(rows(Stepping(content, step), wanted))


class Stepping(io.BytesIO):
    """Gives a few bytes at a time, so that everything is cut somewhere."""

    def __init__(self, content: bytes, step: int | None) -> None:
        super().__init__(content)
        self.step = step

    def read(self, size=-1, /) -> bytes:
        return super().read(min(size, self.step) if self.step else size)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("step", [None, 1, 7])
def test_what_was_written_in_any_style_is_read_again(style, step):
    table = Table("t", ["id", "title", "body"])
    for number, text in enumerate(NASTY):
        table.add(id=number, title=text, body=text * 3)
    found = read(sql(table, style=style).encode(), step=step)
    assert [row.values["title"].decode() for row in found] == NASTY
    assert [row.values["body"].decode() for row in found] == [text * 3 for text in NASTY]
    assert [row.values["id"] for row in found] == [str(n).encode() for n in range(len(NASTY))]


@given(
    st.lists(st.tuples(st.text(), st.text()), max_size=6),
    st.sampled_from(STYLES),
    st.integers(1, 40),
)
def test_any_text_survives_any_style_and_any_cut(texts, style, step):
    table = Table("t", ["id", "title", "body"])
    for number, (title, body) in enumerate(texts):
        table.add(id=number, title=title, body=body)
    content = sql(table, style=style).encode()
    found = read(content, step=step)
    written = [
        (title.encode(errors="surrogatepass"), body.encode(errors="surrogatepass"))
        for title, body in texts
    ]
    assert [(row.values["title"], row.values["body"]) for row in found] == written


PIECES = [
    *(
        b"INSERT INTO `t` ",
        b"(`id`,`title`) ",
        b"VALUES ",
        b"(",
        b")",
        b",",
        b";",
        b"'",
        b"''",
        b"\\",
    ),
    *(
        b"`",
        b'"',
        b"0x",
        b"0x41",
        b"x'41'",
        b"NULL",
        b"_binary ",
        b"-- ",
        b"/*",
        b"*/",
        b"#",
        b"\n",
    ),
    *(b"CREATE TABLE `t` (`id` int, `title` text)", b"1", b"-1.5e3", b"now()", b"\0", b"\xff\xfe"),
    *(b" ON DUPLICATE KEY UPDATE id=1", b"DELIMITER $$\n", b"b'01'", b"'words'", b"REPLACE "),
]


@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=3), max_size=40), st.integers(1, 50))
@example([b"INSERT INTO t VALUES ("], 1)
@example([b"INSERT INTO t VALUES ('"], 1)
@example([b"INSERT INTO t VALUES ('\\"], 3)
def test_no_dump_makes_it_stop_or_fail(pieces, step):
    for one in read(b"".join(pieces), step=step):
        assert isinstance(one, Row | Problem)


def test_cutting_it_elsewhere_reads_the_same():
    content = sql(
        *(Table("t", ["id", "title", "body"]).add(id=1, title=text, body="x") for text in NASTY)
    ).encode()
    whole = read(content)
    assert all(read(content, step=step) == whole for step in (1, 2, 3, 5, 11, 64))


def test_values_that_nobody_asked_for_are_not_in_a_row():
    table = Table("t", ["id", "password", "title"]).add(id=1, password="hash", title="A title")
    (row,) = read(sql(table).encode(), wanted=lambda name: {"id", "title"})
    assert row.values == {"id": b"1", "title": b"A title"}


def test_numbers_nulls_and_what_a_server_would_work_out():
    content = b"""CREATE TABLE t (id int, title text, body text);
    INSERT IGNORE INTO db.t VALUES (-1.5, NULL, NOW()), (2, CONVERT(0x41 USING utf8), true),
      (b'101', N'one' 'two', X'ea b0 80'), (x'eab080', _utf8'words', 0x) ON DUPLICATE KEY UPDATE id=3;
    REPLACE INTO t VALUES (4, 'end', DEFAULT)"""
    found = [row.values for row in read(content) if isinstance(row, Row)]
    assert found[0] == {"id": b"-1.5", "title": None, "body": None}
    assert found[1] == {"id": b"2", "title": None, "body": b"1"}


def test_a_bad_row_takes_no_other_with_it():
    content = b"""INSERT INTO t (id, title) VALUES (1, 'one'), (2), (3, 'three', 'four'), (5, 'five');
    INSERT INTO t (id, title) VALUES (6, 'six' oops), (7, 'seven');
    INSERT INTO t (id, title) VALUES (8, 'eight');"""
    found = read(content)
    assert [row.values["id"] for row in found if isinstance(row, Row)] == [b"1", b"5", b"8"]
    assert [row.line for row in found if isinstance(row, Problem)] == [1, 1, 2]


def test_a_row_of_more_values_than_any_table_has_is_not_held():
    found = read(b"INSERT INTO t VALUES (%s);INSERT INTO t (id) VALUES (1);" % (b"1," * 5000))
    assert [type(one) for one in found] == [Problem, Row]


def test_a_dump_that_was_cut_off_says_so():
    *found, last = read(b"INSERT INTO t (id, title) VALUES (1, 'one'),\n(2, 'tw")
    assert [row.values["title"] for row in found] == [b"one"]
    assert "not whole" in last.sentence


def test_columns_that_nobody_names_are_asked_for():
    (found,) = read(b"INSERT INTO t VALUES (1, 'one');")
    assert "CREATE TABLE" in found.sentence


def test_a_line_is_where_the_row_stands():
    found = read(b"-- one\n\nINSERT INTO t (id) VALUES\n(1),\n\n('two\nlines'),\n(3);\n")
    assert [row.line for row in found] == [4, 6, 8]


class Endless:
    """A dump of a table nobody asks for, and one row of the one somebody does."""

    def __init__(self, size: int) -> None:
        row = b"(1, '" + b"x" * 4000 + b"\\' it''s', 'y'),\n"
        self.parts = [b"INSERT INTO big VALUES\n", *([row] * (size // len(row))), b"(1, 2, 3);\n"]
        self.parts += [b"INSERT INTO t (id, title, body) VALUES (1, 'one', '"]
        self.parts += [b"long " * 1000] * 100 + [b"');"]
        self.parts.reverse()

    def read(self, size: int, /) -> bytes:
        return self.parts.pop() if self.parts else b""


def test_memory_does_not_grow_with_the_dump():
    stream = Endless(30_000_000)
    wanted = {"t": ALL}.get
    tracemalloc.start()
    found = list(rows(stream, wanted))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [len(row.values["body"]) for row in found] == [500_000]
    assert peak < 8_000_000


def test_a_value_longer_than_any_text_is_passed_over(monkeypatch):
    monkeypatch.setattr("advocacy.imports.sql.scanner.MOST_OF_VALUE", 1000)
    content = b"INSERT INTO t (id, title) VALUES (1, '%s'), (2, 'two');" % (b"x" * 5000 + b"\\n")
    found = read(content, step=100)
    assert isinstance(found[0], Problem)
    assert found[1].values["title"] == b"two"
