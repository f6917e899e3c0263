"""A table as rows of text, each with its line: from CSV in whichever encoding, or from XLSX."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO

import openpyxl
from django.utils.translation import gettext as _

from advocacy.cells import quoted

Row = tuple[int, list[str]]

MOST_ROWS = 100_000
MOST_COLUMNS = 200
LONGEST = 1_000_000  # characters in a cell
MOST_BYTES = 200_000_000  # of a workbook, unpacked; its strings are held in memory
MOST_MEMBERS = 2_000

#: What zipfile raises of what is damaged, cut off, encrypted or packed in a way of its own.
UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError)

csv.field_size_limit(LONGEST)  # else 131,072, which a long article exceeds; of the whole process


class NoTable(Exception):
    """This cannot be read as a table, from a line on; `str()` is a sentence."""

    def __init__(self, said: str, line: int = 0) -> None:
        super().__init__(said)
        self.line = line


def rows(stream: BinaryIO) -> Iterator[Row]:
    """Those that are not empty. `stream` can be read again from its start. Raises NoTable."""
    begin = stream.read(4)
    stream.seek(0)
    found = _of_workbook(stream) if begin == b"PK\x03\x04" else _of_text(stream)
    for number, (line, cells) in enumerate(found):
        if number == MOST_ROWS:
            said = _("A table may have %(number)s rows: nothing after them was read.")
            raise NoTable(said % {"number": MOST_ROWS}, line)
        if any(cells):
            yield line, cells


# CSV


def _of_text(stream: BinaryIO) -> Iterator[Row]:
    last = 0
    text = io.TextIOWrapper(stream, _encoding(stream), errors="replace", newline="")
    try:
        begin = text.read(4096)
        text.seek(0)
        read = csv.reader(text, delimiter=_delimiter(begin))
        for cells in read:
            yield last + 1, [_typed(cell) for cell in cells[:MOST_COLUMNS]]
            last = read.line_num
    except csv.Error as error:
        said = _("This line cannot be read (%(problem)s). Is a quotation mark missing?")
        raise NoTable(said % {"problem": error}, last + 1) from error
    finally:
        text.detach()  # the stream is not ours to close


def _encoding(stream: BinaryIO) -> str:
    """UTF-8, or what Excel writes instead: with a BOM, or in the code page of Korean Windows."""
    begin = stream.read(3)
    stream.seek(0)
    if begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := stream.read(1 << 20):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
        name = "utf-8-sig"
    except UnicodeDecodeError:
        name = "cp949"
    stream.seek(0)
    return name


def _delimiter(begin: str) -> str:
    """That which the first line has most of; Excel follows the settings of the computer."""
    first = begin.lstrip("\ufeff\r\n").partition("\n")[0]
    return max(",;\t", key=first.count)


def _typed(cell: str) -> str:
    """Without the apostrophe that our own tables put before what a spreadsheet would calculate."""
    cell = cell.replace("\0", "").strip()
    return cell[1:] if cell.startswith("'") and quoted(cell[1:]) == cell else cell


# XLSX


def _of_workbook(stream: BinaryIO) -> Iterator[Row]:
    _look_into(stream)
    try:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # of a damaged file it lets through whatever it meets
        raise NoTable(_("This file cannot be opened as a workbook.")) from error
    try:
        sheet: Any = book.worksheets[0]
        sheet.reset_dimensions()  # which some programs get wrong
        found = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)
        for line, cells in enumerate(found, 1):
            yield line, [_said(cell) for cell in cells]
    except Exception as error:
        raise NoTable(_("The sheet of this workbook cannot be read.")) from error
    finally:
        book.close()


def _look_into(stream: BinaryIO) -> None:
    """Refuse what unpacks to far more than it is, and XML that declares entities."""
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
            # What a member says of its size holds: no more than that is ever unpacked of it.
            if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_BYTES:
                raise NoTable(_("This workbook is too large when it is unpacked: refused."))
            for one in members:
                if one.filename.endswith((".xml", ".rels")) and _declares(archive, one):
                    raise NoTable(_("This workbook declares a DOCTYPE, which none needs: refused."))
    except UNREADABLE as error:
        raise NoTable(_("This file cannot be opened as a workbook.")) from error
    stream.seek(0)


def _declares(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    sought, tail = b"<!DOCTYPE", b""
    with archive.open(member) as file:
        while chunk := file.read(1 << 20):
            plain = tail + chunk.replace(b"\0", b"")  # in UTF-16 every other byte
            if sought in plain:
                return True
            tail = plain[-len(sought) :]
    return False


def _said(cell: Any) -> str:
    """As it is typed in a table of text."""
    match cell:
        case None:
            return ""
        case bool():
            return "1" if cell else "0"
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime() | date() | time():
            return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
    return str(cell)[:LONGEST].replace("\0", "").strip()
