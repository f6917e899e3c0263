"""Whatever is typed, the matcher answers; and it finds a name wherever it stands in it."""

from hypothesis import given
from hypothesis import strategies as st

from advocacy.protection.matching import Kind

from .people import matcher_of

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
