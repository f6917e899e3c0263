import pytest
from django.utils.translation import override

from advocacy.dates.edtf import parse

SAID = [
    ("2013-01-14", "14 January 2013", "2013년 1월 14일"),
    ("2012-12", "December 2012", "2012년 12월"),
    ("2004", "2004", "2004년"),
    ("199X", "1990s", "1990년대"),
    ("2003~", "about 2003", "2003년경"),
    ("2012-12~", "about December 2012", "2012년 12월경"),
    ("199X~", "about the 1990s", "1990년대경"),
    ("2003?", "2003 (uncertain)", "2003년(추정)"),
    ("2003%", "about 2003 (uncertain)", "2003년경(추정)"),
    ("2009-12/2010-03", "December 2009 to March 2010", "2009년 12월부터 2010년 3월까지"),
    ("2010/2014", "2010 to 2014", "2010년부터 2014년까지"),
    ("2010-03/2010-05", "March to May 2010", "2010년 3월부터 5월까지"),
    ("2013-01-14/2013-01-16", "14 to 16 January 2013", "2013년 1월 14일부터 16일까지"),
    ("2013-01-28/2013-02-03", "28 January to 3 February 2013", "2013년 1월 28일부터 2월 3일까지"),
    (
        "2012-12-30/2013-01-02",
        "30 December 2012 to 2 January 2013",
        "2012년 12월 30일부터 2013년 1월 2일까지",
    ),
    ("2012-01-01/2012-12", "1 January 2012 to December 2012", "2012년 1월 1일부터 2012년 12월까지"),
    ("2003~/2005", "about 2003 to 2005", "2003년경부터 2005년까지"),
    ("2010-03~/2010-05", "about March 2010 to May 2010", "2010년 3월경부터 2010년 5월까지"),
    ("{2010,2014}", "2010 and 2014", "2010년과 2014년"),
    ("{2010,2012,2014}", "2010, 2012 and 2014", "2010년, 2012년과 2014년"),
    ("{199X,2003}", "1990s and 2003", "1990년대와 2003년"),
    ("{2003?,2005}", "2003 (uncertain) and 2005", "2003년(추정)과 2005년"),
    ("{2009-12,2010-03}", "December 2009 and March 2010", "2009년 12월과 2010년 3월"),
]


@pytest.mark.parametrize(("text", "english", "korean"), SAID)
def test_a_date_is_said_at_the_precision_known_and_no_more(text, english, korean):
    date = parse(text)
    assert (date.format("en"), date.format("ko")) == (english, korean)


def test_without_a_language_a_date_speaks_the_language_of_the_page():
    with override("ko"):
        assert parse("2012-12").format() == "2012년 12월"
    with override("en"):
        assert parse("2012-12").format() == "December 2012"


def test_a_language_we_do_not_write_reads_english_and_a_regional_korean_reads_korean():
    assert parse("2012-12").format("fr") == "December 2012"
    assert parse("2012-12").format("ko-kr") == "2012년 12월"
    with override(None):
        assert parse("2012-12").format() == "December 2012"
