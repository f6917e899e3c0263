"""Bodies as old boards kept them become paragraphs, and every word of them stays."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.imports.html import convert
from advocacy.imports.records import Form
from advocacy.publishing.richtext import clean, plain

SAID = [
    ("words", "<p>words</p>"),
    ("one<br>two", "<p>one<br>two</p>"),
    ("one<br><br>two", "<p>one</p><p>two</p>"),
    ("<div>one</div><div>two</div>", "<p>one</p><p>two</p>"),
    ("<div>one<div>two</div>three</div>", "<p>one</p><p>two</p><p>three</p>"),
    ("<p>&nbsp;</p><p>one&nbsp;two</p><br><p></p>", "<p>one two</p>"),
    (
        "<p>a <b>bold</b> and <i>leaning</i> word</p>",
        "<p>a <strong>bold</strong> and <em>leaning</em> word</p>",
    ),
    ("<b>one<br><br>two</b>", "<p><strong>one</strong></p><p><strong>two</strong></p>"),
    ("<font color=red><span style='x'>red</span></font>", "<p>red</p>"),
    ("<center><h1>Head</h1>words</center>", "<h2>Head</h2><p>words</p>"),
    ("<ul><li>one<li>two</ul>after", "<ul><li>one</li><li>two</li></ul><p>after</p>"),
    ("<ul>stray<li>one</ul>", "<ul></ul><p>stray</p><p>one</p>"),
    ("<blockquote>said</blockquote>", "<blockquote><p>said</p></blockquote>"),
    (
        "<table><tr><th colspan=2>a</th></tr><tr><td>1</td><td><p>2</p><p>3</p></td></tr></table>",
        '<table><tbody><tr><th colspan="2">a</th></tr><tr><td>1</td><td>2<br>3</td></tr></tbody></table>',
    ),
    ("<table><tr><td>held the page</td></tr></table>", "<p>held the page</p>"),
    (
        "<table><tr><td>left</td><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>",
        "<p>left</p><table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
    ),
    (
        '<a href="/bbs/board.php?a=1&amp;b=2">link</a>',
        '<p><a href="/bbs/board.php?a=1&amp;b=2">link</a></p>',
    ),
    ("a<sup>1</sup>b", "<p>a<sup>1</sup>b</p>"),
    ("<script>alert(1)</script><style>p{}</style>words", "<p>words</p>"),
    ("one<hr>two", "<p>one</p><hr><p>two</p>"),
    ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
]


def flat(html: str) -> str:
    return re.sub(r">\s+<", "><", html).strip()


@pytest.mark.parametrize(("written", "meant"), SAID)
def test_what_was_written_becomes_what_was_meant(written, meant):
    assert flat(convert(written, Form.HTML).html) == meant


@pytest.mark.parametrize(("written", "_meant"), SAID)
def test_the_sanitiser_has_nothing_to_put_in_order(written, _meant):
    html = convert(written, Form.HTML).html
    assert plain(clean(html)) == plain(html)


def test_plain_text_keeps_its_lines_and_its_addresses():
    body = convert("one\ntwo <b>\n \nsee https://www.ohchr.org/a?b=1&c=2.\n", Form.PLAIN).html
    assert body == (
        '<p>one<br>two &lt;b&gt;</p>\n<p>see <a href="https://www.ohchr.org/a?b=1&amp;c=2">'
        "https://www.ohchr.org/a?b=1&amp;c=2</a>.</p>"
    )


def test_html_with_lines_keeps_both():
    assert flat(convert("<b>one</b>\ntwo\n\nthree", Form.BREAKS).html) == (
        "<p><strong>one</strong><br>two</p><p>three</p>"
    )


def test_pictures_leave_a_mark_where_they_stood():
    body = convert('before<img src="/data/editor/1.jpg" alt="A room">after', Form.HTML)
    assert [(one.source, one.alt) for one in body.pictures] == [("/data/editor/1.jpg", "A room")]
    assert flat(body.drawn(lambda n: f"<figure>{n}</figure>")) == (
        "<p>before</p><figure>0</figure><p>after</p>"
    )


def test_a_mark_cannot_be_forged():
    body = convert("<p>&lt;!--picture 0--&gt;</p><!--picture 0-->", Form.HTML)
    assert "<figure>" not in body.drawn(lambda n: "<figure></figure>")


def test_what_was_embedded_becomes_a_link_once():
    body = convert(
        '<object><param name="movie" value="http://www.youtube.com/v/abcdefghijk?fs=1">'
        '<embed src="http://www.youtube.com/v/abcdefghijk?fs=1"></object>'
        '<iframe src="//player.vimeo.com/video/12345"></iframe>',
        Form.HTML,
    )
    assert re.findall(r'href="([^"]*)"', body.html) == [
        "https://www.youtube.com/watch?v=abcdefghijk",
        "https://vimeo.com/12345",
    ]
    assert body.dropped


def test_what_readers_could_not_see_is_not_shown_to_them():
    body = convert(
        '<div style="display: none">spam <img src="x.jpg"></div>words'
        '<img src="y.jpg" style="display:none">',
        Form.HTML,
    )
    assert flat(body.html) == "<p>words</p>"
    assert not body.pictures
    assert body.dropped


def test_a_picture_in_the_text_itself_is_told_and_left_out():
    body = convert('<p>a<img src="data:image/png;base64,iVBORw0KGgo=">b</p>', Form.HTML)
    assert flat(body.html) == "<p>ab</p>"
    assert len(body.dropped) == 1


def test_nesting_without_end_is_read_to_its_end():
    body = convert("<div><b><table><tr><td>" * 3000 + "words", Form.HTML)
    assert plain(clean(body.html)) == "words"


_ELEMENTS = ("p", "div", "b", "i", "a", "ul", "li", "table", "tr", "td", "th", "h1", "h3", "pre")
_ELEMENTS += ("blockquote", "center", "span", "caption")
PIECES = st.sampled_from(
    [f"<{slash}{name}>" for slash in ("", "/") for name in _ELEMENTS]
    + ["<img src='a'>", "<a href='x'>", "<span style='display:none'>", "<iframe src='//a'>"]
    + ["<br>", "<hr>", "<ol start='3'>", "words", "more", "&amp;", "&lt;", " "]
)


@given(st.lists(PIECES | st.text(max_size=4), max_size=30))
def test_whatever_is_written_can_be_stored_and_stays_as_it_is(pieces):
    html = convert("".join(pieces), Form.HTML).drawn(lambda n: "")
    stored = clean(html)
    assert plain(stored) == plain(html)
    assert stored.count("<p>") == stored.count("</p>")
