"""EDTF texts of every kind that the record keeps."""

import datetime

from hypothesis import assume
from hypothesis import strategies as st

from advocacy.dates.edtf import NotADate, parse

days = st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2099, 12, 31))
points = st.builds(lambda day, length: day.isoformat()[:length], days, st.sampled_from([4, 7, 10]))
decades = days.map(lambda day: f"{day.isoformat()[:3]}X")
qualifiers = st.sampled_from(["", "", "", "~", "?", "%"])
qualified = st.builds(str.__add__, points | decades, qualifiers)


@st.composite
def edtf_texts(draw) -> str:
    ends = st.builds(str.__add__, points, qualifiers)
    text = draw(
        qualified
        | st.builds(lambda a, b: "/".join(sorted((a, b))), ends, ends)
        | st.lists(qualified, min_size=2, max_size=4, unique=True).map(
            lambda members: "{" + ",".join(members) + "}"
        )
    )
    try:
        parse(text)
    except NotADate:
        assume(False)
    return text
