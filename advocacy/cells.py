"""Text in the cells of a spreadsheet: nothing in one can begin a formula. One rule for all tables."""

from __future__ import annotations

from typing import Any

BOM = "\ufeff"  # by which Excel takes a CSV file for UTF-8
# What spreadsheets take for a formula (OWASP, CSV injection), full-width forms too; tab and line ends
# hide one.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LONGEST = (
    32_767  # characters in a cell of XLSX; xlsxwriter would leave out the whole of a longer one
)
#: Of a workbook of xlsxwriter: what looks like a formula or an address is text.
WORKBOOK = {"strings_to_formulas": False, "strings_to_urls": False}

Cell = str | int | bool | None


def quoted(cell: Cell) -> Cell:
    """Text that a spreadsheet would calculate gets an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def write(sheet: Any, row: int, column: int, cell: Cell, style: Any = None) -> None:
    """Into a sheet of XLSX, where a cell says itself that it is text."""
    match cell:
        case None:
            pass
        case bool():
            sheet.write_boolean(row, column, cell, style)
        case int():
            sheet.write_number(row, column, cell, style)
        case _:
            text = cell if len(cell) <= LONGEST else f"{cell[: LONGEST - 1]}…"
            sheet.write_string(row, column, text, style)
