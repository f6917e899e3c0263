"""What programs that save references find in the head of a page."""

import re
from dataclasses import replace

from advocacy.citing.metas import metas
from tests.citing.works import ALLIANCE, ARTICLE, BARE, DOCUMENT


def author_as_zotero_reads(content: str) -> tuple[str, str]:
    """Last and first name, by the rules of its Embedded Metadata translator and `cleanAuthor()`."""
    parts = re.split(r"\s*,\s*", content)
    assert not (len(parts) > 1 and " " in parts[0] and " " in parts[1])  # else two authors
    has_comma = "," in content
    name = re.sub(r"[\s.,/\[\]:]+$", "", content)
    if has_comma:
        last, _comma, first = name.partition(", ")
        return last, first
    first, _space, last = name.rpartition(" ")
    return last, first


def test_an_organisation_is_saved_as_one_name():
    said = dict(metas(ARTICLE))
    assert author_as_zotero_reads(said["citation_author"]) == (ALLIANCE, "")
    odd = dict(metas(replace(ARTICLE, author="NKHR, Citizens’ Alliance; Seoul")))
    assert author_as_zotero_reads(odd["citation_author"]) == ("NKHR Citizens’ Alliance Seoul", "")
    assert said["DC.creator"] == ALLIANCE


def test_days_language_address_and_documents_are_told():
    said = list(metas(ARTICLE))
    assert ("citation_publication_date", "2015/04/08") in said
    assert ("DC.date", "2015-04-08") in said
    assert ("DCTERMS.modified", "2015-05-02") in said
    assert ("citation_language", "en") in said
    assert ("DC.identifier", ARTICLE.url) in said
    assert ("citation_pdf_url", ARTICLE.pdfs[0]) in said


def test_a_page_is_not_taken_for_an_article_of_a_journal():
    assert ("DC.type", "webpage") in list(metas(DOCUMENT))


def test_what_is_not_known_is_not_said():
    said = dict(metas(BARE))
    assert all(said.values())
    assert not {"citation_author", "DC.creator", "DC.date", "citation_pdf_url"} & set(said)
