"""What the head of a page tells programs that save references: `citation_*` and Dublin Core.

The first are read by Zotero's Embedded Metadata translator and by Google Scholar, the second by
libraries. Zotero parts an author at the last space into names of a person, unless there is a comma:
one at the end of the name of an organisation leaves it whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from .work import Work, line, whole_name


def metas(work: Work) -> Iterator[tuple[str, str]]:
    """Name and content of each."""
    title, author = line(work.title), line(work.author)
    yield "citation_title", title
    if author:
        yield "citation_author", f"{whole_name(author)},"
        yield "citation_publisher", author
    if work.published:
        yield "citation_publication_date", f"{work.published:%Y/%m/%d}"
    yield "citation_language", work.language
    for pdf in work.pdfs:
        yield "citation_pdf_url", pdf
    yield "DC.title", title
    if author:
        yield "DC.creator", author
    if work.published:
        yield "DC.date", work.published.isoformat()
    if work.version:
        yield "DCTERMS.modified", work.version.isoformat()
    yield "DC.language", work.language
    yield "DC.identifier", work.url
    yield (
        "DC.type",
        "webpage",
    )  # else Zotero takes what has a `citation_title` for a journal article
