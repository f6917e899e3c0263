"""The one sanitiser: what it keeps, what it never lets through, and the footnotes."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from advocacy.pages.models import StandingPage
from advocacy.publishing.richtext import ATTRIBUTES, TAGS, clean, footnoted, plain
from advocacy.publishing.widgets import RichTextWidget

UUID = "6f9619ff-8b86-4011-b42d-00c04fc964ff"

# After the OWASP filter-evasion list and the mutation attacks published since.
ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src='javascript:alert(1)'>",
    "<svg onload=alert(1)><circle/></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src='javascript:alert(1)'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' &#14;  javascript:alert(1)'>x</a>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt&colon;alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='>x</a>",
    "<a href='https://x.example' onclick='alert(1)' style='position:fixed' target=_blank>x</a>",
    "<p style='background:url(javascript:alert(1))' id=x class=y>x</p>",
    "<div onmouseover='alert(1)'>x</div>",
    "<body onload=alert(1)>",
    "<base href='//evil.example/'>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href='//evil.example/x.css'>",
    "<style>@import '//evil.example/x.css';</style>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<span data-note='\"><script>alert(1)</script>'></span>",
    "<span data-note='&lt;img src=x onerror=alert(1)&gt;'></span>",
    "<figure data-attachment='\"><img src=x onerror=alert(1)>'></figure>",
    "<p lang='\"><script>alert(1)</script>'>x</p>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "\x00<scr\x00ipt>alert(1)</script>",
]

_fragments = st.sampled_from(
    [
        *ATTACKS,
        *(f"<{tag}>" for tag in sorted(TAGS)),
        *(f"</{tag}>" for tag in sorted(TAGS)),
        *("<p lang=ko>", "<span data-note='n'>", f"<figure data-attachment={UUID}>", "<a href=/x>"),
        *("<table><caption>", "A/HRC/RES/22/13", "인권", "&nbsp;", "&amp;lt;", "<", ">", '"', " "),
    ]
)
markup = st.lists(st.one_of(_fragments, st.text(max_size=20)), max_size=12).map("".join)


def stored_is_safe(html: str) -> None:
    """Every element and attribute is on the list, and every address has a scheme that is too."""
    tree = LexborHTMLParser(html, is_fragment=True)
    for node in tree.root.traverse() if tree.root else ():
        if node.tag.startswith("-"):
            continue
        assert node.tag in TAGS, html
        allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(node.tag, set()) | {"class"}
        assert set(node.attributes) <= allowed, html
        assert node.attributes.get("class", "sym") in ("sym", "", None), html
        if scheme := re.match(r"\s*([a-z][a-z0-9+.-]*):", node.attributes.get("href") or "", re.I):
            assert scheme[1].lower() in ("http", "https", "mailto"), html


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_known_attack_survives(attack):
    for html in (attack, f"<p>Words {attack} words</p>", f"<table><tr><td>{attack}</table>"):
        stored_is_safe(clean(html))
        assert "<script" not in footnoted(clean(html), "en").notes
        assert "<img" not in footnoted(clean(html), "en").notes


@given(markup)
def test_whatever_is_typed_is_stored_safely(typed):
    stored_is_safe(clean(typed))


@given(markup)
@example("<a href=/x><table><a href=/y>A/HRC/RES/22/13")
@example("<p><table><p>")
def test_what_is_stored_is_stored_the_same_again(typed):
    once = clean(typed)
    assert clean(once) == once


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00")))
def test_plain_words_keep_every_letter(typed):
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;")
    kept = plain(clean(f"<p>{escaped}</p>"))
    assert "".join(kept.split()) == "".join(typed.split())


KEPT = [
    "<p>Words with <strong>weight</strong>, <em>stress</em>, H<sub>2</sub>O and a <cite>Title</cite>.</p>",
    '<h2 lang="ko">인권</h2><p>한국어 <span lang="en">English</span></p>',
    '<p>Said.<span data-note="See p. 3 &amp; 4."></span></p>',
    f'<figure data-attachment="{UUID}"><figcaption>The palace.</figcaption></figure>',
    '<ol start="3"><li>three</li></ol><ul><li>one</li></ul>',
    "<blockquote><p>Long overdue.</p><footer>The High Commissioner</footer></blockquote><hr>",
    '<p><a href="https://example.org/a?b=1&amp;c=2" hreflang="fr">une page</a></p>',
    '<table><caption>Votes</caption><thead><tr><th scope="col">For</th></tr></thead>'
    '<tbody><tr><th scope="row" rowspan="2">30</th><td colspan="2">none</td></tr></tbody></table>',
]


@pytest.mark.parametrize("html", KEPT)
def test_what_the_editor_can_write_is_kept_to_the_letter(html):
    assert clean(html) == html


def test_a_symbol_is_linked_once_however_often_the_text_is_saved():
    once = clean("<p>See a/hrc/res/22/13.</p>")
    assert once.count("<a ") == 1
    assert 'class="sym"' in once
    assert clean(clean(once)) == once


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ('<td colspan="0">x</td>', "x"),
        ("<table><tr><td colspan=0>x", "<td>x</td>"),
        ("<table><tr><th scope=all>x", "<th>x</th>"),
        ("<p lang='not a language'>x</p>", "<p>x</p>"),
        ("<figure data-attachment='no uuid'>x</figure>", "<figure>x</figure>"),
        (
            f"<figure lang=ko data-attachment={UUID.upper()}>x</figure>",
            f'<figure data-attachment="{UUID}">x</figure>',
        ),
    ],
)
def test_an_attribute_that_is_no_valid_html_is_dropped(typed, stored):
    assert stored in clean(typed)


def test_footnotes_are_numbered_in_reading_order_and_lead_there_and_back():
    body, notes = footnoted(
        clean('<p>a<span data-note="First."></span> b<span data-note="A/RES/60/173"></span></p>'),
        "ko",
    )
    assert re.findall(r'id="(fnref\d)" href="#(fn\d)">(\d)<', body) == [
        ("fnref1", "fn1", "1"),
        ("fnref2", "fn2", "2"),
    ]
    assert notes.count("<li") == 2
    assert '<li id="fn1">First. <a href="#fnref1"' in notes
    assert 'href="/ko/un/A/RES/60/173/"' in notes


def test_a_text_without_footnotes_has_no_list_of_them():
    assert footnoted("<p>Words.</p>", "en") == ("<p>Words.</p>", "")


def test_the_words_of_a_text_are_without_tags_and_notes():
    html = '<p>5 &lt; 6<span data-note="a > b"></span></p><p>end</p>'
    assert plain(html) == "5 < 6 end"


@pytest.mark.django_db
def test_a_field_sanitises_whoever_saves():
    page = StandingPage.objects.create(title="T", body="<p onclick=x>a<script>b</script></p>")
    page.refresh_from_db()
    assert page.body == "<p>a</p>"


def test_the_form_of_a_rich_text_has_the_editor():
    widget = StandingPage._meta.get_field("body").formfield().widget
    assert isinstance(widget, RichTextWidget)
    assert "data-richtext" in widget.render("body", "<p>x</p>", {"id": "id_body"})


def test_a_text_that_will_not_settle_is_kept_as_bare_words(monkeypatch):
    monkeypatch.setattr("advocacy.publishing.richtext.READINGS", 1)
    assert clean("<a href=/x><table><a href=/y>Words &lt;b&gt;") == "Words &lt;b&gt;"
