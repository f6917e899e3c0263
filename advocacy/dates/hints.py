"""What an editor is told about a date that cannot be kept, and the form that was probably meant."""

import calendar
import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.dates.wording import MONTHS

FORMS = gettext_lazy(
    "Write what is known and no more: 2013-01-14, 2012-12 or 2004; 199X for the 1990s; 2003~ for about"
    " 2003; 2003? when in doubt; 2009-12/2010-03 from one to the other; {2010,2014} for several."
)
EMPTY = gettext_lazy("Write a date, for example 2013-01-14, 2012-12 or 2004.")
TOO_LONG = gettext_lazy("This is too long for a date. Write for example 2012-12.")


def refusal(text: str, plain: str) -> str:
    """The sentence for a text of no shape we know, with the right form where it can be guessed.

    `text` is shown as it was typed; the guess is made from `plain`, the same made tidy.
    """
    shown = text if len(text) <= 40 else f"{text[:40]}…"
    if form := suggestion(plain):
        return _("“%(text)s” is not how this date is written here. Write %(form)s.") % {
            "text": shown,
            "form": form,
        }
    return _("“%(text)s” is not a date that can be read. %(forms)s") % {
        "text": shown,
        "forms": FORMS,
    }


def single(member: str) -> str:
    return _("This names the same date more than once. Write %(form)s.") % {"form": member}


def backwards(start: str, end: str) -> str:
    return _(
        "The interval ends before it begins. Write %(interval)s from one to the other, or %(set)s for"
        " the two dates alone."
    ) % {"interval": f"{end}/{start}", "set": f"{{{end},{start}}}"}


def no_such_year(year: str) -> str:
    return _("There is no year %(year)s in this record. A year has four figures, as in 2004.") % {
        "year": year
    }


def no_such_month(year: int, month: int) -> str:
    return _(
        "There is no month %(month)02d: months go from 01 to 12. Write %(year)04d alone if the month is"
        " not known."
    ) % {"year": year, "month": month}


def no_such_day(year: int, month: int) -> str:
    last = calendar.monthrange(year, month)[1]
    return _(
        "This month has %(last)d days. Write a day from %(form)s-01 to %(form)s-%(last)02d, or %(form)s"
        " alone if the day is not known."
    ) % {"last": last, "form": f"{year:04}-{month:02}"}


_NUMBERS = {
    name.lower()[:length]: number
    for number, name in enumerate(MONTHS, start=1)
    for length in (3, 4, len(name))
}
_NAME = "(" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")\.?"
_POINTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), order)
    for pattern, order in (
        (r"(\d{4})", "y"),
        (r"(\d{4})[-./ ]+(\d{1,2})\.?", "ym"),
        (r"(\d{4})[-./ ]+(\d{1,2})[-./ ]+(\d{1,2})\.?", "ymd"),
        (r"(\d{4})(\d\d)(\d\d)", "ymd"),
        (r"(\d{4})-[xX]{2}(?:-[xX]{2})?", "y"),
        (r"(\d{4})-(\d\d)-[xX]{2}", "ym"),
        (r"(\d{4}) ?년", "y"),
        (r"(\d{4}) ?년 ?(\d{1,2}) ?월", "ym"),
        (r"(\d{4}) ?년 ?(\d{1,2}) ?월 ?(\d{1,2}) ?일", "ymd"),
        (rf"{_NAME},? (\d{{4}})", "my"),
        (rf"(\d{{1,2}})(?:st|nd|rd|th)? {_NAME},? (\d{{4}})", "dmy"),
        (rf"{_NAME} (\d{{1,2}})(?:st|nd|rd|th)?,? ?(\d{{4}})", "mdy"),
    )
)


def suggestion(text: str) -> str:
    """The EDTF that an everyday way of writing probably means, or "" where that would be
    guessing.
    """
    text = " ".join(text.split()).strip(" .")[:80]
    if match := re.fullmatch(r"(?:the )?(\d{3})0(?:['’]?s| ?년대)", text, re.IGNORECASE):
        return f"{match[1]}X"
    if match := re.fullmatch(
        r"(?:c\.|ca\.?|circa|about|around|approximately|약) ?(.+)|(.+?) ?(?:경|쯤|무렵)",
        text,
        re.IGNORECASE,
    ):
        point = _point(match[1] or match[2])
        return f"{point}~" if point else ""
    pair = re.fullmatch(r"(?:from )?(.+?) ?(?:~|부터| - |\bto\b|\.\.) ?(.+?)(?: ?까지)?", text)
    if pair and (start := _point(pair[1])) and (end := _point(pair[2])):
        return f"{start}/{end}" if start < end else ""
    if point := _point(text):
        return point
    members = [
        _point(piece)
        for piece in re.split(r" ?, ?(?:and )?| and | ?& ?|[과와] ", text.strip("[]{}"))
    ]
    if not all(members):
        return ""
    return "{" + ",".join(sorted(set(members))) + "}" if len(set(members)) > 1 else members[0]


def _point(text: str) -> str:
    for pattern, order in _POINTS:
        if match := pattern.fullmatch(text.strip(" .")):
            said = dict(zip(order, match.groups(), strict=True))
            year = int(said["y"])
            month = _NUMBERS.get(said.get("m", "").lower()) or int(said.get("m", 1))
            day = int(said.get("d", 1))
            possible = year >= 1000 and 1 <= month <= 12
            if not possible or not 1 <= day <= calendar.monthrange(year, month)[1]:
                return ""
            return f"{year:04}-{month:02}-{day:02}"[: {1: 4, 2: 7, 3: 10}[len(order)]]
    return ""
