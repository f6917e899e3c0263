"""Whoever comes by an address of the old site is led to the text, or told that it is gone."""

from __future__ import annotations

from html import unescape

import pytest

from advocacy.imports.addresses import is_of_old_site, normal
from advocacy.imports.landing import Landing
from advocacy.imports.models import Imported, OldAddress
from advocacy.imports.records import Kind
from advocacy.news.models import Article
from advocacy.pages.models import StandingPage
from advocacy.publishing import actions
from nkhr.store.admission import Admission
from tests.imports.test_landing import a_post, article, land

ALIKE = [
    (
        "/bbs/board.php?bo_table=news&wr_id=5",
        "/gnuboard4/bbs/board.php?wr_id=05&bo_table=news&page=2",
    ),
    (
        "/bbs/board.php?bo_table=news&wr_id=5",
        "http://www.old.org/bbs/board.php?bo_table=news&wr_id=5#c_9",
    ),
    ("/bbs/download.php?bo_table=news&wr_id=5&no=0", "/g4/bbs/download.php?bo_table=news&wr_id=5"),
    ("/?document_srl=7", "/index.php?mid=news&document_srl=7&page=3"),
    ("/?document_srl=7", "/xe/?mid=news&document_srl=7"),
    ("/bbs/zboard.php?id=news&no=3", "/zboard/view.php?id=news&page=1&no=3"),
    ("/?p=9", "/?page_id=9"),
    ("/2015/04/결의안/", "/2015/04/%EA%B2%B0%EC%9D%98%EC%95%88"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_an_address_is_the_same_in_whatever_folder_it_was(one, other):
    assert normal(one) == normal(other) != ""


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/index.php",
        "",
        "/?p=x",
        "/bbs/board.php?bo_table=../x&wr_id=5",
        "http://[",
        "/a\0b",
        "/" + "x" * 3000,
    ],
)
def test_what_leads_nowhere_has_no_form_or_only_its_path(address):
    assert "?" not in normal(address)
    assert len(normal(address)) <= 500


@pytest.mark.django_db
@pytest.mark.parametrize(("kept", "asked"), ALIKE)
def test_readers_are_led_on_for_good(client, kept, asked):
    land(a_post(addresses=(kept,)))
    for how in (client.get, client.head):
        answer = how(asked.removeprefix("http://www.old.org").partition("#")[0])
        assert answer.status_code == 301
        assert answer["Location"] == article().get_absolute_url()


@pytest.mark.django_db
def test_what_was_taken_back_or_never_came_is_gone(client):
    land(a_post())
    actions.withdraw(publication=article())
    for asked in (
        "/bbs/board.php?bo_table=news&wr_id=1",
        "/bbs/board.php?bo_table=news&wr_id=999",
        "/?document_srl=404",
        "/ko/?p=404",
        "/2009/03/the-old-title/",
        "/wp-content/uploads/2015/04/a.pdf",
        "/data/file/news/a.pdf",
        "/zboard/zboard.php?id=news&no=4",
    ):
        answer = client.get(asked)
        assert answer.status_code == 410, asked
        assert 'name="q"' in answer.text
        assert answer["Cache-Control"] == "no-cache"
    assert 'value="the old title"' in client.get("/2009/03/the-old-title/").text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked", ["/nothing/", "/en/nothing/", "/en/?page=2", "/?utm_source=x", "/en/news/?p=1"]
)
def test_all_other_addresses_answer_as_ever(client, asked):
    assert client.get(asked).status_code != 410


@pytest.mark.django_db
def test_an_address_that_is_missing_costs_one_question_more(client, django_assert_max_num_queries):
    client.get("/nothing/")
    with django_assert_max_num_queries(14):
        client.get("/nothing/at/all/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "hostile",
    [
        "/?p=" + "9" * 5000,
        "/?document_srl=%00",
        "/bbs/board.php?bo_table=%00&wr_id=1",
        "/?p=%F0%9F",
    ],
)
def test_a_hostile_address_is_no_fault(client, hostile):
    assert client.get(hostile).status_code < 500


@pytest.mark.parametrize("path", ["/", "/en/", "/ko/"])
def test_the_store_of_pages_does_not_answer_for_the_old_front_page(path):
    admission = Admission()
    given = {
        "REQUEST_METHOD": "GET",
        "HTTP_HOST": "127.0.0.1:8000",
        "PATH_INFO": path,
        "wsgi.url_scheme": "http",
    }
    assert admission.key({**given, "QUERY_STRING": "p=5"}) is None
    assert admission.key({**given, "QUERY_STRING": "a=b&document_srl=5"}) is None
    assert (admission.key({**given, "QUERY_STRING": "fbclid=5"}) is None) == (path == "/")


def links(key: str) -> str:
    return unescape(article(key).body)


@pytest.mark.django_db
def test_links_between_old_posts_lead_to_the_texts_here():
    body = (
        '<p><a href="http://www.old.org/bbs/board.php?bo_table=news&wr_id=2">two</a> '
        '<a href="board.php?bo_table=news&wr_id=2">two</a> '
        '<a href="https://other.org/bbs/board.php?bo_table=news&wr_id=2">elsewhere</a> '
        '<a href="/bbs/board.php?bo_table=news&wr_id=99">never came</a></p>'
    )
    land(a_post("1", "one", body), a_post("2", "two"), hosts=["https://www.OLD.org/bbs/"])
    here = article("2").get_absolute_url()
    assert links("1").count(f'href="{here}"') == 2
    assert "https://other.org/bbs/board.php" in links("1")
    assert "wr_id=99" in links("1")
    land(a_post("99", "ninety-nine"), hosts=["old.org"])
    assert "wr_id=99" not in links("1")
    assert not Imported.objects.filter(has_old_links=True).exists()


@pytest.mark.django_db
def test_links_of_old_pages_lead_to_the_texts_here():
    body = '<p><a href="/bbs/board.php?bo_table=news&wr_id=2">two</a></p>'
    land(a_post("1", "About us", body, kind=Kind.PAGE), a_post("2", "two"))
    page = StandingPage.objects.get()
    assert page.status == "published"
    assert f'href="{article("2").get_absolute_url()}"' in page.body


@pytest.mark.django_db
def test_a_link_is_no_new_version_and_a_text_with_an_editor_is_left_alone():
    land(a_post("1", "one", '<p><a href="/bbs/board.php?bo_table=news&wr_id=2">two</a></p>'))
    before = Article.objects.values("version", "published_at", "changed_at").get()
    copy = actions.open_working_copy(record=article("1"))
    land(a_post("2", "two"))
    assert "wr_id=2" in links("1")
    actions.discard_working_copy(record=copy)
    Imported.objects.update(has_old_links=True)
    land()
    assert "wr_id=2" not in links("1")
    assert (
        Article.objects.values("version", "published_at", "changed_at").get(uuid=article("1").uuid)
        == before
    )


@pytest.mark.django_db
def test_an_address_that_two_posts_claim_is_the_last_one_s():
    land(a_post("1", "one", addresses=("/same/",)), a_post("2", "two", addresses=("/same/",)))
    assert OldAddress.objects.get(address="/same").target == article("2").uuid


def test_forms_of_the_old_site_are_no_addresses_of_ours():
    for path in (
        "/en/news/2015/a-title/",
        "/ko/milestones/x/",
        "/documents/x/y.pdf",
        "/en/search/",
    ):
        assert not is_of_old_site(path, "q=1&page=2")


@pytest.mark.django_db
def test_mending_goes_on_where_it_was_broken_off():
    land(
        a_post("2", "two"),
        a_post("1", "one", '<a href="/bbs/board.php?bo_table=news&wr_id=2">x</a>'),
    )
    assert "wr_id" not in links("1")
    assert Landing().links.mend() == 0
