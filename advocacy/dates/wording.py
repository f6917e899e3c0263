"""Dates in words, in English and in Korean, at the precision known and no more.

An approximate date is said with "about" and 경, a doubtful one with a question in brackets:
(uncertain), (추정).
"""

from collections.abc import Sequence

from django.utils.translation import get_language

from advocacy.dates.parts import Part

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def words(precision: str, parts: Sequence[Part], language: str | None = None) -> str:
    """The parts of a date as a phrase; any language but Korean reads English."""
    korean = (language or get_language() or "en").split("-")[0] == "ko"
    if precision == "interval":
        return _korean_interval(*parts) if korean else _english_interval(*parts)
    if precision == "set":
        return _korean_set(parts) if korean else _english_set(parts)
    return _korean(parts[0]) if korean else _english(parts[0])


def _english(part: Part) -> str:
    day = part.earliest
    month = MONTHS[day.month - 1]
    phrase = {
        "day": f"{day.day} {month} {day.year}",
        "month": f"{month} {day.year}",
        "year": f"{day.year}",
        "decade": f"the {day.year}s" if part.is_approximate else f"{day.year}s",
    }[part.precision]
    if part.is_approximate:
        phrase = f"about {phrase}"
    return f"{phrase} (uncertain)" if part.is_uncertain else phrase


def _korean(part: Part, *, since: Part | None = None) -> str:
    """`since` is the first end of the same interval: the year or month it has said is not said
    again.
    """
    day = part.earliest
    same_year = since is not None and since.earliest.year == day.year
    same_month = since is not None and same_year and since.earliest.month == day.month
    year, month = f"{day.year}년", f"{day.month}월"
    pieces = {
        "day": ([] if same_year else [year]) + ([] if same_month else [month]) + [f"{day.day}일"],
        "month": ([] if same_year else [year]) + [month],
        "year": [year],
        "decade": [f"{day.year}년대"],
    }[part.precision]
    phrase = " ".join(pieces) + ("경" if part.is_approximate else "")
    return f"{phrase}(추정)" if part.is_uncertain else phrase


def _share_a_year(start: Part, end: Part) -> bool:
    return (
        start.precision == end.precision
        and start.precision in ("day", "month")
        and not (start.qualifier or end.qualifier)
        and start.earliest.year == end.earliest.year
    )


def _english_interval(start: Part, end: Part) -> str:
    first = _english(start)
    if _share_a_year(start, end):
        first = first.removesuffix(f" {end.earliest.year}")
        if start.precision == "day" and start.earliest.month == end.earliest.month:
            first = str(start.earliest.day)
    return f"{first} to {_english(end)}"


def _korean_interval(start: Part, end: Part) -> str:
    since = start if _share_a_year(start, end) else None
    return f"{_korean(start)}부터 {_korean(end, since=since)}까지"


def _english_set(parts: Sequence[Part]) -> str:
    *others, last = map(_english, parts)
    return f"{', '.join(others)} and {last}"


def _korean_set(parts: Sequence[Part]) -> str:
    *others, before, last = map(_korean, parts)
    return ", ".join([*others, f"{before}{_and(before)} {last}"])


def _and(phrase: str) -> str:
    """과 after a syllable that ends in a consonant, 와 after one that does not; brackets do not
    count.
    """
    syllable = phrase.removesuffix("(추정)")[-1]
    return "과" if (ord(syllable) - 0xAC00) % 28 else "와"
