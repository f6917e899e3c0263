"""What the staff site says about a symbol that somebody typed: what was understood, or what was
meant.
"""

import re

from django.utils.translation import gettext as _

from advocacy.un.forms import FORMS
from advocacy.un.symbols import LONGEST, Symbol, find, parse

_PREFIX = re.compile(
    r"^\s*(?:(?:UN\s+)?Doc(?:ument)?\.?|https?://(?:www\.)?(?:undocs\.org|docs\.un\.org)"
    r"(?:/(?:ar|zh|en|fr|ru|es)(?=/))?/)\s*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?|ftp|file)://\S+|www\.\S+|\S+@\S+", re.IGNORECASE)
# In capitals, with two strokes at least: `A/B` and `and/or` are said of much else.
_LIKE_A_SYMBOL = re.compile(
    r"(?<![\w./-])(?:"
    + "|".join(sorted({form.head for form in FORMS}, key=len, reverse=True))
    + r")"
    r"/[A-Z0-9][A-Z0-9.-]*(?:/[A-Za-z0-9][A-Za-z0-9.-]*)+"
)


def understood(value: Symbol | str | None) -> str:
    """One line for staff: `Human Rights Council: resolution, session 22, number 13`; "" if it is
    no symbol.
    """
    read = value if isinstance(value, Symbol) else parse(value)
    if read is None:
        return ""
    details = [str(read.kind.label)]
    if read.country:
        details.append(_("country %(code)s") % {"code": read.country})
    if re.fullmatch(r"\d{4}", read.session):
        details.append(_("year %(year)s") % {"year": read.session})
    elif read.session:
        details.append(_("session %(session)s") % {"session": read.session})
    if read.year:
        details.append(_("year %(year)s") % {"year": read.year})
    if read.number:
        details.append(_("number %(number)s") % {"number": read.number})
    details += read.addenda
    return f"{read.issuer.name()}: {', '.join(details)}"


def doubtful(text: str) -> list[str]:
    """What looks like a symbol in running text and is none, each once: a slip, or a series unknown."""
    known = find(text)
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    taken = [*addresses, *((start, end) for start, end, _symbol in known)]
    found = []
    for match in _LIKE_A_SYMBOL.finditer(text):
        is_taken = any(start < match.end() and match.start() < end for start, end in taken)
        if not is_taken and re.search(r"\d", match[0]):
            found.append(match[0].rstrip(".,-"))
    return list(dict.fromkeys(found))


def nearest(text: str) -> Symbol | None:
    """The symbol that was probably meant, for "Did you mean …?": the usual slips, tried one after
    another.

    An address of the official record, words around the symbol, a wrong or a missing stroke, the
    letter O or l for a figure.
    """
    text = text.strip()[: 2 * LONGEST]
    if not text:
        return None
    bare = _PREFIX.sub("", text)
    strokes = re.sub(r"[\\_|:]+|\s*/+\s*", "/", bare).strip("/. ")
    spaced = re.sub(r"[\s.–-]+", "/", strokes)
    figures = re.sub(r"(?<=[\d/.])[Oo](?=[\dOo]|/|$)", "0", strokes)
    figures = re.sub(r"(?<=[\d/.])[lI](?=\d|/|$)|(?<=\d)[lI]", "1", figures)
    split = re.sub(r"(?<=RES|HRC|PRK)(?=\d)", "/", strokes.upper())
    split = re.sub(r"^A(?=HRC)|^A(?=RES)|^S(?=RES|PV)", lambda match: match[0] + "/", split)
    prefixed = re.sub(r"(?<=/)(PV|SR|L|CRP|CN|ADD|CORR|REV)(?=\d)", r"\1.", strokes.upper())
    for guess in (bare, strokes, spaced, figures, split, prefixed):
        if symbol := parse(guess):
            return symbol
    return next((symbol for _start, _end, symbol in find(bare)), None)
