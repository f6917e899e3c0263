import pytest
from django.utils.translation import override

from advocacy.un.reading import nearest, understood
from advocacy.un.symbols import parse


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("https://undocs.org/en/A/HRC/25/63", "A/HRC/25/63"),
        ("https://docs.un.org/S/RES/1440(2002)", "S/RES/1440 (2002)"),
        ("UN Doc. A/HRC/25/63", "A/HRC/25/63"),
        ("AHRC/25/63", "A/HRC/25/63"),
        ("ARES/60/173", "A/RES/60/173"),
        ("A-HRC-25-63", "A/HRC/25/63"),
        ("A_HRC_25_63", "A/HRC/25/63"),
        ("A HRC 25 63", "A/HRC/25/63"),
        ("A\\HRC\\25\\63", "A/HRC/25/63"),
        ("A//HRC/25/63/", "A/HRC/25/63"),
        ("A/HRC25/63", "A/HRC/25/63"),
        ("A/HRC/2O/l3", "A/HRC/20/13"),
        ("A/C.3/75/L30", "A/C.3/75/L.30"),
        ("S/PV7353", "S/PV.7353"),
        ("the report A/HRC/25/63, page 3", "A/HRC/25/63"),
    ],
)
def test_a_slip_of_the_finger_is_answered_with_what_was_meant(typed, meant):
    assert parse(typed) is None
    assert str(nearest(typed)) == meant


@pytest.mark.parametrize("typed", ["", " ", "hello", "CRC/C/PKR/CO/4", "/" * 100_000, "and/or"])
def test_where_nothing_can_be_guessed_nothing_is_suggested(typed):
    assert nearest(typed) is None


def test_staff_are_told_what_a_symbol_was_understood_to_be():
    with override("en"):
        assert understood("a/hrc/res/22/13") == (
            "Human Rights Council: resolution, session 22, number 13"
        )
        assert understood("CRC/C/PRK/CO/4") == (
            "Committee on the Rights of the Child: concluding observations, country PRK, number 4"
        )
        assert understood("E/CN.4/2004/L.21/Rev.1") == (
            "Commission on Human Rights: draft, year 2004, number 21, Rev.1"
        )
        assert understood(parse("S/PV.7353")) == "Security Council: meeting record, number 7353"


def test_the_body_is_named_in_the_language_of_the_staff_member():
    with override("ko"):
        assert understood("A/HRC/RES/22/13").startswith("유엔 인권이사회: ")


@pytest.mark.parametrize("value", ["", None, "hello"])
def test_of_what_is_no_symbol_nothing_is_said(value):
    assert understood(value) == ""
