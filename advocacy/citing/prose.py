"""A citation ready to be copied, in two manners.

Chicago: the bibliography of the Chicago Manual of Style, 17th edition, 14.206-14.208. OSCOLA: the
Oxford University Standard for the Citation of Legal Authorities, 4th edition, 3.1 and 3.4.8, which
those who write about the law of the United Nations follow; what it calls additional information is
here the symbol of the UN document a page is about. It also asks for the day the page was opened,
which only its reader knows.
"""

from __future__ import annotations

from datetime import date

from django.utils.encoding import uri_to_iri

from advocacy.dates.wording import MONTHS

from .work import Work, line

_CLOSED = ("?", "!", ".", "…")
_INNER = str.maketrans({"“": "‘", "”": "’"})


def chicago(work: Work) -> str:
    title = line(work.title).translate(_INNER)
    if work.language == "ko":
        said = [f"“{title}”."]
        said += [f"{_korean(work.published)}."] if work.published else []
        said += [f"{_korean(work.version)} 최종 수정."] if work.version else []
    else:
        said = [f"“{title}”" if title.endswith(_CLOSED) else f"“{title}.”"]
        said += [f"{_american(work.published)}."] if work.published else []
        said += [f"Last modified {_american(work.version)}."] if work.version else []
    author = line(work.author)
    if author:
        said.insert(0, author if author.endswith(".") else f"{author}.")
    return " ".join([*said, f"{_legible(work.url)}."])


def oscola(work: Work) -> str:
    korean = work.language == "ko"
    details = _documents(work)
    if work.published:
        details.append(_korean(work.published) if korean else _british(work.published))
    if work.version:
        details.append(_version(work.version, korean=korean))
    author = f"{line(work.author)}, " if work.author.strip() else ""
    within = f" ({', '.join(details)})" if details else ""
    return f"{author}‘{_single(line(work.title))}’{within} <{_legible(work.url)}>"


def notes(work: Work) -> list[str]:
    """What formats of references have no field for, in the language of the work."""
    korean = work.language == "ko"
    said = []
    if work.event:
        when = work.event.format(work.language)
        said.append(f"일이 일어난 때: {when}" if korean else f"Date of the event: {when}")
    said += _documents(work)
    if work.version:
        said.append(_version(work.version, korean=korean))
    return said


def _documents(work: Work) -> list[str]:
    said = "유엔 문서" if work.language == "ko" else "UN Doc"
    return [f"{said} {symbol}" for symbol in work.symbols]


def _version(changed: date, *, korean: bool) -> str:
    return f"{_korean(changed)} 판" if korean else f"version of {_british(changed)}"


def _single(title: str) -> str:
    """Quotation marks within single ones are double; an apostrophe stays what it is."""
    opened, said = 0, []
    for letter in title:
        if letter == "‘":
            opened += 1
            letter = "“"
        elif letter == "’" and opened:
            opened -= 1
            letter = "”"
        said.append(letter)
    return "".join(said)


def _american(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def _british(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _korean(day: date) -> str:
    return f"{day.year}년 {day.month}월 {day.day}일"


def _legible(url: str) -> str:
    """An address as people read it, its Hangul not in percent signs (RFC 3987)."""
    return uri_to_iri(url)
