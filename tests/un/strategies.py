"""Canonical symbols, made from the table of forms."""

import re

from hypothesis import strategies as st

from advocacy.un.countries import COUNTRIES
from advocacy.un.forms import FORMS, PATTERNS

ROMAN = [
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "IX",
    "X",
    "XIV",
    "XIX",
    "XXI",
    "XXX",
    "XL",
    "XLII",
    "LXIII",
]
_FIELD = re.compile(r"\{(\w+)(?::(\w+))?\}")


def _part(pattern: str) -> st.SearchStrategy[str]:
    if pattern == "country":
        return st.sampled_from(sorted(COUNTRIES))
    if pattern == "roman":
        return st.sampled_from(ROMAN)
    return st.from_regex(PATTERNS[pattern], fullmatch=True)


@st.composite
def canonical_symbols(draw, *, in_running_text: bool = False) -> str:
    forms = [form for form in FORMS if not (in_running_text and form.bare)]
    form = draw(st.sampled_from(forms))
    parts = {name: draw(_part(pattern or name)) for name, pattern in _FIELD.findall(form.template)}
    addenda = draw(
        st.lists(
            st.from_regex(r"(Add|Corr|Rev|Amend)\.[1-9][0-9]{0,2}", fullmatch=True), max_size=4
        )
    )
    suffix = draw(st.sampled_from(["", "", "", "-E", "-F", "-K"]))
    return "/".join([form.write(parts), *addenda]) + suffix
