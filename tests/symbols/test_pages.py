"""The pages of UN documents, as a visitor finds them."""

from __future__ import annotations

import re

import pytest

from advocacy.publishing import actions, generation
from advocacy.symbols.models import Relation, UNDocument
from tests.answers import html, nodes, queries, words
from tests.facts import HIDDEN, article, hide, meeting, milestone
from tests.search.found.corpus import pdf
from tests.site.pages import Page

pytestmark = pytest.mark.django_db

LIST = "/en/un/"
INQUIRY = "/en/un/A/HRC/RES/22/13/"


def cites(symbol: str, title: str = "An article", **fields):
    one = article(title, public=False, **fields)
    one.body = f"<p>It speaks of {symbol} here.</p>"
    one.save()
    return actions.publish(record=one)


def listed(response) -> list[str]:
    """The documents of the list, in order, by their addresses."""
    return re.findall(r'<h2><a class="sym" href="/\w\w/un/([^"]+)/"', html(response))


def chained(response) -> list[str]:
    steps = re.findall(r'<ol class="steps">(.*?)</ol>', html(response), re.DOTALL)
    rows = re.findall(r"<li.*?</li>", "".join(steps), re.DOTALL)
    return [" ".join(re.sub("<[^>]+>", "", row.replace("<wbr>", "")).split()) for row in rows]


# --- One document


def test_a_document_that_nobody_entered_has_a_page_as_soon_as_something_public_names_it(client):
    assert client.get(INQUIRY).status_code == 404
    cites("A/HRC/RES/22/13", "From Geneva")
    response = client.get(INQUIRY)
    assert response.status_code == 200
    assert "Human Rights Council · Resolution" in words(response)
    assert "From Geneva" in words(response)


def test_the_official_record_is_one_step_away_in_its_six_languages(client):
    cites("S/RES/1440 (2002)")
    page = Page(client, "/en/un/S/RES/1440(2002)/")
    assert page.of("main .tags a", "href") == [
        f"https://docs.un.org/{language}/S/RES/1440(2002)"
        for language in ("ar", "zh", "en", "fr", "ru", "es")
    ]
    assert page.of("main .tags a", "lang") == ["ar", "zh", "en", "fr", "ru", "es"]


def test_everything_of_ours_that_names_it_is_there_a_file_by_its_page(client):
    milestone(titles={"en": "A milestone"}, symbols=("A/HRC/RES/22/13",))
    meeting(titles={"en": "A meeting"}, text="<p>Before A/HRC/RES/22/13.</p>")
    one = article("With a file", public=False)
    one.documents.create(
        attachment=pdf("A statement", ["Nothing here.", "See a/hrc/res/22/13 again."])
    )
    actions.publish(record=one)
    page = Page(client, INQUIRY)
    assert page.said("main .row h3") == ["A milestone", "A meeting", "A statement"]
    assert [href.partition("#")[2] for href in page.of(".hits a", "href")] == ["page=2"]


def test_what_is_told_in_two_languages_is_one_and_in_that_of_the_reader(client):
    milestone(titles={"en": "In English", "ko": "한국어로"}, symbols=("A/HRC/25/63",))
    for language, title in (("en", "In English"), ("ko", "한국어로")):
        page = Page(client, f"/{language}/un/A/HRC/25/63/")
        assert page.said("main .row h3") == [title]
    assert "Named by 1 of our texts" in words(client.get(LIST))


@pytest.mark.parametrize("state", HIDDEN)
def test_nothing_is_told_of_a_document_that_only_hidden_texts_name(client, state):
    cites("A/HRC/25/63")
    before = {path: client.get(path).content for path in (LIST, "/sitemap-un.xml")}
    one = article("Hidden title", public=False)
    one.body = "<p>A/HRC/RES/22/13 and A/HRC/25/63</p>"
    one.save()
    one.documents.create(attachment=pdf("Hidden file", ["A/HRC/RES/22/13"]))
    hide(one, state)
    assert client.get(INQUIRY).status_code == 404
    assert "Hidden" not in html(client.get("/en/un/A/HRC/25/63/"))
    assert {path: client.get(path).content for path in before} == before


def test_what_staff_entered_is_told(client):
    UNDocument.objects.create(
        symbol="A/RES/69/188",
        title_en="Situation of human rights",
        date="2014-12-18",
        agenda_item="68 (c)",
        sponsors="Japan\nItaly",
        outcome="vote",
        votes_for=116,
        votes_against=20,
        votes_abstaining=53,
    )
    response = client.get("/en/un/A/RES/69/188/")
    said = words(response)
    for told in (
        "18 December 2014",
        "68 (c)",
        "Japan",
        "Italy",
        "116\xa0in\xa0favour",
        "Session 69",
    ):
        assert told.replace("\xa0", " ") in said.replace("\xa0", " ").replace("&nbsp;", " ")
    assert "Nothing published here names it yet" in said
    node = nodes(response)["CreativeWork"]
    assert node["identifier"] == "A/RES/69/188"
    assert node["datePublished"] == "2014-12-18"
    assert node["name"] == "Situation of human rights"


def test_a_title_in_the_other_language_says_which_it_is(client):
    UNDocument.objects.create(symbol="A/RES/69/188", title_en="Situation")
    page = Page(client, "/ko/un/A/RES/69/188/")
    assert page.one("main .stand").attributes["lang"] == "en"
    assert page.said("title") == ["A/RES/69/188, 총회"]


@pytest.mark.parametrize(
    "asked", ["a/hrc/res/22/13", "A/HRC/RES/22/13-E", "A / HRC/RES/22/13", "Ａ/HRC/RES/22/13"]
)
def test_another_spelling_leads_to_the_page_for_good(client, asked):
    cites("A/HRC/RES/22/13")
    response = client.get(f"/en/un/{asked}/")
    assert (response.status_code, response["Location"]) == (301, INQUIRY)


@pytest.mark.parametrize("path", ["/un/A/HRC/RES/22/13/", "/un/", "/un/?body=hrc&year=2014"])
def test_without_a_language_one_is_led_by_that_of_the_browser(client, path):
    response = client.get(path, headers={"accept-language": "ko"})
    assert (response.status_code, response["Location"]) == (302, f"/ko{path}")
    assert "Accept-Language" in response["Vary"]


def test_a_slip_is_told_which_document_was_meant(client):
    cites("A/HRC/RES/22/13")
    response = client.get("/en/un/A/HRC/RES22/13/")
    assert response.status_code == 404
    assert f'href="{INQUIRY}"' in html(response)
    assert "noindex" in html(response)


def test_a_slip_for_a_document_not_known_here_leads_to_the_official_record(client):
    response = client.get("/en/un/AHRC/25/63/")
    assert response.status_code == 404
    assert "https://docs.un.org/en/A/HRC/25/63" in html(response)
    assert "/en/un/A/HRC/25/63/" not in html(response)


def test_of_the_endless_other_symbols_there_is_no_page_but_the_official_record(client):
    response = client.get("/ko/un/A/HRC/99/1234/")
    assert response.status_code == 404
    assert response["Cache-Control"] == "no-cache"
    assert "https://docs.un.org/fr/A/HRC/99/1234" in html(response)


@pytest.mark.parametrize("asked", ["nothing", "<script>", "%00", "a" * 500, "A/HRC/25/63/x", "//"])
def test_what_is_no_symbol_is_told_what_one_looks_like(client, asked):
    response = client.get(f"/en/un/{asked}/")
    assert response.status_code == 404
    assert "<script>" not in html(response)


def test_a_page_costs_the_same_number_of_queries_however_much_names_it(client):
    cites("A/HRC/25/63", "One")
    few = queries(client, "/en/un/A/HRC/25/63/")
    for number in range(8):
        cites("A/HRC/25/63", f"More {number}")
    assert queries(client, "/en/un/A/HRC/25/63/") == few


# --- Its chain


def test_a_document_stands_between_what_came_before_and_after(client):
    resolution = UNDocument.objects.create(symbol="A/RES/69/188", date="2014-12-18")
    for kind, other in (
        ("record", "A/69/PV.73"),
        ("report", "A/69/488/Add.3"),
        ("draft", "A/C.3/69/L.28/Rev.1"),
    ):
        Relation.objects.create(document=resolution, kind=kind, other=other)
    assert chained(client.get("/en/un/A/RES/69/188/")) == [
        "Draft UN document A/C.3/69/L.28/Rev.1",
        "Report UN document A/69/488/Add.3",
        "Resolution, 18 December 2014 A/RES/69/188",
        "Meeting record UN document A/69/PV.73",
    ]
    assert chained(client.get("/en/un/A/69/488/Add.3/")) == [
        "Document A/69/488/Add.3",
        "Resolution, 18 December 2014 UN document A/RES/69/188",
    ]
    assert chained(client.get("/en/un/A/69/PV.73/")) == [
        "Resolution, 18 December 2014 UN document A/RES/69/188",
        "Meeting record A/69/PV.73",
    ]


def test_a_document_named_by_no_other_has_no_chain(client):
    cites("A/HRC/25/63")
    assert chained(client.get("/en/un/A/HRC/25/63/")) == []


def test_a_change_of_the_chain_is_a_change_for_readers():
    document = UNDocument.objects.create(symbol="A/RES/69/188")
    for change in (
        lambda: Relation.objects.create(document=document, kind="draft", other="A/C.3/69/L.28"),
        lambda: Relation.objects.all().delete(),
        document.delete,
    ):
        before = generation.look()[0]
        change()
        assert generation.look()[0] > before


# --- All of them


def test_the_list_has_the_newest_first_and_what_has_no_year_last(client):
    cites("S/PV.7353 and A/HRC/25/63 and E/CN.4/RES/2003/10 and A/HRC/9/1 and A/HRC/10/1")
    UNDocument.objects.create(symbol="A/RES/69/188", date="2014-12-18")
    UNDocument.objects.create(symbol="A/HRC/25/63", date="2014-02-07")
    assert listed(client.get(LIST)) == [
        "A/RES/69/188",
        "A/HRC/25/63",
        "E/CN.4/RES/2003/10",
        "S/PV.7353",
        "A/HRC/9/1",
        "A/HRC/10/1",
    ]


def test_the_list_is_narrowed_by_body_session_and_year_each_with_its_number(client):
    cites("A/HRC/25/63, A/HRC/RES/25/25, A/HRC/RES/22/13, A/RES/69/188")
    UNDocument.objects.create(symbol="A/HRC/25/63", date="2014-02-07")
    page = Page(client, LIST)
    assert page.said(".facets li") == ["All 4", "General Assembly 1", "Human Rights Council 3"]
    assert page.said("option") == ["Any year", "2014 (1)"]
    page = Page(client, f"{LIST}?body=hrc")
    assert page.said("#f-session option") == ["Any session", "session 25 (2)", "session 22 (1)"]
    assert listed(client.get(f"{LIST}?body=hrc&session=22")) == ["A/HRC/RES/22/13"]
    assert listed(client.get(f"{LIST}?year=2014")) == ["A/HRC/25/63"]
    assert Page(client, f"{LIST}?year=2014").said(".facets li") == [
        *("All 1", "General Assembly 0", "Human Rights Council 1")
    ]


@pytest.mark.parametrize(
    "query", ["body=nobody", "body=sc", "session=25", "body=hrc&session=99", "year=1900", "page=2"]
)
def test_a_choice_that_no_document_answers_is_missing(client, query):
    cites("A/HRC/25/63")
    assert client.get(f"{LIST}?{query}").status_code == 404


def test_an_empty_list_says_why_it_is_empty(client):
    response = client.get("/ko/un/")
    assert response.status_code == 200
    assert "No UN document yet" in words(client.get(LIST))


def test_the_list_costs_the_same_number_of_queries_however_long_it_is(client):
    cites("A/HRC/25/63")
    few = queries(client, LIST)
    cites(" ".join(f"A/HRC/25/{number}" for number in range(1, 59)))
    assert queries(client, LIST) == few
    assert len(listed(client.get(f"{LIST}?page=2"))) == 29


def test_the_sitemap_has_each_document_in_both_languages(client):
    cites("A/HRC/25/63")
    said = html(client.get("/sitemap-un.xml"))
    assert re.findall(r"<loc>http://[^/]+([^<]+)</loc>", said) == [
        "/en/un/A/HRC/25/63/",
        "/ko/un/A/HRC/25/63/",
    ]


# --- What leads there


def test_symbols_in_texts_and_of_milestones_lead_to_the_page(client):
    one = cites("A/HRC/RES/22/13")
    fact = milestone(titles={"en": "A milestone"}, symbols=("A/HRC/25/63",), text="<p>A/69/188</p>")
    told = fact.texts.get().get_absolute_url()
    assert f'href="{INQUIRY}"' in html(client.get(one.get_absolute_url()))
    led = re.findall(r'class="sym" href="([^"]+)"', html(client.get(told)))
    assert led == ["/en/un/A/HRC/25/63/", "/en/un/A/69/188/"]
    assert all(client.get(path).status_code == 200 for path in led)
    assert 'href="https://docs.un.org/en/A/HRC/25/63"' in html(client.get(told))


def test_a_milestone_of_a_bare_old_symbol_leads_to_a_page_too(client):
    fact = milestone(symbols=("A/810",))
    (path,) = re.findall(
        r'class="sym" href="([^"]+)"', html(client.get(fact.texts.get().get_absolute_url()))
    )
    assert client.get(path).status_code == 200
