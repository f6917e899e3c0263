"""A work as BibTeX, in fields that both BibTeX and biblatex read. Hangul stays as it is (UTF-8)."""

from __future__ import annotations

from collections.abc import Iterator

from .prose import notes
from .work import Work, line

# BibTeX counts a brace also after a backslash, so that braces are named. TeX reads all of these.
_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
    }
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LANGUAGES = {"en": "english", "ko": "korean"}  # as babel calls them


def bibtex(work: Work) -> str:
    fields = ",\n".join(f"  {name} = {value}" for name, value in _fields(work))
    kind = "techreport" if work.is_document else "misc"
    return f"@{kind}{{{work.key},\n{fields}\n}}\n"


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    yield "title", _kept(work.title)
    if work.author.strip():
        yield "author", _kept(work.author)  # in braces of its own it is one name, not of a person
        if work.is_document:
            yield "institution", _kept(work.author)
    if work.published:
        yield "year", f"{{{work.published.year}}}"
        yield "month", _MONTHS[work.published.month - 1]  # a macro, which styles spell out
        yield "day", f"{{{work.published.day}}}"
    if said := "; ".join(notes(work)):
        yield "note", f"{{{_escaped(said)}}}"
    if work.summary:
        yield "abstract", f"{{{_escaped(work.summary)}}}"
    yield "langid", f"{{{_LANGUAGES.get(work.language, work.language)}}}"
    yield "url", f"{{{work.url}}}"  # read as it stands: an address has no brace and no backslash


def _kept(text: str) -> str:
    """In two pairs of braces, so that no style changes capitals or takes a name apart."""
    return f"{{{{{_escaped(text)}}}}}"


def _escaped(text: str) -> str:
    return line(text).translate(_SPECIAL)
