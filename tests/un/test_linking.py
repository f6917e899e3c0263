import re
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from advocacy.un.linking import link_symbols, to_our_pages
from advocacy.un.symbols import parse
from tests.un.strategies import canonical_symbols

REPORT = '<a class="sym" href="https://docs.un.org/en/A/HRC/25/63">A/HRC/25/63</a>'


def test_a_symbol_in_a_paragraph_becomes_a_link_to_the_official_record():
    assert link_symbols("<p>The report A/HRC/25/63.</p>") == f"<p>The report {REPORT}.</p>"


def test_several_symbols_in_one_text_are_all_linked_in_their_order():
    linked = link_symbols("<p>A/HRC/25/63 and S/PV.7353</p>tail A/69/188")
    assert linked == (
        f'<p>{REPORT} and <a class="sym" href="https://docs.un.org/en/S/PV.7353">S/PV.7353</a></p>'
        'tail <a class="sym" href="https://docs.un.org/en/A/69/188">A/69/188</a>'
    )


def test_a_fragment_that_begins_with_text_is_linked_too():
    assert link_symbols("A/HRC/25/63 <b>and</b> more") == f"{REPORT} <b>and</b> more"
    assert link_symbols("A/HRC/25/63") == REPORT


def test_what_was_typed_stays_as_it_was_typed():
    assert link_symbols("<p>a/hrc/25/63</p>") == (
        '<p><a class="sym" href="https://docs.un.org/en/A/HRC/25/63">a/hrc/25/63</a></p>'
    )


@pytest.mark.parametrize("tag", ["a", "code", "pre", "textarea", "script", "style"])
def test_a_symbol_inside_a_link_or_literal_text_is_left_alone(tag):
    html = f"<div><{tag}>A/HRC/25/63</{tag}></div>"
    assert link_symbols(html) == html


def test_a_symbol_deep_inside_a_link_is_left_alone():
    html = '<a href="/x"><b>see <i>A/HRC/25/63</i></b></a>'
    assert link_symbols(html) == html


def test_attributes_and_comments_are_no_text():
    html = '<p title="A/HRC/25/63">x<!-- A/HRC/25/63 --></p>'
    assert link_symbols(html) == html


def test_entities_survive_beside_a_link():
    assert link_symbols("<p>R&amp;D &lt;b&gt; &quot;A/HRC/25/63&quot; 1&nbsp;2</p>") == (
        f'<p>R&amp;D &lt;b&gt; "{REPORT}" 1&nbsp;2</p>'
    )


def test_a_symbol_written_with_entities_is_linked():
    assert link_symbols("<p>A&#47;HRC&#x2F;25/63</p>") == f"<p>{REPORT}</p>"


def test_markup_typed_as_text_does_not_become_markup():
    linked = link_symbols("<p>&lt;script&gt;A/HRC/25/63&lt;/script&gt;</p>")
    assert linked == f"<p>&lt;script&gt;{REPORT}&lt;/script&gt;</p>"


@pytest.mark.parametrize("html", ["", "plain", "<p>R&D</p>", "<p>1 < 2 and/or", "<br>", "\x00"])
def test_a_text_without_symbols_comes_back_to_the_byte(html):
    assert link_symbols(html) == html


@given(
    st.lists(
        canonical_symbols()
        | st.sampled_from(
            ["<p>", "</p>", "<a href=x>", "</a>", "<b>", "&amp;", " ", "<pre>", "</pre>"]
        )
        | st.text(alphabet="ab<>&;/ \n", max_size=5),
        max_size=10,
    ).map("".join)
)
@example("A/RES/1 A (I)A/RES/31/1")
def test_linking_twice_is_linking_once(html):
    once = link_symbols(html)
    assert link_symbols(once) == once


def test_where_a_text_is_read_its_symbols_lead_to_our_pages():
    stored = link_symbols("<p>A/HRC/25/63-E, S/RES/1440 (2002) and A/RES/217 A (III).</p>")
    assert re.findall('href="([^"]*)"', to_our_pages(stored, "ko")) == [
        "/ko/un/A/HRC/25/63/",
        "/ko/un/S/RES/1440(2002)/",
        "/ko/un/A/RES/217A(III)/",
    ]


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{REPORT.replace('>A/HRC/25/63<', '>the report<')}</p>",
        '<p><a href="https://docs.un.org/en/A/HRC/25/63">A/HRC/25/63</a></p>',
        "<p>Words.</p>",
    ],
)
def test_a_link_that_somebody_made_stays_as_it_is(html):
    assert to_our_pages(html, "en") == html


@given(canonical_symbols())
def test_every_linked_symbol_leads_to_a_page_of_ours(symbol):
    led = to_our_pages(link_symbols(f"<p>Text {symbol}, more.</p>"), "en")
    for path in re.findall('href="([^"]*)"', led):
        assert path.startswith("/en/un/"), led
        assert parse(unquote(path.removeprefix("/en/un/").removesuffix("/")))
