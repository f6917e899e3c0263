"""What running text names: bodies of the United Nations, and dates at the precision they are told."""

from __future__ import annotations

import re
from typing import NamedTuple

from advocacy.dates import edtf, hints
from advocacy.dates.wording import MONTHS
from advocacy.un.bodies import BODIES
from advocacy.un.symbols import find


class Mention(NamedTuple):
    start: int
    end: int
    value: str  # a code of un.bodies, or EDTF


#: How people write of a body beside its own names.
_ALSO = {
    "chr": ("Human Rights Commission", "인권위원회"),
    "hrc": ("인권이사회",),
    "hchr": ("High Commissioner for Human Rights", "인권최고대표", "인권고등판무관"),
    "ohchr": ("인권최고대표사무소", "인권고등판무관실", "OHCHR"),
    "sr-dprk": ("Special Rapporteur", "북한인권특별보고관", "특별보고관"),
    "coi-dprk": ("Commission of Inquiry", "COI", "조사위원회"),
    "upr": ("Universal Periodic Review", "UPR", "정례인권검토", "보편적정례검토"),
    "sc": ("안전보장이사회", "안보리"),
    "sg": ("Secretary General",),
    "wgeid": ("Working Group on Enforced Disappearances", "강제실종 실무그룹"),
    "cedaw": ("여성차별철폐위원회",),
    "crc": ("아동권리위원회",),
}
#: Names that are said of much else.
_VAGUE = {"Secretariat", "총회", "특별절차", "조약기구", "제3위원회", "인권소위원회"}
#: Others of nearly the same name: the Commission of the Republic of Korea.
_NOT_AFTER = "(?<!국가)"


def _names() -> dict[str, str]:
    known: dict[str, str] = {}
    for code, body in BODIES.items():
        own = (body.name_en, body.short_en, body.name_ko, body.short_ko)
        for name in (*own, *_ALSO.get(code, ())):
            if name not in _VAGUE:
                known.setdefault(_folded(name), code)
    return known


def _folded(name: str) -> str:
    return " ".join(name.replace("’", "'").lower().split())


def _pattern(name: str) -> str:
    words = r"[\s\u00a0]+".join(re.escape(word).replace("'", "['’]") for word in name.split())
    return words if re.search("[가-힣]", name) else rf"\b{words}\b"


_NAMES = _names()
_ACRONYMS = {name for name in _NAMES if name.isascii() and name.isalpha() and len(name) <= 6}
_BODY = re.compile(
    _NOT_AFTER
    + "(?:"
    + "|".join(_pattern(name) for name in sorted(_NAMES, key=len, reverse=True))
    + ")",
    re.IGNORECASE,
)

_YEAR = r"(?:19|20)\d\d"
_MONTH = "(?:" + "|".join(f"{name}|{name[:3]}\\.?|{name[:4]}\\.?" for name in MONTHS) + ")"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_POINT = (
    rf"(?:{_YEAR}[-./]\d{{1,2}}[-./]\d{{1,2}}|{_YEAR}-\d\d(?!\d)|{_DAY} {_MONTH},? {_YEAR}"
    rf"|{_MONTH} {_DAY},? {_YEAR}|{_MONTH},? {_YEAR}"
    rf"|{_YEAR} ?년(?: ?\d{{1,2}} ?월(?: ?\d{{1,2}} ?일)?)?|{_YEAR}s?)"
)
_DATE = re.compile(
    rf"(?<![0-9A-Za-z/.-])(?P<about>(?:about|around|circa|c\.|ca\.|약) ?)?(?P<first>{_POINT})"
    rf"(?:(?P<to> ?[–—~] ?| ?- ?(?={_YEAR})| to (?={_YEAR}))(?P<last>{_POINT})"
    rf"|(?P<more>(?:,? and |, | ?& ?|[과와] ?){_POINT})+)?(?![0-9A-Za-z])",
    re.IGNORECASE,
)


def bodies(text: str) -> list[Mention]:
    """In their order; of two that begin at one place the longer name. Symbols name theirs, too."""
    named = [Mention(start, end, symbol.body) for start, end, symbol in find(text)]
    for match in _BODY.finditer(text):
        folded = _folded(match[0])
        if folded in _ACRONYMS and not match[0].isupper():  # a cat is no committee
            continue
        if not any(one.start <= match.start() < one.end for one in named):
            named.append(Mention(match.start(), match.end(), _NAMES[folded]))
    return sorted(named)


def dates(text: str) -> list[Mention]:
    """In their order. Years within symbols are none."""
    for start, end, _symbol in find(text):
        text = text[:start] + "/" * (end - start) + text[end:]
    found = []
    for match in _DATE.finditer(text):
        said = hints.suggestion(_tidy(match))
        try:
            date = edtf.parse(said or match[0])
        except edtf.NotADate:
            continue
        found.append(Mention(match.start(), match.end(), str(date)))
    return found


def _tidy(match: re.Match[str]) -> str:
    said = match[0]
    if match["to"]:
        said = f"{match['about'] or ''}{match['first']}~{match['last']}"
    return re.sub(r"\s+", " ", said)
