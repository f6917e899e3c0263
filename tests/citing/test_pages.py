"""How each page says it is cited, and the files of it."""

from __future__ import annotations

import datetime as dt
import json
from itertools import product

import pytest
import time_machine
from django.utils.http import content_disposition_header

from advocacy.attachments.models import Attachment
from advocacy.citing.formats import FORMATS
from advocacy.news.models import Article
from advocacy.pages.models import Organisation
from advocacy.publishing import actions
from tests.attachments import makers
from tests.facts import GONE, HIDDEN, article, hide, meeting, milestone, page_of
from tests.site.pages import Page

pytestmark = pytest.mark.django_db

SHOWN = dt.datetime(2015, 4, 8, 12, 1, tzinfo=dt.UTC)
CHANGED = dt.datetime(2015, 5, 2, 3, 0, tzinfo=dt.UTC)
ENDINGS = list(FORMATS)


@pytest.fixture
def alliance():
    for language, name in (("en", "Citizens' Alliance"), ("ko", "북한인권시민연합")):
        Organisation.objects.create(language=language, name=name, short_name="NKHR")


def with_pdf(record, language: str = "en") -> Attachment:
    pdf = makers.attachment(title="The statement", language=language)
    record.documents.create(attachment=pdf)
    return pdf


def published(**fields) -> Article:
    one = Article(title="An inquiry at last", summary="In short.", body="<p>News.</p>", **fields)
    one.save()
    return actions.publish(record=one, at=SHOWN)


def kinds() -> dict[str, str]:
    """The address of one published record of each kind."""
    return {
        "article": published().get_absolute_url(),
        "milestone": page_of(milestone(symbols=("A/HRC/RES/22/13",))),
        "meeting": page_of(meeting()),
    }


def meta(page: Page) -> dict[str, str]:
    """The last of each name."""
    return {
        tag.attributes["name"]: tag.attributes["content"] for tag in page.all("meta[name][content]")
    }


# --- On the page ------------------------------------------------------------------------------


def test_an_article_says_how_it_is_cited(client, alliance):
    page = Page(client, published().get_absolute_url())
    url = "http://127.0.0.1:8000/en/news/2015/an-inquiry-at-last/"
    assert page.said(".cite dt") == ["Chicago", "OSCOLA"]
    assert page.said(".cite dd") == [
        f"Citizens' Alliance. “An inquiry at last.” April 8, 2015. {url}.",
        f"Citizens' Alliance, ‘An inquiry at last’ (8 April 2015) <{url}>",
    ]


def test_where_no_organisation_is_named_a_citation_begins_with_the_title(client):
    for path in kinds().values():
        assert all(said[0] in "“‘" for said in Page(client, path).said(".cite dd")), path


def test_a_changed_text_is_cited_by_the_day_of_its_change_in_seoul(client, alliance):
    one = published()
    copy = actions.open_working_copy(record=one)
    copy.body = "<p>Other news.</p>"
    copy.save()
    actions.publish(record=copy, at=CHANGED.replace(hour=23))
    page = Page(client, one.get_absolute_url())
    assert "Last modified May 3, 2015." in page.said(".cite dd")[0]
    assert meta(page)["DCTERMS.modified"] == "2015-05-03"


def test_a_korean_page_is_cited_in_korean(client, alliance):
    one = milestone(titles={"ko": "조사위원회 설립"}, symbols=("A/HRC/RES/22/13",))
    said = Page(client, page_of(one, "ko")).said(".cite dd")
    assert said[0].startswith("북한인권시민연합. “조사위원회 설립”. ")
    assert "(유엔 문서 A/HRC/RES/22/13, " in said[1]
    assert "/ko/milestones/조사위원회-설립/" in said[0]


def test_zotero_finds_title_organisation_day_language_and_the_pdf_in_it_first(client, alliance):
    one = Article.objects.create(title="An inquiry at last", body="<p>News.</p>", byline="Kim")
    korean, english = with_pdf(one, "ko"), with_pdf(one, "en")
    page = Page(client, actions.publish(record=one, at=SHOWN).get_absolute_url())
    said = meta(page)
    assert said["citation_title"] == said["DC.title"] == "An inquiry at last"
    assert said["citation_author"] == "Citizens' Alliance,"
    assert said["DC.creator"] == said["citation_publisher"] == "Citizens' Alliance"
    assert said["citation_publication_date"] == "2015/04/08"
    assert said["citation_language"] == said["DC.language"] == "en"
    assert said["DC.identifier"] == page.canonical
    assert page.of('meta[name="citation_pdf_url"]', "content") == [
        f"http://127.0.0.1:8000{pdf.get_absolute_url()}" for pdf in (english, korean)
    ]
    node = page.linked_data["NewsArticle"]
    assert node["author"] == node["publisher"]
    assert [file["contentUrl"] for file in node["encoding"]] == page.of(
        'meta[name="citation_pdf_url"]', "content"
    )


def test_milestones_and_meetings_tell_the_same(client, alliance):
    paths = kinds()
    for kind in ("milestone", "meeting"):
        said = meta(Page(client, paths[kind]))
        assert said["citation_author"] == "Citizens' Alliance,"
        assert {"citation_title", "citation_publication_date", "citation_language"} <= set(said)


# --- Files ------------------------------------------------------------------------------------


def test_each_record_is_had_as_files_the_page_leads_to(client, alliance):
    for path, ending in product(kinds().values(), ENDINGS):
        page = Page(client, path)
        assert f"{path}cite.{ending}" in page.of(".cite a", "href")
        answer = client.get(f"{path}cite.{ending}")
        assert answer.status_code == 200
        assert answer["Content-Type"] == FORMATS[ending].media_type
        assert answer["Content-Disposition"].startswith("attachment; filename=")
        assert answer["Content-Disposition"].endswith(f'.{ending}"')
        assert answer["Content-Language"] == "en"
        assert answer["X-Robots-Tag"] == "noindex"
        assert answer.page_params == ()
        assert not hasattr(answer, "counted")
        said = answer.content.decode()
        assert "Citizens' Alliance" in said
        assert page.canonical in said


def test_a_file_keeps_the_hangul_of_its_name(client, alliance):
    one = article("조사위원회", language="ko")
    answer = client.get(f"{one.get_absolute_url()}cite.json")
    assert answer["Content-Disposition"] == content_disposition_header(True, "조사위원회.json")
    (said,) = json.loads(answer.content)
    assert said["author"] == [{"literal": "북한인권시민연합"}]
    assert answer["Content-Language"] == "ko"


def test_a_milestone_is_had_with_its_document_its_day_and_its_pdf(client, alliance):
    one = milestone("2013-03-21", symbols=("A/HRC/RES/22/13",))
    pdf = with_pdf(one)
    (said,) = json.loads(client.get(f"{page_of(one)}cite.json").content)
    assert said["event-date"] == {"date-parts": [[2013, 3, 21]]}
    assert said["number"] == "A/HRC/RES/22/13"
    assert pdf.get_absolute_url() in client.get(f"{page_of(one)}cite.ris").content.decode()


def test_a_file_asked_for_under_a_former_address_or_another_year_leads_on(client, alliance):
    one = published()
    former = one.get_absolute_url()
    copy = actions.open_working_copy(record=one)
    copy.slug = "the-inquiry"
    copy.save()
    actions.publish(record=copy)
    now = Article.objects.get(pk=one.pk).get_absolute_url()
    assert now != former
    moved = client.get(f"{former}cite.bib")
    assert (moved.status_code, moved["Location"]) == (301, f"{now}cite.bib")
    other = client.get("/en/news/2014/the-inquiry/cite.bib")
    assert (other.status_code, other["Location"]) == (301, f"{now}cite.bib")
    assert client.get(f"{former}other.bib").status_code == 404


@pytest.mark.parametrize("how", HIDDEN)
def test_no_file_cites_what_readers_cannot_open(client, how):
    records = [
        hide(article("Zebra", public=False), how),
        hide(milestone(titles={"en": "Zebra"}, public=False), how),
        hide(meeting(titles={"en": "Zebra"}, public=False), how),
    ]
    for record in records:
        (text,) = record.publications()
        for ending in ENDINGS:
            answer = client.get(f"{text.get_absolute_url()}cite.{ending}")
            assert answer.status_code == (410 if how in GONE else 404)
            assert b"Zebra" not in answer.content


def test_there_is_no_other_file(client):
    for path in kinds().values():
        for ending in ("xml", "atom", "RIS", ""):
            assert client.get(f"{path}cite.{ending}").status_code == 404


# --- Documents --------------------------------------------------------------------------------


def test_a_document_is_cited_by_the_day_it_first_stood_in_a_text(client, alliance):
    with time_machine.travel(SHOWN, tick=False):
        one = article("First", public=False)
        pdf = with_pdf(one)
        actions.publish(record=one)
    later = article("Later", public=False)
    later.documents.create(attachment=pdf)
    actions.publish(record=later)
    page = Page(client, "/en/documents/")
    url = f"http://127.0.0.1:8000{pdf.get_absolute_url()}"
    (details,) = page.said(".file details")
    assert f"Citizens' Alliance. “The statement.” April 8, 2015. {url}." in details
    links = page.of(".file details a", "href")
    assert links == [f"/en/documents/{pdf.uuid}/cite.{ending}" for ending in ENDINGS]
    (said,) = json.loads(client.get(links[-1]).content)
    assert (said["type"], said["URL"]) == ("report", url)
    assert said["issued"] == {"date-parts": [[2015, 4, 8]]}


def test_a_document_keeps_its_own_language_on_a_page_in_the_other(client, alliance):
    one = article("First", public=False)
    with_pdf(one, "ko")
    actions.publish(record=one)
    page = Page(client, "/en/documents/")
    assert page.of(".file details p[lang]", "lang") == ["ko", "ko"]
    assert "북한인권시민연합" in page.said(".file details")[0]


@pytest.mark.parametrize("how", HIDDEN)
def test_a_document_of_what_is_not_public_is_not_cited(client, how):
    one = article("Zebra", public=False)
    pdf = with_pdf(one)
    hide(one, how)
    for ending in ENDINGS:
        assert client.get(f"/en/documents/{pdf.uuid}/cite.{ending}").status_code == 404
