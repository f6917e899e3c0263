"""The rows that the INSERT statements of a dump put into the tables somebody asks for.

As mysqldump, phpMyAdmin and HeidiSQL write them: one row a statement or thousands, with the names of
the columns or without (then they stand in the CREATE TABLE before), text in quotes or in hexadecimal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from typing import NamedTuple

from django.utils.translation import gettext as _

from .scanner import Cut, Scanner, Stream, TooLong

Value = bytes | None
#: The columns somebody wants of a table; None: nothing of it. Of all others no value is kept.
Wanted = Callable[[str], Collection[str] | None]
#: The columns of a table by their number, where the dump does not name them.
Known = Callable[[str, int], tuple[str, ...] | None]

_INSERT = re.compile(
    rb"(?:INSERT|REPLACE)\s+(?:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE)\s+)*(?:INTO\s+)?",
    re.IGNORECASE,
)
_CREATE = re.compile(rb"CREATE\s+(?:TEMPORARY\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?", re.IGNORECASE)
_DELIMITER = re.compile(rb"DELIMITER[ \t]+[^\r\n]*", re.IGNORECASE)
_WORD = re.compile(rb"[\w$\x80-\xff]{1,192}")
_DOT = re.compile(rb"\s*\.\s*")
_VALUES = re.compile(rb"VALUES?(?=[\s(/])", re.IGNORECASE)
_NUMBER = re.compile(rb"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?(?=[\s,)])")
_CONSTANT = re.compile(rb"(NULL|TRUE|FALSE)(?=[\s,)])", re.IGNORECASE)
_INTRODUCER = re.compile(rb"(?:_[A-Za-z0-9]+\s*|[nN](?='))(?=['\"]|0x|[xX]')")
_HEX = re.compile(rb"0x|[xX]'")
_BITS = re.compile(rb"[bB]'[01]*'|0b[01]+")
_HEX_DIGITS = re.compile(rb"[0-9A-Fa-f]*")
_BETWEEN = (b" ", b"\n", b"\r", b"\t", b"/")  # strings: blanks, a comment
_EXPRESSION = re.compile(rb"[^'\"`(),;]*")
_NO_COLUMN = {b"primary", b"key", b"unique", b"index", b"constraint", b"fulltext", b"spatial"}
_NO_COLUMN |= {b"foreign", b"check"}
#: No table has more (MySQL's own limit).
MOST_COLUMNS = 4096


class Row(NamedTuple):
    table: str
    line: int
    values: dict[str, Value]  # of the wanted columns; as bytes, numbers too


class Problem(NamedTuple):
    """Something that gave no row, and why."""

    line: int
    sentence: str


class Malformed(Exception):
    pass


def rows(
    stream: Stream, wanted: Wanted, known: Known = lambda table, n: None
) -> Iterator[Row | Problem]:
    """Every row of the wanted tables, in the order of the dump. Never raises for what it reads."""
    reader = _Reader(Scanner(stream), wanted, known)
    return reader.rows()


class _Reader:
    def __init__(self, scanner: Scanner, wanted: Wanted, known: Known) -> None:
        self.scanner, self.wanted, self.known = scanner, wanted, known
        self.columns: dict[str, tuple[str, ...]] = {}

    def rows(self) -> Iterator[Row | Problem]:
        scanner = self.scanner
        if scanner.peek(3) == b"\xef\xbb\xbf":
            scanner.at += 3
        while True:
            line = scanner.line
            try:
                scanner.spaces()
                line = scanner.line
                if not scanner.peek():
                    return
                if scanner.take(_INSERT):
                    yield from self._insert()
                elif scanner.take(_CREATE):
                    self._create()
                elif not scanner.take(_DELIMITER):
                    scanner.statement()
            except (Malformed, TooLong):
                yield Problem(line, _("This statement could not be read; its other rows are lost."))
                with suppress(Cut):
                    scanner.statement()
            except Cut:
                yield Problem(
                    line, _("The dump ends in the middle of this statement: it is not whole.")
                )
                return

    # --- INSERT ------------------------------------------------------------------------------------

    def _insert(self) -> Iterator[Row | Problem]:
        scanner = self.scanner
        table = self._name()
        wanted = self.wanted(table)
        if wanted is None:
            scanner.statement()
            return
        scanner.spaces()
        columns = self.columns.get(table)
        if scanner.peek() == b"(":
            columns = tuple(self._names())
            scanner.spaces()
        if not scanner.take(_VALUES):
            raise Malformed
        while True:
            scanner.spaces()
            line = scanner.line
            self._expect(b"(")
            yield self._row(table, line, columns, wanted)
            scanner.spaces()
            byte = scanner.peek()
            if byte != b",":
                break
            scanner.at += 1
        scanner.statement()  # `;`, perhaps after ON DUPLICATE KEY UPDATE

    def _row(
        self, table: str, line: int, columns: tuple[str, ...] | None, wanted: Collection[str]
    ) -> Row | Problem:
        """Behind the bracket that opens it. The row is read to its end whatever is wrong with it."""
        given: list[Value] = []
        problem = ""
        while True:
            self.scanner.spaces()
            number = len(given)
            if number == MOST_COLUMNS:
                raise Malformed
            is_kept = columns is None or (number < len(columns) and columns[number] in wanted)
            try:
                given.append(self._value(keep=is_kept))
            except TooLong:
                given.append(None)
                problem = _("A value of this row is too long to be a text.") if is_kept else problem
            self.scanner.spaces()
            byte = self.scanner.peek()
            self.scanner.at += 1
            if byte == b")":
                break
            if byte != b",":
                raise Malformed if byte else Cut
        columns = columns or self.known(table, len(given))
        if columns is None:
            problem = _(
                "The dump does not say which columns the table has: it needs the CREATE TABLE too."
            )
        elif len(columns) != len(given):
            problem = _("This row has %(given)d values for %(columns)d columns.") % {
                "given": len(given),
                "columns": len(columns),
            }
        if problem or columns is None:
            return Problem(line, problem)
        return Row(
            table, line, {name: given[n] for n, name in enumerate(columns) if name in wanted}
        )

    def _value(self, *, keep: bool) -> Value:
        scanner = self.scanner
        byte = scanner.peek()
        if byte == b"'" or byte == b'"':
            value = scanner.string(keep=keep)
            while scanner.peek() in (*_BETWEEN, byte):  # 'one' 'after another'
                scanner.spaces()
                if scanner.peek() != byte:
                    break
                value += scanner.string(keep=keep)
            return value
        if match := scanner.take(_NUMBER):
            return match[0]
        if match := scanner.take(_CONSTANT):
            return {b"NULL": None, b"TRUE": b"1", b"FALSE": b"0"}[match[1].upper()]
        if scanner.take(_INTRODUCER):
            return self._value(keep=keep)
        if match := scanner.take(_HEX):
            return self._hex(is_quoted=match[0][-1:] == b"'")
        if match := scanner.take(_BITS):
            digits = match[0].strip(b"bB'")[-64:].lstrip(b"0b") or b"0"
            return str(int(digits, 2)).encode()
        self._expression()
        return None

    def _hex(self, *, is_quoted: bool) -> bytes:
        digits = self.scanner.run(_HEX_DIGITS)
        if is_quoted:
            self._expect(b"'")
        return bytes.fromhex(digits.decode() if len(digits) % 2 == 0 else "0" + digits.decode())

    def _expression(self) -> None:
        """What the server would have to work out, such as NOW(): it has no value here."""
        scanner, depth = self.scanner, 0
        start = (scanner.line, scanner.at)
        while True:
            scanner.skip(_EXPRESSION)
            byte = scanner.peek()
            if byte in (b"'", b'"', b"`") and byte:
                scanner.string(keep=False)
            elif byte == b"(":
                depth += 1
                scanner.at += 1
            elif byte == b")" and depth:
                depth -= 1
                scanner.at += 1
            elif byte == b"," and depth:
                scanner.at += 1
            elif byte == b"":
                raise Cut
            elif byte == b";" or (scanner.line, scanner.at) == start:
                raise Malformed
            else:
                return

    # --- CREATE TABLE ------------------------------------------------------------------------------

    def _create(self) -> None:
        table = self._name()
        self.scanner.spaces()
        if self.scanner.peek() == b"(":
            self.columns[table] = tuple(self._definitions())
        self.scanner.statement()

    def _definitions(self) -> Iterator[str]:
        scanner = self.scanner
        while scanner.peek() in (b"(", b","):
            scanner.at += 1
            scanner.spaces()
            if scanner.peek() in (b"`", b'"'):
                yield _text(scanner.string())
            elif (word := scanner.take(_WORD)) and word[0].lower() not in _NO_COLUMN:
                yield _text(word[0])
            if scanner.peek() not in (b",", b")"):
                self._expression()

    def _name(self) -> str:
        """Of a table, without that of its database."""
        name = self._part()
        while self.scanner.take(_DOT):
            name = self._part()
        return name

    def _part(self) -> str:
        if self.scanner.peek() in (b"`", b'"'):
            return _text(self.scanner.string())
        if word := self.scanner.take(_WORD):
            return _text(word[0])
        raise Malformed

    def _names(self) -> Iterator[str]:
        while self.scanner.peek() in (b"(", b","):
            self.scanner.at += 1
            self.scanner.spaces()
            yield self._part()
            self.scanner.spaces()
        self._expect(b")")

    def _expect(self, byte: bytes) -> None:
        if self.scanner.peek() != byte:
            raise Malformed if self.scanner.peek() else Cut
        self.scanner.at += 1


def _text(name: bytes) -> str:
    return name.decode(errors="replace")
