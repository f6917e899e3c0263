"""A work as RIS, the tagged format that most reference managers read.

After the RIS Format Specifications of Research Information Systems: a tag of two letters, two
spaces, a hyphen and a space; one line a tag, ended by CR LF; TY first and ER last; dates as
YYYY/MM/DD/; no asterisk in an author.
"""

from __future__ import annotations

from collections.abc import Iterator

from .prose import notes
from .work import Work, line, whole_name


def ris(work: Work) -> str:
    return "".join(f"{tag}  - {line(value)}\r\n" for tag, value in _fields(work))


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    yield "TY", "RPRT" if work.is_document else "ELEC"
    yield "ID", work.key
    yield "TI", work.title
    if author := whole_name(work.author):
        yield "AU", author
        yield "PB", work.author
    if work.published:
        yield "PY", str(work.published.year)
        yield "DA", f"{work.published:%Y/%m/%d/}"
    for note in notes(work):
        yield "N1", note
    if work.summary:
        yield "AB", work.summary
    yield "LA", work.language
    yield "UR", work.url
    for pdf in work.pdfs:
        yield "L1", pdf
    yield "ER", ""
