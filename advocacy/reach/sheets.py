"""The report as a spreadsheet: CSV and XLSX. Nothing in them can begin a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from advocacy.cells import BOM, WORKBOOK, quoted, write

from .report import Line, Report, numbers
from .rules import sentences

WIDTHS = [18, 60, 14, 12, 50, 12, 14, 12, 16, 12, 14]  # characters

Cell = str | int
Table = tuple[str, Sequence[Line]]


def columns() -> list[str]:
    return [
        _("Table"),
        _("Name"),
        _("Kind"),
        _("Language"),
        _("Address"),
        *numbers().values(),
    ]


def tables(report: Report) -> list[Table]:
    total = [report.total]
    return [
        (_("Total"), total),
        (_("By language"), report.languages),
        (_("By tag"), report.tags),
        (_("By publication"), report.publications),
        (_("By document"), report.documents),
    ]


def cells(title: str, line: Line) -> list[Cell]:
    return [
        title,
        line.name,
        line.what,
        line.language,
        line.address,
        *(getattr(line, key) for key in numbers()),
    ]


def heading(report: Report) -> str:
    return _("Reach in %(month)s") % {"month": report.month.name}


def as_csv(report: Report) -> str:
    """One table of all lines, then what the numbers mean. Begins with a BOM, for Excel."""
    file = io.StringIO(newline="")
    file.write(BOM)
    writer = csv.writer(file)
    writer.writerow(columns())
    for title, lines in tables(report):
        writer.writerows([quoted(cell) for cell in cells(title, line)] for line in lines)
    writer.writerows([_("Note"), quoted(sentence)] for sentence in _notes(report))
    return file.getvalue()


def as_xlsx(report: Report) -> bytes:
    """A sheet with totals and notes, then one for each table. Formulas and links are never made."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **WORKBOOK}) as book:
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        (_total, total), *others = tables(report)
        front = book.add_worksheet(_("Total"))
        front.set_column(0, 0, 90, wrapped)
        front.write_string(0, 0, heading(report), bold)
        for row, (key, name) in enumerate(numbers().items(), start=2):
            front.write_string(row, 0, name)
            front.write_number(row, 1, getattr(total[0], key))
        for row, sentence in enumerate(_notes(report)[1:], start=len(numbers()) + 3):
            front.write_string(row, 0, sentence)
        for title, lines in others:
            _write(book.add_worksheet(title), bold, title, lines)
    return file.getvalue()


def _write(sheet: Any, bold: Any, title: str, lines: Iterable[Line]) -> None:
    for number, (name, width) in enumerate(list(zip(columns(), WIDTHS, strict=True))[1:]):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, name, bold)
    sheet.freeze_panes(1, 0)
    for row, line in enumerate(lines, start=1):
        for column, cell in enumerate(cells(title, line)[1:]):
            write(sheet, row, column, cell)


def _notes(report: Report) -> list[str]:
    return [heading(report), *sentences(report)]
