"""Cells of a spreadsheet: what is text stays text."""

import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from advocacy import cells

BEGINNINGS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＠SUM(A1)"]


@given(st.one_of(st.text(max_size=20), st.sampled_from(BEGINNINGS)))
def test_no_text_can_begin_a_formula(text):
    shown = cells.quoted(text)
    assert not shown.startswith(cells.FORMULA)
    assert shown in (text, f"'{text}")


@pytest.mark.parametrize("text", BEGINNINGS)
def test_what_would_be_calculated_is_quoted(text):
    assert cells.quoted(text) == f"'{text}"


@pytest.mark.parametrize("cell", [-3, 0, True, False, None, "A/HRC/25/63", "북한"])
def test_all_else_stays_as_it_is(cell):
    assert cells.quoted(cell) is cell


def test_a_text_too_long_for_a_cell_is_cut_and_says_so():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, cells.WORKBOOK) as book:
        sheet = book.add_worksheet()
        cells.write(sheet, 0, 0, "가" * (cells.LONGEST + 1))
        cells.write(sheet, 1, 0, "가" * cells.LONGEST)
    with zipfile.ZipFile(file) as parts:
        strings = parts.read("xl/sharedStrings.xml").decode()
    assert "가" * (cells.LONGEST - 1) + "…<" in strings
    assert "가" * cells.LONGEST + "<" in strings
