"""What becomes of shortcodes, of blocks, and of paragraphs that only an empty line parts."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.imports.wordpress.blocks import unwrap
from advocacy.imports.wordpress.paragraphs import paragraphs
from advocacy.imports.wordpress.shortcodes import expand


def expanded(text: str) -> tuple[str, list[str]]:
    dropped: list[str] = []
    return expand(text, lambda numbers: [f"/{number}.jpg" for number in numbers], dropped), dropped


def unwrapped(text: str) -> tuple[str, list[str]]:
    dropped: list[str] = []
    return unwrap(text, dropped), dropped


# Shortcodes


def test_a_caption_becomes_a_figure():
    said, dropped = expanded(
        '[caption id="a" align="left"]<a href="/x"><img src="x.jpg"></a> In the <em>hall</em>[/caption]'
    )
    assert said == (
        '<figure><a href="/x"><img src="x.jpg"></a><figcaption>In the <em>hall</em></figcaption></figure>'
    )
    assert dropped == []


def test_a_caption_of_old_says_its_words_in_an_attribute():
    said, _dropped = expanded('[caption caption="Hall &quot;XX&quot;"]<img src="x.jpg">[/caption]')
    assert said == '<figure><img src="x.jpg"><figcaption>Hall "XX"</figcaption></figure>'


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("[embed]https://youtu.be/abcdef[/embed]", "https://youtu.be/abcdef"),
        ("[youtube https://youtu.be/abcdef]", "https://youtu.be/abcdef"),
        ("[youtube=https://youtu.be/abcdef]", "https://youtu.be/abcdef"),
        ('[youtube id="abcdef"]', "https://www.youtube.com/watch?v=abcdef"),
        ("[vimeo 123456]", "https://vimeo.com/123456"),
        ('[video mp4="https://x.org/a.mp4"][/video]', "https://x.org/a.mp4"),
        ('[audio src="https://x.org/a.mp3" /]', "https://x.org/a.mp3"),
    ],
)
def test_what_was_embedded_becomes_a_link(written, address):
    said, dropped = expanded(written)
    assert said.strip() == f'<p><a href="{address}">{address}</a></p>'
    assert dropped == []


def test_a_gallery_becomes_its_pictures():
    said, _dropped = expanded('[gallery columns="2" ids="4,7"]')
    assert said == '<figure><img src="/4.jpg"></figure><figure><img src="/7.jpg"></figure>'


def test_of_what_a_plugin_fills_in_the_words_stay_and_the_name_is_listed():
    said, dropped = expanded('a [box color="red"]b [contact-form-7 id="1"] c[/box] d [gallery]')
    assert said == "a b  c d "
    assert sorted(dropped) == ["box", "contact-form-7", "gallery"]


@pytest.mark.parametrize(
    "written",
    [
        "He said [sic] so",
        "[1]",
        "[I knew x = y]",
        "an [open",
        "[/end]",
        "[A/RES/60/173]",
        "[note: a]",
    ],
)
def test_what_merely_stands_in_brackets_is_text(written):
    assert expanded(written) == (written, [])


def test_a_shortcode_in_two_brackets_is_written_about():
    assert expanded('use [[gallery ids="1"]]') == ('use [gallery ids="1"]', [])


# Blocks


def test_the_marks_of_blocks_go_and_what_they_hold_stays():
    said, dropped = unwrapped(
        '<!-- wp:heading {"level":3} -->\n<h3>Heard</h3>\n<!-- /wp:heading -->\n'
        "<!-- wp:list --><ul><li>one</li></ul><!-- /wp:list -->"
        "<!-- wp:more --><!--more--><!-- /wp:more -->"
    )
    assert "".join(said.split("\n")) == "<h3>Heard</h3><ul><li>one</li></ul>"
    assert dropped == []


def test_an_embedded_film_becomes_a_link_with_its_caption():
    said, dropped = unwrapped(
        '<!-- wp:embed {"url":"https://youtu.be/a?b=1\\u0026c=2","type":"video"} -->'
        '<figure class="wp-block-embed"><div>https://youtu.be/a</div>'
        "<figcaption>The <em>film</em></figcaption></figure><!-- /wp:embed -->"
    )
    address = "https://youtu.be/a?b=1&amp;c=2"
    assert said == f'<p><a href="{address}">{address}</a></p><p>The <em>film</em></p>'
    assert dropped == []


def test_a_block_that_holds_nothing_is_listed():
    said, dropped = unwrapped('<!-- wp:latest-posts {"n":3} /--><!-- wp:block {"ref":12} /-->')
    assert (said, dropped) == ("", ["latest-posts", "block"])


def test_between_blocks_paragraphs_are_made_and_within_them_none():
    said, _dropped = unwrapped("a\n\nb<!-- wp:html -->c\n\nd<!-- /wp:html -->")
    assert said == "<p>a</p><p>b</p>c\n\nd"


def test_the_button_of_a_file_goes_and_its_link_stays():
    said, _dropped = unwrapped(
        '<!-- wp:file {"id":1} --><div><a href="x.pdf">Report</a>'
        '<a href="x.pdf" class="wp-block-file__button" download>Download</a></div><!-- /wp:file -->'
    )
    assert said == '<div><a href="x.pdf">Report</a></div>'


# Paragraphs


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a\nb\n\nc", "<p>a<br>b</p><p>c</p>"),
        ("a\r\n\r\n\r\n b ", "<p>a</p><p>b</p>"),
        ("<p>a\n\nb</p>\n\nc", "<p>a\n\nb</p><p>c</p>"),
        ("<ul>\n\n<li>a\n\nb</li></ul>c", "<ul>\n\n<li>a\n\nb</li></ul><p>c</p>"),
        ("<blockquote>a\n\nb</blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("<pre>a\n\nb</pre>", "<pre>a\n\nb</pre>"),
        ("a <em>b</em>\n\nc", "<p>a <em>b</em></p><p>c</p>"),
        ("", ""),
        (
            "a\nhttps://youtu.be/x?a=1&amp;b=2\nb",
            '<p>a</p><p><a href="https://youtu.be/x?a=1&amp;b=2">https://youtu.be/x?a=1&amp;b=2</a></p><p>b</p>',
        ),
    ],
)
def test_an_empty_line_parts_paragraphs(written, shown):
    assert paragraphs(written) == shown


_PIECES = st.sampled_from(
    [
        *(
            "[a ",
            "[/a]",
            "]",
            "[gallery ids='1']",
            "[[",
            "]]",
            "[x y='",
            '"',
            "&quot;",
            "\n\n",
            "<p>",
            "</p>",
        ),
        *(
            "<!-- wp:a ",
            "{",
            "}",
            " -->",
            "/-->",
            "<!-- /wp:a -->",
            "<!--",
            "-->",
            "<ul>",
            "</ul>",
            "=",
        ),
        *(
            "<figcaption>",
            "https://a.org/",
            '<!-- wp:embed {"url":"https://b.org"} -->',
            "[b]",
            "[/b]",
        ),
    ]
)


@given(st.lists(_PIECES | st.text(max_size=5), max_size=40))
def test_no_body_breaks_it(pieces):
    text = "".join(pieces)
    unwrapped(expanded(text)[0])


@pytest.mark.parametrize(
    "piece",
    ["[a ", "[a b=", "[a][/b]", "<!-- wp:a {", "<!--", "<p>", "[[a]", "&quot;", "\n", "{", "["],
)
def test_a_long_body_of_one_kind_takes_no_longer_than_its_length(piece):
    """Twice the length may take three times as many lines of Python, not four; no clock is asked."""
    short, long = (_steps(piece * number) for number in (2_000, 4_000))
    assert long < 3 * short + 1_000


def _steps(text: str) -> int:
    counted = 0

    def count(frame, event, argument):
        nonlocal counted
        counted += 1
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        unwrapped(expanded(text)[0])
    finally:
        sys.settrace(before)
    return counted
