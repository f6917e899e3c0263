"""Whatever is typed, the matcher answers; and it finds a name wherever it stands in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.protection.matching import Kind, Matcher

from .people import VARIANTS, matcher_of

MATCHER = matcher_of("신동혁", "申東赫", "Little Bird", identifiers=("Musan",))
SPACES = st.text(alphabet=" \n\t\u3000·,.<>/()[]", min_size=1, max_size=4)


@given(st.text())
def test_any_text_is_answered(text):
    MATCHER.find(text)


def test_a_sign_without_a_sound_names_nobody():
    assert MATCHER.find("Ь, Ъ") == frozenset()


@given(
    st.text(),
    SPACES,
    st.sampled_from(["신동혁", "Shin Dong-hyuk", "SIN TONGHYŎK"]),
    SPACES,
    st.text(),
)
def test_a_name_is_found_between_any_texts(before, left, name, right, after):
    found = MATCHER.find(before + left + name + right + after)
    assert Kind.FULL in {hit.kind for hit in found}


#: Forms in every script, parts of them, what resembles them, and what they come wrapped in.
PIECES = [
    "신동혁",
    "신 동혁은",
    "신둥혁",
    "동혁",
    "Shin Dong-hyuk",
    "Shin",
    "dong",
    "Hyok",
    "Донхёк",
    "Син",
]
PIECES += ["申東赫", "申", "東赫", "Little", "Bird", "Musan", "무산", "SIN", "Tong-hyŏk", "Shon"]
PIECES += ["7Iug64+Z7ZiB", "&#49888;동혁", "%EC%8B%A0%EB%8F%99%ED%98%81", "5hin", "the", "이"]


def asking_nothing(matcher: Matcher) -> Matcher:
    """As one that looks for many people: each word is looked at."""
    matcher._asks_each_word = False
    return matcher


FORMS = ("신동혁", "申東赫", "Little Bird", "무산댁", "Shin Dong-hyuk", "Donghyuk Shin")
QUICK = matcher_of(*FORMS, identifiers=("Musan",))
THOROUGH = asking_nothing(matcher_of(*FORMS, identifiers=("Musan",)))


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5), SPACES)))
def test_to_look_only_where_a_name_can_begin_finds_all_the_same(pieces):
    text = "".join(pieces)
    assert QUICK.find(text) == THOROUGH.find(text)


@pytest.mark.parametrize("known", VARIANTS, ids=lambda known: known.name)
def test_so_it_does_in_every_spelling(known):
    matcher = matcher_of(known.name, *known.spellings[:1])
    thorough = asking_nothing(matcher_of(known.name, *known.spellings[:1]))
    for spelling in known.spellings:
        for text in (spelling, f"그는 {spelling}를 안다", f"With {spelling.upper()}'s sister"):
            assert matcher.find(text) == thorough.find(text)
