from datetime import timedelta

import pytest
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from advocacy.publishing import actions

from . import makers, records

pytestmark = pytest.mark.django_db

LIST = "/en/documents/"


def test_the_list_shows_documents_readers_can_open(client):
    pdf = makers.attachment(title="The statement", pages=3, size=105_000)
    records.published(documents=[pdf])
    response = client.get(LIST)
    text = response.content.decode()
    assert response.status_code == 200
    assert "The statement" in text
    assert pdf.get_absolute_url() in text
    assert pdf.sha256 in text
    assert "PDF, English, 3 pages, 102.5" in text
    assert pdf.thumbnail(128).url in text
    assert response.page_params == ("page",)


def test_each_document_leads_to_the_records_it_stands_beside(client):
    pdf = makers.attachment()
    english = records.published("The statement handed over", documents=[pdf])
    korean = records.article("성명", language="ko", documents=[pdf])
    korean.translation_group = english.translation_group
    korean.save()
    actions.publish(record=korean)
    actions.publish(record=records.meeting(documents=[pdf]))
    records.article("A draft", documents=[pdf])
    records.withdrawn("Withdrawn", documents=[pdf])
    copy = actions.open_working_copy(record=records.published("Waiting"))
    copy.documents.create(attachment=pdf)
    told = LexborHTMLParser(client.get(LIST).content.decode()).css(".file .told a")
    assert [link.text() for link in told] == ["The statement handed over", "A meeting"]
    assert told[0].attributes["href"] == english.get_absolute_url()
    korean_page = client.get("/ko/documents/").content.decode()
    told = LexborHTMLParser(korean_page).css(".file .told a")
    assert [link.text() for link in told] == ["성명", "A meeting"]
    assert told[1].attributes["lang"] == "en"


@pytest.mark.parametrize(
    "state", [records.article, records.embargoed, records.withdrawn], ids=lambda f: f.__name__
)
def test_no_trace_of_a_document_that_is_not_public(client, state):
    pdf = makers.attachment(title="Marker word")
    state(documents=[pdf])
    text = client.get(LIST).content.decode()
    assert "Marker word" not in text
    assert str(pdf.uuid) not in text


def test_pictures_are_not_in_the_list(client):
    picture = makers.attachment("picture", title="A hall", alt_en="A hall")
    records.published(body=records.figure(picture))
    assert str(picture.uuid) not in client.get(LIST).content.decode()


def test_both_languages_list_every_document_in_its_own_language(client):
    pdf = makers.attachment(title="자료집", language="ko")
    records.published(documents=[pdf])
    for url in (LIST, "/ko/documents/"):
        assert 'hreflang="ko" lang="ko">자료집</a>' in client.get(url).content.decode()


def test_the_newest_use_comes_first_twenty_to_a_page(client):
    now = timezone.now()
    for number in range(21):
        pdf = makers.attachment(title=f"Paper {number:02}")
        moment = now - timedelta(days=number + 1)
        article = records.article(f"Article {number}", documents=[pdf], published_at=moment)
        actions.publish(record=article)
    first, second = client.get(LIST), client.get(LIST, {"page": "2"})
    titles = [pdf.title for pdf in first.context["documents"]]
    assert titles == [f"Paper {number:02}" for number in range(20)]
    assert [pdf.title for pdf in second.context["documents"]] == ["Paper 20"]


@pytest.mark.parametrize("page", ["-1", "0", "999999999", "x", "\x00", "1e9", "٢"])
def test_a_page_that_is_not_there_is_not_found(client, page):
    assert client.get(LIST, {"page": page}).status_code == 404


def test_a_list_with_nothing_in_it_says_so(client):
    assert "No document has been published yet." in client.get(LIST).content.decode()


def test_the_list_is_only_read(client):
    assert client.post(LIST).status_code == 405
    assert client.get("/fr/documents/").status_code == 404


def test_the_list_takes_as_many_queries_for_many_as_for_one(client, django_assert_max_num_queries):
    pdfs = [makers.attachment() for _ in range(15)]
    records.published(documents=pdfs)
    actions.publish(record=records.meeting(documents=pdfs))
    client.get(LIST)
    with django_assert_max_num_queries(12):
        client.get(LIST)


def test_an_article_shows_its_documents_under_the_title_given_there(client):
    article = records.article()
    pdf = makers.attachment(title="Own title")
    article.documents.create(attachment=pdf, title="Title on this page")
    live = actions.publish(record=article)
    text = client.get(live.get_absolute_url()).content.decode()
    assert "Title on this page" in text
    assert "Own title" not in text
