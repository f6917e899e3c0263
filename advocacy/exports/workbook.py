"""Records as a workbook of XLSX: one sheet of rows, one that says what they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from advocacy.cells import WORKBOOK, write
from advocacy.datasets.fields import Field
from advocacy.datasets.terms import Terms

from .tables import Batches, cells, names

WIDTH = 24  # characters


def make(
    file: IO[bytes], title: str, fields: Sequence[Field], batches: Batches, terms: Terms
) -> None:
    """Into a file that is open for writing. Rows lie on the disk until it is done, not in memory.

    What the sheets say of themselves is in the language that is active.
    """
    with xlsxwriter.Workbook(file, {"constant_memory": True, **WORKBOOK}) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet(title)
        sheet.set_column(0, len(fields) + 1, WIDTH)
        sheet.freeze_panes(1, 0)
        _line(sheet, 0, names(fields), bold)
        number = 0
        for batch in batches:
            for one in batch:
                number += 1
                _line(sheet, number, cells(one, fields, terms))
        _about(book.add_worksheet(_("About")), bold, fields, terms)


def _about(sheet: Any, bold: Any, fields: Sequence[Field], terms: Terms) -> None:
    sheet.set_column(0, 0, WIDTH)
    sheet.set_column(1, 1, 4 * WIDTH)
    said = [
        (pgettext("of data", "Publisher"), terms.publisher),
        (_("Terms of use"), terms.licence),
        (_("Licence"), terms.url),
        (_("Made"), terms.made),
        (_("Source"), terms.source),
    ]
    rows = [*(row for row in said if row[1]), *((f.name, str(f.says)) for f in fields)]
    for number, (name, value) in enumerate(rows):
        write(sheet, number, 0, name, bold)
        write(sheet, number, 1, value)


def _line(sheet: Any, number: int, values: Sequence[Any], style: Any = None) -> None:
    for column, value in enumerate(values):
        write(sheet, number, column, value, style)
