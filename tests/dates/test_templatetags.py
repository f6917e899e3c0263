import pytest
from django.template import Context, Template
from django.utils.translation import override

from advocacy.dates.edtf import parse


def shown(value, language="en"):
    with override(language):
        return Template("{% load dates %}{% partial_date d %}").render(Context({"d": value}))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("2013-01-14", '<time datetime="2013-01-14">14 January 2013</time>'),
        ("2012-12", '<time datetime="2012-12">December 2012</time>'),
        ("2004", '<time datetime="2004">2004</time>'),
    ],
)
def test_a_day_a_month_or_a_year_is_a_time_element(text, html):
    assert shown(parse(text)) == html
    assert shown(text) == html


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("199X", "1990s"),
        ("2003~", "about 2003"),
        ("{2010,2014}", "2010 and 2014"),
        ("2009-12/2010-03", "December 2009 to March 2010"),
    ],
)
def test_what_html_cannot_say_is_plain_text(text, plain):
    assert shown(text) == plain


def test_a_korean_page_shows_korean_words_and_the_same_machine_value():
    assert shown("2012-12", "ko") == '<time datetime="2012-12">2012년 12월</time>'


@pytest.mark.parametrize("value", [None, ""])
def test_no_date_shows_nothing(value):
    assert shown(value) == ""


def test_what_is_no_date_is_shown_as_escaped_text():
    assert shown("<b>soon</b>") == "&lt;b&gt;soon&lt;/b&gt;"
