"""Where a name stands in a text, and what is put in its place."""

from __future__ import annotations

import base64
from urllib.parse import quote

import pytest

from advocacy.casework import marks
from advocacy.casework.replacing import Inexact, Instead, Replacing
from advocacy.casework.scan import Needles, needles_of
from advocacy.casework.sought import Either, Named, normal

INSTEAD = Instead("a survivor", "생존자")


def replaced(text: str, *names: str) -> str:
    return Replacing(Named(names or ("신동혁",)), INSTEAD).text(text)


def replaced_in_html(text: str, *names: str) -> str:
    return Replacing(Named(names or ("신동혁",)), INSTEAD).html(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Then Shin Dong-hyuk spoke.", "Then a survivor spoke."),
        ("Then SHIN DONG HYUK's letter", "Then a survivor's letter"),
        ("Donghyuk Shin, and Sin Tong-hyŏk", "a survivor, and a survivor"),
        ("(Shin, Dong-hyuk)", "(a survivor)"),
        ("신동혁은 말했다. 신 동혁을 만났다.", "생존자는 말했다. 생존자를 만났다."),
        ("탈북민신동혁의 증언", "탈북민생존자의 증언"),
        ("Shin spoke, and Dong-hyun did.", "Shin spoke, and Dong-hyun did."),
        ("https://example.org/shin-dong-hyuk", ""),
    ],
)
def test_the_name_alone_is_replaced(text, expected):
    assert replaced(text) == expected


def test_a_form_that_was_typed_is_found_inside_other_words():
    assert replaced("interviewshindonghyuk2012", "Shin Dong-hyuk") == "interviewa survivor2012"


def test_a_long_text_is_searched_to_its_end():
    text = "word " * 5000 + "Shin Dong-hyuk " + "word " * 5000
    assert replaced(text) == text.replace("Shin Dong-hyuk", "a survivor")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Shin <em>Dong</em>-hyuk spoke</p>", "<p>a survivor<em></em> spoke</p>"),
        ("<p>Shin&nbsp;Dong-hyuk &amp; others</p>", "<p>a survivor &amp; others</p>"),
        (
            '<p>x<span data-note="So said Shin Dong-hyuk &amp; all"></span></p>',
            '<p>x<span data-note="So said a survivor &amp; all"></span></p>',
        ),
        ('<p><a href="https://example.org/신동혁">he</a></p>', "<p><a>he</a></p>"),
        ("<p>신동혁은</p>", "<p>생존자는</p>"),
    ],
)
def test_a_name_is_replaced_among_marks(text, expected):
    assert replaced_in_html(text) == expected


def test_what_is_wrapped_is_replaced_or_refused_and_never_left():
    wrapped = [quote("신동혁"), base64.b64encode(b"Shin Dong-hyuk").decode()]
    for text in wrapped:
        try:
            assert not Named(["신동혁"]).is_in(replaced(f"See {text} there."))
        except Inexact:
            continue


def test_what_is_kept_in_json_is_replaced_wherever_it_is():
    kept = [{"fields": {"title": "Shin Dong-hyuk", "body": "<p>신동혁</p>", "version": 3}}]
    replacing = Replacing(Named(["신동혁"]), INSTEAD)
    assert replacing.any(kept) == [
        {"fields": {"title": "a survivor", "body": "<p>생존자</p>", "version": 3}}
    ]
    assert replacing.met == {"shindonghyuk", "신동혁"}


# --- Hashed ------------------------------------------------------------------------------------------


@pytest.fixture
def hashed(settings):
    settings.REGISTER_KEYS = ["a key"]
    names = ["신동혁", "shindonghyuk", "申東赫"]
    key = marks.secrets()[0]
    return marks.Hashed("name", [key.mark("name", one) for one in names], map(len, names))


@pytest.mark.parametrize(
    "text",
    [
        "Then Shin Dong-hyuk spoke.",
        "Shin, Dong Hyuk",
        "신동혁은 말했다",
        "탈북민신동혁의 증언",
        "신 동혁",
        "申東赫氏",
        "/en/news/2020/shin-dong-hyuk/",
    ],
)
def test_a_name_is_found_by_its_hash(hashed, text):
    [span] = hashed.spans(text)
    assert normal(text[span.start : span.end]) in {"신동혁", "shindonghyuk", "申東赫"}


def test_other_words_are_not_found_by_their_hash(hashed):
    assert not hashed.is_in("Shin spoke to Dong-hyun. 신동엽은 말했다." * 50)


def test_a_hash_made_with_another_key_finds_nothing(hashed, settings):
    settings.REGISTER_KEYS = ["another key"]
    known = marks.Hashed("name", hashed.known, hashed.lengths)
    assert not known.is_in("신동혁")


def test_a_hash_made_with_a_former_key_finds_the_name(hashed, settings):
    settings.REGISTER_KEYS = ["another key", "a key"]
    assert Either([marks.Hashed("name", hashed.known, hashed.lengths)]).is_in("신동혁")


# --- Bytes -------------------------------------------------------------------------------------------

NEEDLES = Needles(needles_of(["신동혁", "Shin Dong-hyuk", "Min"]))


@pytest.mark.parametrize(
    "content",
    [
        "신동혁".encode(),
        "신동혁".encode("utf-16-le"),
        "신동혁".encode("euc-kr"),
        b'{"a": "\\uc2e0\\ub3d9\\ud601"}',
        quote("신동혁").encode(),
        b"x" + base64.b64encode(b"1" + "신동혁은 말했다".encode()),
        base64.b64encode(b"12" + b"Shin Dong-hyuk spoke"),
        b"SHIN DONG-HYUK",
        b"/news/shin-dong-hyuk/",
        b"shindonghyuk",
        b"by Min.",
    ],
)
def test_a_name_is_found_in_bytes_however_it_is_written_down(content):
    assert NEEDLES.are_in(b"\0before" + b"\0" + content + b"\0 after")


def test_other_bytes_hold_no_name():
    assert not NEEDLES.are_in("Minister Shin of Dong-a, 신동엽 and the administration".encode())
