"""United Nations document symbols: read, written in their canonical form, and found in running
text.

`parse` and `find` are total: any text may be given, neither raises, and both take time in
proportion to its length. What counts as a symbol is the table in `forms`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import quote

from advocacy.un.bodies import BODIES, Body
from advocacy.un.countries import COUNTRIES
from advocacy.un.forms import FORMS, Form, Kind

OFFICIAL_RECORD = "https://docs.un.org"
OFFICIAL_LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
LONGEST = 120

_SUFFIXES = {"ar": "A", "zh": "C", "en": "E", "fr": "F", "ru": "R", "es": "S", "ko": "K"}
_LANGUAGES = {
    **{letter: code for code, letter in _SUFFIXES.items()},
    **{code.upper(): code for code in _SUFFIXES},
    "KR": "ko",
}


@dataclass(frozen=True)
class Symbol:
    """A document symbol in parts; `str()` gives its canonical form.

    `body` is a code of BODIES. `session` is a session ("25", "S-17", "XXI"), `year` the year in a
    series that counts by years. `number` may be a span of reports ("2-4"). `addenda` are those of
    the symbol in order ("Add.1", "Corr.2"). `language` is that of a suffix such as -E, else "".
    """

    form: Form
    session: str = ""
    year: str = ""
    number: str = ""
    country: str = ""
    committee: str = ""
    letter: str = ""
    addenda: tuple[str, ...] = ()
    language: str = ""

    @property
    def body(self) -> str:
        return self.form.body

    @property
    def kind(self) -> Kind:
        return self.form.kind

    @property
    def issuer(self) -> Body:
        return BODIES[self.form.body]

    @property
    def document(self) -> str:
        """The canonical form without a language suffix: one document has one symbol in all
        languages.
        """
        return "/".join([self.form.write(self._parts()), *self.addenda])

    @property
    def named_year(self) -> int | None:
        """The year that the symbol names, if in full."""
        return int(self.year) if len(self.year) == 4 else None

    def __str__(self) -> str:
        return self.document + (f"-{_SUFFIXES[self.language]}" if self.language else "")

    def url(self, language: str = "en") -> str:
        """The official record, in the suffix's language, else the one asked for, else in English.

        The record is kept in the six official languages, of which Korean is not one. Its
        addresses leave out the spaces, and the letter of a resolution that was printed with its
        neighbours, 217 A (III).
        """
        wanted = (self.language, language.split("-")[0], "en")
        spoken = next(code for code in wanted if code in OFFICIAL_LANGUAGES)
        path = self.document
        if self.letter:
            path = path.replace(f" {self.letter} (", " (")
        return f"{OFFICIAL_RECORD}/{spoken}/{quote(path.replace(' ', ''), safe='/().-')}"

    @property
    def path(self) -> str:
        """As it stands in addresses, without spaces, as in those of the official record."""
        return self.document.replace(" ", "")

    def page(self, language: str) -> str:
        """Where our own page of the document is (symbols.urls)."""
        return f"/{language}/un/{quote(self.path, safe='/().-')}/"

    def _parts(self) -> dict[str, str]:
        return {
            "session": self.session,
            "year": self.year,
            "number": self.number,
            "country": self.country,
            "committee": self.committee,
            "letter": self.letter,
        }


_ADDENDA = r"(?:/(?:Add|Corr|Rev|Amend)\.[ ]?[1-9][0-9]{0,2}){0,4}"
_CODES = "|".join(code.upper() for code in (*_SUFFIXES, "kr"))
_SUFFIX_READ = rf"(?:-([ACEFRSK]|{_CODES})|[._]({_CODES}))?"
# In running text only capitals are a suffix: "A/HRC/25/63-based" is not one.
_SUFFIX_FOUND = rf"(?:(?-i:(?:-(?:[ACEFRSK]|{_CODES})|[._](?:{_CODES})))(?![0-9A-Za-z]))?"

# Full-width forms, the dashes of word processors and the slashes of other alphabets, one for one.
_SAME_LENGTH: dict[int, str] = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys([0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212], "-"),
    **dict.fromkeys([0x2044, 0x2215, 0x29F8], "/"),
    **dict.fromkeys([0x3000, 0xA0, 0x202F, *range(0x2000, 0x200B)], " "),
}
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


@cache
def _readers(head: str) -> tuple[tuple[Form, re.Pattern[str]], ...]:
    return tuple(
        (
            form,
            re.compile(
                f"{form.pattern(named=True)}(?P<addenda>{_ADDENDA}){_SUFFIX_READ}",
                re.IGNORECASE | re.ASCII,
            ),
        )
        for form in FORMS
        if form.head == head
    )


def parse(text: str | None) -> Symbol | None:
    """The symbol that `text` is, or None. Lower case, full-width characters and stray spaces are
    forgiven.
    """
    if not isinstance(text, str):
        return None
    text = text.strip()
    return _parse(text) if len(text) <= LONGEST else None


@lru_cache(maxsize=4096)
def _parse(text: str) -> Symbol | None:
    text = _UNSEEN.sub("", text).translate(_SAME_LENGTH)
    # A space beside a sign is stray; one between two words or figures is not ours to close.
    text = re.sub(r"(?<![0-9A-Za-z])\s+|\s+(?![0-9A-Za-z])", "", text)
    for form, reader in _readers(text.partition("/")[0].upper()):
        if match := reader.fullmatch(text):
            parts = {name: value.upper() for name, value in match.groupdict().items()}
            addenda = tuple(part.capitalize() for part in parts.pop("addenda").split("/")[1:])
            if parts.get("country", "EU") not in COUNTRIES:
                continue
            suffix = next((group for group in match.groups()[-2:] if group), "").upper()
            return Symbol(form, **parts, addenda=addenda, language=_LANGUAGES.get(suffix, ""))
    return None


# A symbol starts where no word, path or address is going on, and ends where none goes on either.
_HEAD = re.compile(
    r"(?<![0-9A-Za-z_\u00c0-\u024f/\\.@=&?#%~+])("
    + "|".join(sorted({form.head for form in FORMS}, key=len, reverse=True))
    + r")(?=/[0-9A-Za-z])",
    re.IGNORECASE | re.ASCII,
)
_END = r"(?![0-9A-Za-z_\u00c0-\u024f]|/[0-9A-Za-z]|\.(?:pdf|html?|docx?)(?![0-9A-Za-z]))"
_ADDRESS = re.compile(r"(?:https?|ftp|file)://\S+|www\.\S+", re.IGNORECASE)


@cache
def _finder(head: str) -> re.Pattern[str]:
    alternatives = [
        f"(?-i:{form.template[0]}){form.pattern(named=False)[1:]}"
        if form.fragile
        else form.pattern(named=False)
        for form in FORMS
        if form.head == head and not form.bare
    ]
    return re.compile(
        f"(?:{'|'.join(alternatives)}){_ADDENDA}(?:{_SUFFIX_FOUND}{_END})",
        re.IGNORECASE | re.ASCII,
    )


def find(text: str) -> list[tuple[int, int, Symbol]]:
    """Every symbol in running text as (start, end, symbol); `text[start:end]` parses to that
    symbol.

    Addresses are passed over, and so is the bare old form (A/810), which too much else looks like.
    """
    if "/" not in text and not any(sign in text for sign in "／⁄∕⧸"):
        return []
    plain = text.translate(_SAME_LENGTH)
    places: list[int] | None = None
    if _UNSEEN.search(plain):
        places = [at for at, sign in enumerate(plain) if not _UNSEEN.match(sign)]
        plain = "".join(plain[at] for at in places)
    found = []
    for start, end in _spans(plain):
        if places is not None:
            start, end = places[start], places[end - 1] + 1
        if symbol := parse(text[start:end]):
            found.append((start, end, symbol))
    return found


def _spans(plain: str) -> Iterator[tuple[int, int]]:
    addresses = _ADDRESS.finditer(plain)
    address = next(addresses, None)
    done = 0
    for match in _HEAD.finditer(plain):
        start = match.start()
        while address and address.end() <= start:
            address = next(addresses, None)
        if start < done or (address and address.start() <= start):
            continue
        if hit := _finder(match[1].upper()).match(plain, start):
            done = hit.end()
            yield start, done
