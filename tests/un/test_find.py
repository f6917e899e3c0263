import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.un.symbols import find, parse
from tests.un.strategies import canonical_symbols


def found(text):
    return [text[start:end] for start, end, _symbol in find(text)]


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("See A/HRC/25/63.", ["A/HRC/25/63"]),
        ("(A/HRC/25/63, para. 80)", ["A/HRC/25/63"]),
        ("“A/HRC/25/63”; S/PV.7353!", ["A/HRC/25/63", "S/PV.7353"]),
        ("resolutions A/RES/60/173, A/RES/2200 (XXI).", ["A/RES/60/173", "A/RES/2200 (XXI)"]),
        ("S/RES/1440 (2002) (adopted)", ["S/RES/1440 (2002)"]),
        ("A/RES/60/173 (2005)", ["A/RES/60/173"]),
        ("결의 A/HRC/RES/22/13에 따라", ["A/HRC/RES/22/13"]),
        ("a/hrc/res/22/13 in small letters", ["a/hrc/res/22/13"]),
        ("Ａ／ＨＲＣ／２５／６３。", ["Ａ／ＨＲＣ／２５／６３"]),
        ("A/75/478/Add.3, A/75/478/Add. 3.", ["A/75/478/Add.3", "A/75/478/Add. 3"]),
        ("CEDAW/C/PRK/CO/2–4.", ["CEDAW/C/PRK/CO/2–4"]),
        ("A/HRC/25/63¹ and A/HRC/25/63-E.", ["A/HRC/25/63", "A/HRC/25/63-E"]),
        ("an A/HRC/25/63-based plea", ["A/HRC/25/63"]),
        ("A/HRC/25/63. En outre", ["A/HRC/25/63"]),
        ("A/HRC/25/63—S/PV.7353", ["A/HRC/25/63", "S/PV.7353"]),
        ("http://x.test A/69/188", ["A/69/188"]),
    ],
)
def test_symbols_are_found_without_the_punctuation_around_them(text, symbols):
    assert found(text) == symbols


@pytest.mark.parametrize(
    "text",
    [
        *("and/or", "A/B testing", "A/B/C", "open 24/7", "s/he", "his/her", "w/o", "n/a", "c/o"),
        *("14/01/2013", "2013/01/14", "on 3/4 of", "A/4 paper", "A/810", "TCP/IP", "E/S/A"),
        *("https://docs.un.org/en/A/HRC/25/63", "https://x.test/?symbol=A/HRC/25/63"),
        *("www.un.org/A/HRC/25/63", "undocs.org/A/HRC/25/63", "docs/A/HRC/25/63", "a=A/69/188"),
        *("A/HRC/25/63/Annexe", "A/HRC/25/63.pdf", "DATA/HRC/25/63", "A/HRC/25/63abc", "a/69/188"),
        *("CRC/C/PKR/CO/4", "A/HRC/25/631234", "s/2014/276", "me@A/HRC/25/63", "C:\\A/HRC/25/63"),
    ],
)
def test_what_only_looks_like_a_symbol_is_left_alone(text):
    assert found(text) == []


def test_invisible_characters_inside_a_symbol_are_part_of_its_span():
    text = "see A/\u200bHRC/\u200b25/\u200b63, please"
    assert found(text) == ["A/\u200bHRC/\u200b25/\u200b63"]


@given(canonical_symbols(in_running_text=True), st.sampled_from(["", "(", "“", "결의 ", "see "]))
def test_every_symbol_we_can_write_is_found_again(symbol, before):
    for after in ("", ".", ", and", ")", "을", "; then", "\n"):
        text = f"{before}{symbol}{after}"
        assert [(text[s:e], str(read)) for s, e, read in find(text)] == [(symbol, symbol)]


@given(
    st.lists(
        canonical_symbols()
        | st.text(max_size=8)
        | st.sampled_from([" ", "/", "-", "\u200b", "http://", "(", ". ", "９"]),
        max_size=12,
    ).map("".join)
)
def test_finding_never_raises_and_every_span_reads_as_its_symbol(text):
    last = 0
    for start, end, symbol in find(text):
        assert last <= start < end <= len(text)
        assert parse(text[start:end]) == symbol
        last = end


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "A/",
            "A/HRC/",
            " A/HRC",
            "A/HRC/25/63 ",
            " A/C.3/75/L",
            "http://",
            "www.",
            " A/RES/1 A (",
        ),
        *(
            "\u200b/",
            " A/HRC/25/63/Add.1/Add.1/x",
            "CRC/C/AAA/CO/1 ",
            "http://a A/HRC/25/63 ",
            "  ",
        ),
    ],
)
def test_a_hostile_text_of_100_000_characters_is_searched_in_linear_time(piece):
    text = (piece * 100_000)[:99_999] + "/"
    find(text[:1000])  # compiles the patterns
    began = time.process_time()
    find(text)
    assert time.process_time() - began < 1.5
