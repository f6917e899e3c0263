import pytest
from django.template import Context, Template
from django.utils.translation import override

from advocacy.un.symbols import parse


def shown(source, **context):
    return Template("{% load un %}" + source).render(Context(context))


@pytest.mark.parametrize("value", ["a/hrc/25/63", parse("A/HRC/25/63")])
def test_a_symbol_is_a_link_that_may_wrap_and_says_what_it_is(value):
    with override("en"):
        assert shown("{% symbol s %}", s=value) == (
            '<a class="sym" href="/en/un/A/HRC/25/63/">'
            '<span class="vh">UN document </span>A/<wbr>HRC/<wbr>25/<wbr>63</a>'
        )


@pytest.mark.parametrize(
    ("language", "address"),
    [("en", "https://docs.un.org/en/A/HRC/25/63"), ("ko", "https://docs.un.org/en/A/HRC/25/63")],
)
def test_the_official_record_is_known_of_a_symbol_and_of_nothing_else(language, address):
    with override(language):
        assert shown("{{ s|official_record }}", s="A/HRC/25/63") == address
        assert shown("{{ s|official_record }}", s="and/or") == ""


def test_text_that_is_no_symbol_is_shown_as_escaped_text():
    assert shown("{% symbol s %}", s="<b>x</b>") == "&lt;b&gt;x&lt;/b&gt;"


@pytest.mark.parametrize("value", ["", None])
def test_no_symbol_shows_nothing(value):
    assert shown("{% symbol s %}", s=value) == ""


def test_bodies_are_named_in_the_language_of_the_page():
    with override("ko"):
        assert (
            shown("{{ 'hrc'|body_name }} · {{ 'ga3'|body_short }}") == "유엔 인권이사회 · 제3위원회"
        )
    with override("en"):
        assert shown("{{ 'ga3'|body_short }}") == "Third Committee"


def test_a_body_not_known_is_shown_by_its_code():
    assert shown("{{ code|body_name }}{{ ''|body_short }}", code="x&y") == "x&amp;y"
