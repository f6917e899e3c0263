"""The numbers of a month: each where it belongs, and nothing named that readers cannot see."""

import csv
import io
import zipfile
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from advocacy.attachments.models import Attachment
from advocacy.hits.counter import Kind
from advocacy.hits.models import Trouble
from advocacy.publishing import actions
from advocacy.reach import report, rules, sheets
from advocacy.reach.months import Month

from .conftest import DECEMBER, SEOUL, count

NOVEMBER = Month(2026, 11)


def lines(of: list[report.Line]) -> dict[str, tuple[int, ...]]:
    return {line.name: (line.views, line.visitors, line.robots, line.old_site) for line in of}


def test_a_month_is_counted_from_its_first_to_its_last_day_in_seoul(month):
    made = report.build(NOVEMBER)
    assert lines([made.total]) == {"": (92, 77, 8, 4312)}
    assert lines(made.publications) == {
        "조사를 향하여": (50, 45, 0, 0),
        "=HYPERLINK(the inquiry)": (42, 32, 8, 4312),
    }
    assert made.is_complete


def test_languages_and_tags_are_summed(month):
    made = report.build(NOVEMBER)
    assert {line.language: line.views for line in made.languages} == {"ko": 50, "en": 42}
    assert lines(made.tags) == {"Abductees": (92, 77, 8, 4312)}
    with translation.override("ko"):
        assert [line.name for line in report.build(NOVEMBER).tags] == ["납북자"]


def test_downloads_stand_with_their_document(month):
    paper = Attachment.objects.create(
        kind="pdf", title="Statement", language="en", name="statement", key="a.pdf", pages=2, size=9
    )
    count(paper.uuid, date(2026, 11, 2), 12, 10, 3, kind=Kind.DOWNLOAD)
    made = report.build(NOVEMBER)
    (line,) = made.documents
    assert (line.downloads, line.downloaders, line.robots, line.views) == (12, 10, 3, 0)
    assert made.total.downloads == 12
    assert line.name == "No longer public"  # nothing public uses it


def test_a_withdrawn_text_is_counted_and_not_named(month):
    _english, korean = month
    actions.withdraw(publication=korean)
    made = report.build(NOVEMBER)
    assert made.total.views == 92
    assert "조사" not in sheets.as_csv(made)
    assert lines(made.publications)["No longer public"] == (50, 45, 0, 0)


def test_what_was_deleted_is_counted(month):
    count(uuid4(), date(2026, 11, 3), 5, 5)
    assert report.build(NOVEMBER).total.views == 97


def test_the_number_of_queries_does_not_grow_with_the_items(month, django_assert_max_num_queries):
    for _number in range(300):
        count(uuid4(), date(2026, 11, 3), 1, 1)
    with django_assert_max_num_queries(18):
        report.build(NOVEMBER)


def test_a_month_that_is_not_over_says_so(month):
    made = report.build(Month(2026, 12))
    assert not made.is_complete
    assert "The month is not over: these numbers will grow." in rules.about(made)


def test_the_old_site_stands_apart_and_says_where_its_number_comes_from(month):
    (sentence,) = rules.about(report.build(NOVEMBER))
    assert "4,312 hits on the old site" in sentence
    assert "old board, 2026-10-01" in sentence


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [((11, 30), (12, 2), True), ((10, 1), (10, 31), False), ((12, 1), (12, 1), False)],
)
def test_a_month_in_which_counting_failed_says_so(month, first, last, told):
    moments = [datetime(2026, *day, 12, tzinfo=SEOUL) for day in (first, last)]
    Trouble.objects.create(
        machine="web1", what="journal", times=3, first_at=moments[0], last_at=moments[1]
    )
    said = " ".join(rules.about(report.build(NOVEMBER)))
    assert ("counting failed 3 times on the server web1" in said) is told


def test_the_csv_begins_with_a_bom_and_cannot_calculate(month):
    text = sheets.as_csv(report.build(NOVEMBER))
    assert text.startswith("\ufeffTable,Name,")
    rows = list(csv.reader(io.StringIO(text[1:])))
    names = [row[1] for row in rows if row[0] == "By publication"]
    assert names == ["조사를 향하여", "'=HYPERLINK(the inquiry)"]
    assert any("COUNTER" in row[1] for row in rows if row[0] == "Note")


def test_the_workbook_holds_text_and_numbers_and_no_formula(month):
    content = sheets.as_xlsx(report.build(NOVEMBER))
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}
    written = [text for name, text in parts.items() if name.startswith("xl/worksheets/")]
    assert len(written) == 5
    assert not any("<f>" in text or "hyperlink" in text for text in written)
    assert "=HYPERLINK(the inquiry)" in parts["xl/sharedStrings.xml"]
    assert "<v>4312</v>" in "".join(written)


@pytest.mark.parametrize(
    "text", ["2026", "2026-13", "2026-1", "26-11", "2026-11-01", "２０２６-11", ""]
)
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError, match="no month"):
        Month.parse(text)


@given(st.integers(1, 9000), st.integers(1, 12), st.integers(-30, 30))
def test_months_go_on_over_the_years(year, number, moved):
    month = Month(year + 100, number)
    assert month.moved(moved).moved(-moved) == month
    assert month < month.after()
    assert (month.after().first - month.last).days == 1


def test_the_month_is_the_one_in_seoul():
    assert Month.of(datetime(2026, 12, 1, 0, 30, tzinfo=SEOUL)) == Month(2026, 12)


def test_the_command_shows_tables_that_stand_in_columns(month, capsys):
    call_command("reach", "2026-11")
    shown = capsys.readouterr().out
    assert shown.startswith("Reach in November 2026")
    table = shown.partition("By publication\n")[2].partition("\n\n")[0].splitlines()
    assert table[1].split()[-6:] == ["50", "45", "0", "0", "0", "0"]
    assert "COUNTER Code of Practice" in shown


@pytest.mark.parametrize(("kind", "begins"), [("csv", b"\xef\xbb\xbfTable"), ("xlsx", b"PK")])
def test_the_command_writes_a_file(month, tmp_path, kind, begins):
    file = tmp_path / f"reach.{kind}"
    call_command("reach", "2026-11", format=kind, output=file)
    assert file.read_bytes().startswith(begins)


def test_the_command_says_what_is_wrong(month, tmp_path):
    with pytest.raises(CommandError, match="no month"):
        call_command("reach", "November")
    with pytest.raises(CommandError, match="Cannot write"):
        call_command("reach", "2026-11", output=tmp_path / "missing" / "file")


def test_a_report_made_at_another_moment_is_that_of_then(month):
    assert not report.build(NOVEMBER, at=DECEMBER.replace(month=11)).is_complete
