import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.un.bodies import BODIES
from advocacy.un.forms import FORMS, Kind
from advocacy.un.symbols import parse
from tests.un.strategies import canonical_symbols

READ_AS = {
    "a/hrc/res/22/13": ("A/HRC/RES/22/13", "hrc", Kind.RESOLUTION),
    "A/HRC/RES/22/13": ("A/HRC/RES/22/13", "hrc", Kind.RESOLUTION),
    "A/RES/2200 (XXI)": ("A/RES/2200 (XXI)", "ga", Kind.RESOLUTION),
    "A/RES/2200(XXI)": ("A/RES/2200 (XXI)", "ga", Kind.RESOLUTION),
    "A/RES/217 A (III)": ("A/RES/217 A (III)", "ga", Kind.RESOLUTION),
    "S/RES/1440 (2002)": ("S/RES/1440 (2002)", "sc", Kind.RESOLUTION),
    "s/res/1440(2002)": ("S/RES/1440 (2002)", "sc", Kind.RESOLUTION),
    "S/RES/1440": ("S/RES/1440", "sc", Kind.RESOLUTION),
    "A/C.3/75/L.30": ("A/C.3/75/L.30", "ga3", Kind.DRAFT),
    "E/CN.4/2004/L.21": ("E/CN.4/2004/L.21", "chr", Kind.DRAFT),
    "e/cn.4/sub.2/res/1997/3": ("E/CN.4/Sub.2/RES/1997/3", "subcom", Kind.RESOLUTION),
    "E/CN.4/RES/2003/10": ("E/CN.4/RES/2003/10", "chr", Kind.RESOLUTION),
    "CEDAW/C/PRK/CO/1": ("CEDAW/C/PRK/CO/1", "cedaw", Kind.OBSERVATIONS),
    "CEDAW/C/PRK/CO/2–4": ("CEDAW/C/PRK/CO/2-4", "cedaw", Kind.OBSERVATIONS),
    "CRC/C/PRK/CO/4": ("CRC/C/PRK/CO/4", "crc", Kind.OBSERVATIONS),
    "CCPR/C/PRK/2": ("CCPR/C/PRK/2", "ccpr", Kind.DOCUMENT),
    "CCPR/CO/72/PRK": ("CCPR/CO/72/PRK", "ccpr", Kind.OBSERVATIONS),
    "E/C.12/1/Add.95": ("E/C.12/1/Add.95", "cescr", Kind.DOCUMENT),
    "CRPD/C/PRK/1": ("CRPD/C/PRK/1", "crpd", Kind.DOCUMENT),
    "CAT/C/KOR/Q/3-5": ("CAT/C/KOR/Q/3-5", "cat", Kind.ISSUES),
    "S/PV.7353": ("S/PV.7353", "sc", Kind.RECORD),
    "A/69/PV.73": ("A/69/PV.73", "ga", Kind.RECORD),
    "S/2014/276": ("S/2014/276", "sc", Kind.DOCUMENT),
    "A/RES/60/173": ("A/RES/60/173", "ga", Kind.RESOLUTION),
    "A/75/478/Add.3": ("A/75/478/Add.3", "ga", Kind.DOCUMENT),
    "A/HRC/13/13": ("A/HRC/13/13", "hrc", Kind.DOCUMENT),
    "A/HRC/25/63": ("A/HRC/25/63", "hrc", Kind.DOCUMENT),
    "A/HRC/25/CRP.1": ("A/HRC/25/CRP.1", "hrc", Kind.ROOM_PAPER),
    "A/HRC/WG.6/6/PRK/1": ("A/HRC/WG.6/6/PRK/1", "upr", Kind.DOCUMENT),
    "A/HRC/WGEID/104/1": ("A/HRC/WGEID/104/1", "wgeid", Kind.DOCUMENT),
    "Ａ／ＨＲＣ／２５／６３": ("A/HRC/25/63", "hrc", Kind.DOCUMENT),
    "  A / HRC/25 /63\n": ("A/HRC/25/63", "hrc", Kind.DOCUMENT),
    "S/PV. 7353": ("S/PV.7353", "sc", Kind.RECORD),
    "A/\u200bHRC/\u200b25/\u200b63": ("A/HRC/25/63", "hrc", Kind.DOCUMENT),
    "A/810": ("A/810", "ga", Kind.DOCUMENT),
}


@pytest.mark.parametrize("typed", READ_AS)
def test_a_symbol_is_read_and_written_in_its_canonical_form(typed):
    symbol = parse(typed)
    assert symbol is not None
    assert (str(symbol), symbol.body, symbol.kind) == READ_AS[typed]


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "/", "A", "A/", "and/or", "A/B testing", "24/7", "s/he", "n/a", "km/h"),
        *("14/01/2013", "2013/01/14", "https://docs.un.org/en/A/HRC/25/63", "A/HRC", "A/HRC/25"),
        *("A/HRC/25/", "A/HRC/25/063", "A/HRC/25/63/", "A/HRC//25/63", "A/HRC/25/63/Add.0"),
        *("A/HRC/25/63 and more", "A/7/3", "A/RES/25/63", "S/12/2014", "S/1440 (2002)", "A/4"),
        *("CRC/C/PKR/CO/4", "A/RES/2200 (IIII)", "A/RES/2200 ()", "A/HRC/25/٣", "A/69 188"),
        *("A/HRC/25/63¹", "A/HRC/25/63-X", "A/HRC/25/631234", "\x00", "A/HRC/25/63\x00", "Ⅻ/1"),
    ],
)
def test_what_is_no_symbol_is_answered_with_none(text):
    assert parse(text) is None


@pytest.mark.parametrize("value", [None, 7, b"A/HRC/25/63", ["A/HRC/25/63"], object()])
def test_what_is_no_text_is_no_symbol(value):
    assert parse(value) is None


def test_a_symbol_tells_its_parts():
    review = parse("A/HRC/WG.6/6/PRK/1")
    assert (review.session, review.country, review.number) == ("6", "PRK", "1")
    old = parse("A/RES/217 A (III)")
    assert (old.session, old.number, old.letter) == ("III", "217", "A")
    decision = parse("CCPR/C/112/D/2020/2010")
    assert (decision.session, decision.number, decision.year) == ("112", "2020", "2010")
    assert parse("A/HRC/S-17/2").session == "S-17"
    assert parse("A/C.5/69/L.1").committee == "5"
    assert parse("CRC/C/PRK/CO/5-6").number == "5-6"
    assert parse("CRC/C/PRK/CO/4").issuer is BODIES["crc"]


def test_addenda_corrigenda_and_revisions_are_kept_in_order():
    symbol = parse("a/hrc/25/63/add.1/corr.2/REV.3")
    assert symbol.addenda == ("Add.1", "Corr.2", "Rev.3")
    assert str(symbol) == "A/HRC/25/63/Add.1/Corr.2/Rev.3"


@pytest.mark.parametrize(
    ("typed", "language", "canonical"),
    [
        ("A/HRC/25/63-E", "en", "A/HRC/25/63-E"),
        ("a/hrc/25/63-e", "en", "A/HRC/25/63-E"),
        ("A/HRC/25/63-FR", "fr", "A/HRC/25/63-F"),
        ("A/HRC/25/63.KR", "ko", "A/HRC/25/63-K"),
        ("A/HRC/25/63_ES", "es", "A/HRC/25/63-S"),
        ("S/RES/1440 (2002)-C", "zh", "S/RES/1440 (2002)-C"),
        ("A/HRC/25/63", "", "A/HRC/25/63"),
    ],
)
def test_a_language_suffix_is_read_apart(typed, language, canonical):
    symbol = parse(typed)
    assert (symbol.language, str(symbol)) == (language, canonical)
    assert not symbol.document.endswith(("-E", "-F", "-K", "-S", "-C"))


def test_the_official_record_is_addressed_in_the_language_of_the_reader():
    symbol = parse("A/HRC/25/63")
    assert symbol.url() == "https://docs.un.org/en/A/HRC/25/63"
    assert symbol.url("fr") == "https://docs.un.org/fr/A/HRC/25/63"


def test_a_korean_reader_is_sent_to_the_english_record_as_the_un_has_no_korean_one():
    assert parse("A/HRC/25/63").url("ko") == "https://docs.un.org/en/A/HRC/25/63"
    assert parse("A/HRC/25/63.KR").url("ko") == "https://docs.un.org/en/A/HRC/25/63"


def test_a_language_suffix_chooses_the_record_and_stays_out_of_its_address():
    assert parse("A/HRC/25/63-S").url("en") == "https://docs.un.org/es/A/HRC/25/63"


def test_an_address_has_no_spaces_and_no_letter():
    assert parse("S/RES/1440 (2002)").url() == "https://docs.un.org/en/S/RES/1440(2002)"
    assert parse("A/RES/217 A (III)").url() == "https://docs.un.org/en/A/RES/217(III)"


def test_every_form_belongs_to_a_body_we_can_name():
    assert {form.body for form in FORMS} <= set(BODIES)


@given(canonical_symbols())
def test_writing_what_was_read_gives_back_a_canonical_symbol(text):
    symbol = parse(text)
    assert symbol is not None
    assert str(symbol) == text
    assert parse(str(symbol)) == symbol


@given(canonical_symbols())
def test_typing_it_small_or_wide_or_spaced_makes_no_difference(text):
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)
    for typed in (text.lower(), wide, f" {text} ", text.replace("/", " / ")):
        assert str(parse(typed)) == text


@given(st.text() | st.text(alphabet="ASECRHN/.()-0123456789 XVIad", max_size=40))
def test_junk_never_raises_and_what_is_accepted_is_canonical_from_then_on(text):
    symbol = parse(text)
    assert symbol is None or parse(str(symbol)) == symbol


@pytest.mark.parametrize(
    "piece", ["A/", " ", "A/HRC/25/63/Add.1", "(", "９", "\u200b", "A/RES/1 A ("]
)
def test_a_hostile_text_of_100_000_characters_is_answered_at_once(piece):
    text = (piece * 100_000)[:100_000]
    began = time.perf_counter()
    assert parse(text) is None
    assert time.perf_counter() - began < 0.5
