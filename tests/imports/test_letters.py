"""The words of a dump, in whichever of the two encodings Korean sites have had."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.imports.sql.letters import Letters

KOREAN = "북한인권시민연합은 제네바에서 유엔 인권최고대표를 만났다. 똠방각하 펲시콜라"


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_both_encodings_are_told_from_the_bytes(encoding):
    assert Letters().text(KOREAN.encode(encoding)) == (KOREAN, False)


def test_what_could_be_either_is_what_the_longer_texts_were():
    short = "짚".encode("cp949")  # two bytes that are a letter in UTF-8 too
    assert Letters().text(short)[0] != "짚"
    letters = Letters()
    letters.text(KOREAN.encode("cp949"))
    assert letters.text(short) == ("짚", False)


def test_bytes_that_are_no_letters_are_replaced_and_counted():
    letters = Letters()
    text, is_broken = letters.text("북한".encode() + b"\xff\xfe" + "인권".encode())
    assert is_broken
    assert letters.broken == 1
    assert text == "북한\ufffd\ufffd인권"


def test_no_nul_and_no_control_character_is_left():
    assert Letters().text(b"a\x00b\x01c\x1ad\r\ne\rf\tg")[0] == "abcd\ne\nf\tg"


def test_korean_that_passed_through_a_western_table_is_mended():
    for encoding in ("utf-8", "cp949"):
        seen = KOREAN.encode(encoding).decode("latin-1")
        assert Letters().text(seen.encode())[0] == KOREAN


def test_french_is_not_taken_for_korean():
    french = "Des réfugiés ont été entendus à Genève, où l’été fut long."
    assert Letters().text(french.encode())[0] == french


@given(st.binary(max_size=200))
def test_any_bytes_are_some_text(raw):
    text, _is_broken = Letters().text(raw)
    assert "\0" not in text
    text.encode()
