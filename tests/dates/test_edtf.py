import datetime
import subprocess
import sys
import time

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy.dates import library
from advocacy.dates.edtf import Date, NotADate, describe, parse
from tests.dates.strategies import edtf_texts

D = datetime.date

READ_AS = {
    "2013-01-14": ("2013-01-14", "day", D(2013, 1, 14), D(2013, 1, 14)),
    "2012-12": ("2012-12", "month", D(2012, 12, 1), D(2012, 12, 31)),
    "2012-02": ("2012-02", "month", D(2012, 2, 1), D(2012, 2, 29)),
    "2004": ("2004", "year", D(2004, 1, 1), D(2004, 12, 31)),
    "199X": ("199X", "decade", D(1990, 1, 1), D(1999, 12, 31)),
    "199x": ("199X", "decade", D(1990, 1, 1), D(1999, 12, 31)),
    "2003~": ("2003~", "year", D(2003, 1, 1), D(2003, 12, 31)),
    "2003?": ("2003?", "year", D(2003, 1, 1), D(2003, 12, 31)),
    "2012-12-10~": ("2012-12-10~", "day", D(2012, 12, 10), D(2012, 12, 10)),
    "199X~": ("199X~", "decade", D(1990, 1, 1), D(1999, 12, 31)),
    "2009-12/2010-03": ("2009-12/2010-03", "interval", D(2009, 12, 1), D(2010, 3, 31)),
    "2010/2014": ("2010/2014", "interval", D(2010, 1, 1), D(2014, 12, 31)),
    "2003~/2005?": ("2003~/2005?", "interval", D(2003, 1, 1), D(2005, 12, 31)),
    "{2010,2014}": ("{2010,2014}", "set", D(2010, 1, 1), D(2014, 12, 31)),
    "{2014, 2010}": ("{2010,2014}", "set", D(2010, 1, 1), D(2014, 12, 31)),
    "{199X,1995-02}": ("{199X,1995-02}", "set", D(1990, 1, 1), D(1999, 12, 31)),
    "２０１２－１２": ("2012-12", "month", D(2012, 12, 1), D(2012, 12, 31)),
    " 2009-12 / 2010-03 ": ("2009-12/2010-03", "interval", D(2009, 12, 1), D(2010, 3, 31)),
    "2012–12": ("2012-12", "month", D(2012, 12, 1), D(2012, 12, 31)),
}


@pytest.mark.parametrize("typed", READ_AS)
def test_a_date_is_read_with_its_precision_its_first_and_its_last_day(typed):
    date = parse(typed)
    assert (date.edtf, date.precision, date.earliest, date.latest) == READ_AS[typed]
    assert str(date) == date.edtf


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2013-02-30", "28 days. Write a day from 2013-02-01 to 2013-02-28, or 2013-02 alone"),
        ("2013-02-29", "28 days"),
        ("{2012,2013-02-29}", "28 days"),
        ("2013-13", "no month 13"),
        ("2013-00-10", "no month 00"),
        ("2012-21", "no month 21"),
        ("0000", "no year 0000"),
        ("1990s", "“1990s” is not how this date is written here. Write 199X."),
        ("the 1990s", "Write 199X."),
        ("1990년대", "Write 199X."),
        ("December 2012", "Write 2012-12."),
        ("Dec. 2012", "Write 2012-12."),
        ("14 January 2013", "Write 2013-01-14."),
        (
            "January 14, 2013",
            "“January 14, 2013” is not how this date is written here. Write 2013-01-14.",
        ),
        ("2012년 12월", "Write 2012-12."),
        ("2013년 1월 14일", "Write 2013-01-14."),
        ("2013. 1. 14.", "Write 2013-01-14."),
        ("20130114", "Write 2013-01-14."),
        ("2012/12", "Write 2012-12."),
        ("2012-1", "Write 2012-01."),
        ("2012-XX", "Write 2012."),
        ("c. 2003", "Write 2003~."),
        ("about December 2012", "Write 2012-12~."),
        ("2003년경", "Write 2003~."),
        ("2010 and 2014", "Write {2010,2014}."),
        ("2010, 2014", "Write {2010,2014}."),
        ("2010년과 2014년", "Write {2010,2014}."),
        ("[2010,2014]", "Write {2010,2014}."),
        ("{2010}", "Write 2010."),
        ("{2010,2010}", "the same date more than once. Write 2010."),
        ("2010/2010", "the same date more than once. Write 2010."),
        ("2009-12 ~ 2010-03", "Write 2009-12/2010-03."),
        ("December 2009 to March 2010", "Write 2009-12/2010-03."),
        ("2009년 12월부터 2010년 3월까지", "Write 2009-12/2010-03."),
        ("2014/2010", "ends before it begins. Write 2010/2014"),
        ("", "Write a date, for example"),
        ("   ", "Write a date, for example"),
        ("9" * 5000, "too long for a date"),
        *(
            (junk, "is not a date that can be read")
            for junk in (
                "hello",
                "2004/..",
                "{2010..2012}",
                "19XX",
                "Y12345",
                "2004-03-01T10:00",
                "99999",
                "-0044",
                "{",
                "{,}",
                "2013-0114",
                "32 January 2013",
            )
        ),
    ],
)
def test_what_is_no_date_is_refused_in_a_sentence_with_the_right_form(typed, sentence):
    with override("en"), pytest.raises(NotADate) as refusal:
        parse(typed)
    assert sentence in str(refusal.value)
    assert len(str(refusal.value)) < 400


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2004", "2004-01-01/2005"),
        ("2004-01", "2004"),
        ("2003~", "2004"),
        ("199X", "1997"),
        ("{2010,2014}", "2010/2015"),
        ("2010", "{2010,2014}"),
        ("2009-12/2010-03", "2010"),
    ],
)
def test_dates_sort_by_their_first_and_then_their_last_day(earlier, later):
    assert parse(earlier) < parse(later)
    assert sorted([parse(later), parse(earlier)]) == [parse(earlier), parse(later)]


def test_the_same_text_is_the_same_date_and_another_precision_is_another():
    assert parse("2012-12") == parse(" 2012-12")
    assert hash(parse("2012-12")) == hash(parse("２０１２-12"))
    assert parse("2004") != parse("2004~")
    assert parse("2004") != "2004"
    with pytest.raises(TypeError):
        parse("2004") < "2004"  # noqa: B015 -- the comparison itself is the test


@pytest.mark.parametrize(
    ("text", "machine"),
    [
        *(("2013-01-14", "2013-01-14"), ("2012-12", "2012-12"), ("2004", "2004")),
        *((text, "") for text in ("199X", "2003~", "2003?", "2003%", "2010/2014", "{2010,2014}")),
    ],
)
def test_only_an_exact_day_month_or_year_has_a_machine_value(text, machine):
    assert parse(text).machine == machine


def test_a_set_overlaps_by_its_members_and_not_by_what_lies_between():
    reviews = parse("{2010,2014}")
    assert reviews.overlaps(D(2010, 6, 1), D(2010, 6, 2))
    assert not reviews.overlaps(D(2011, 1, 1), D(2013, 12, 31))
    assert reviews.overlaps(D(2011, 1, 1), D(2014, 1, 1))
    assert reviews.overlaps(None, D(2010, 1, 1))
    assert not reviews.overlaps(D(2015, 1, 1), None)
    assert parse("2010/2014").overlaps(D(2011, 1, 1), D(2013, 12, 31))


def test_doubt_is_told_apart():
    assert (parse("2003~").is_approximate, parse("2003~").is_uncertain) == (True, False)
    assert (parse("2003?").is_approximate, parse("2003?").is_uncertain) == (False, True)
    assert (parse("2003%").is_approximate, parse("2003%").is_uncertain) == (True, True)
    assert (parse("2003").is_approximate, parse("2003").is_uncertain) == (False, False)
    assert parse("2003/2005~").is_approximate


def test_what_was_understood_or_why_it_was_not_is_said():
    with override("en"):
        assert describe("2012-12", "ko") == "2012년 12월"
        assert describe("1990s") == "“1990s” is not how this date is written here. Write 199X."


@settings(max_examples=40)  # the grammar takes its time
@given(edtf_texts())
def test_every_date_we_keep_reads_back_as_itself(text):
    date = parse(text)
    assert parse(str(date)) == date
    assert date.earliest <= date.latest
    assert date.format("en") != date.format("ko")


@settings(max_examples=40)  # the grammar takes its time
@given(edtf_texts())
def test_the_bounds_are_those_of_the_edtf_library(text):
    read = library.parse_edtf(str(parse(text)))
    bounds = (read.lower_strict(), read.upper_strict())
    if (
        parse(text).precision != "set"
    ):  # of a set the library tells the ends of its text, we of its members
        assert tuple(map(library.struct_time_to_date, bounds)) == (
            parse(text).earliest,
            parse(text).latest,
        )


@given(st.text(max_size=200) | st.text(alphabet="0123456789-/{},~?%Xx. 년월일경과", max_size=40))
def test_junk_is_refused_and_nothing_else_is_raised(text):
    try:
        date = parse(text)
    except NotADate as refusal:
        assert str(refusal)
    else:
        assert isinstance(date, Date)


@pytest.mark.parametrize("piece", ["{", "2010,", " ", "2010/", "c. ", "~", "과 ", "\u2014", "년"])
def test_a_hostile_text_of_100_000_characters_is_refused_at_once(piece):
    began = time.perf_counter()
    with pytest.raises(NotADate):
        parse((piece * 100_000)[:100_000])
    assert time.perf_counter() - began < 0.5


def test_a_list_of_a_hundred_dates_costs_nothing_the_second_time():
    texts = [f"{year}-12/{year + 1}-03" for year in range(1900, 2000)]
    for text in texts:
        parse(text)
    began = time.perf_counter()
    for text in texts:
        parse(text)
    assert time.perf_counter() - began < 0.1


def test_a_plain_date_is_not_sent_through_the_grammar(monkeypatch):
    def grammar(text):
        raise AssertionError(text)

    monkeypatch.setattr(library, "parse_edtf", grammar)
    assert parse("1977-07-07").precision == "day"


def test_the_library_can_be_imported_where_warnings_are_errors():
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", "import advocacy.dates.library"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""


def test_the_django_field_of_the_library_is_never_imported():
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "import advocacy.dates.library, sys; print('edtf.fields' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "False"
