"""The page of results as readers and browsers see it."""

import json
import re
from urllib.parse import quote, unquote

import pytest
from lxml import etree

from advocacy.attachments.models import Attachment
from advocacy.search.models import Document
from tests.site.pages import Page

pytestmark = pytest.mark.django_db

MARKS = re.compile(r"<mark>(.*?)</mark>")


def search(client, q: str, language: str = "en", **params) -> Page:
    more = "".join(f"&{name}={value}" for name, value in params.items())
    return Page(client, f"/{language}/search/?q={quote(q)}{more}")


def titles(page: Page) -> list[str]:
    return page.said(".row h2")


def marked(page: Page) -> set[str]:
    return {mark.lower() for mark in page.said(".rows mark")}


def test_words_in_the_title_come_first_then_words_that_stand_together(client):
    found = titles(search(client, "commission of inquiry"))
    assert found[0] == "The Commission of Inquiry finds crimes against humanity"
    assert all("Commission of Inquiry" in title for title in found[:3])
    assert "Commission of Inquiry" not in found[3]


def test_the_words_asked_for_are_marked_in_all_their_forms(client):
    page = search(client, "resolutions")
    assert {"resolution", "resolutions"} <= marked(page)
    assert marked(search(client, "voted")) <= {"vote", "votes", "voted", "voting"}
    together = search(client, "commission of inquiry")
    assert "commission of inquiry" in marked(together)


def test_korean_words_are_marked_inside_longer_ones_and_across_a_space(client):
    assert marked(search(client, "조사 위원회", "ko")) <= {
        "조사위원회",
        "조사",
        "위원회",
        "조사 위원회",
    }
    assert "북한인권" in marked(search(client, "북한인권", "ko"))
    page = search(client, "인권을", "ko").response.content.decode()
    assert "북한<mark>인권</mark>" in page


def test_a_mark_never_breaks_the_page(client):
    for asked in ("a", "b", "mark", "class", "p", "q", "amp", "quot", "lt", "북"):
        page = search(client, asked)
        body = page.response.content.decode()
        assert body.count("<mark>") == body.count("</mark>")
        assert not re.search(r"<[^>]*<mark>", body)
        assert not page.all("mark mark")


def test_a_pdf_leads_to_its_pages_and_to_the_text_it_stands_beside(client):
    page = search(client, "satellite")
    assert titles(page) == ["Submission to the third Universal Periodic Review"]
    file = Attachment.objects.get(title=titles(page)[0])
    assert page.of(".hits a", "href") == [f"{file.get_absolute_url()}#page=2"]
    assert page.said(".hits a") == ["Page 2"]
    assert "Pigeon torture" in page.said(".row .meta")[-1]


def test_pages_of_a_file_are_one_result_and_of_many_some_are_shown(client):
    page = search(client, "the camps inmates")
    assert len([t for t in titles(page) if t.startswith("Submission")]) == 1
    assert [link.rpartition("#")[2] for link in page.of(".hits a", "href")] == ["page=2", "page=3"]


def test_results_are_narrowed_with_numbers_that_hold(client):
    page = search(client, "resolution")
    offers = dict(zip(page.said(".facets a"), page.of(".facets a", "href"), strict=True))
    said = (re.fullmatch(r"(.+) (\d+)", offer) for offer in page.said(".facets li"))
    counts = {match[1]: int(match[2]) for match in said}
    for name, path in offers.items():
        narrowed = Page(client, path)
        said = narrowed.one(".status b").text()
        assert int(re.match(r"\d+", said)[0]) == counts[name], name
    years = [o.text() for o in page.all("#f-year option")][1:]
    for option in years[:3]:
        year, number = re.match(r"(\d+) \((\d+)\)", option).groups()
        said = search(client, "resolution", year=year).one(".status b").text()
        assert said.startswith(f"{number} result")


def test_a_kind_of_text_has_its_own_name_in_korean(client):
    """Not that of the row of page numbers, which is called the same in English."""
    offers = search(client, "인권", "ko").said(".facets li")
    assert any(re.fullmatch(r"페이지 \d+", offer) for offer in offers), offers


def test_a_choice_of_body_and_year_keeps_the_other_choices(client):
    page = search(client, "resolution", body="ga", kind="milestone", lang="en")
    assert page.of('.filters input[name="kind"]', "value") == ["milestone"]
    assert page.of('.filters input[name="lang"]', "value") == ["en"]
    assert [o.attributes["value"] for o in page.all("#f-body option[selected]")] == ["ga"]
    assert all("/milestones/" in path for path in page.of(".row h2 a", "href"))


def test_no_order_of_letters_decides_what_is_found(client):
    """Databases have different ones: in those of most languages all signs stand before letters."""
    found = titles(search(client, "resolution"))
    Document.objects.update(body="힣")
    assert titles(search(client, "resolution")) == found


def test_results_are_sorted_by_date_if_asked(client):
    page = search(client, "resolution", sort="date", kind="milestone", lang="en")
    days = page.of(".row .meta time", "datetime")
    assert days == sorted(days, reverse=True)
    assert "newest first" in page.one(".status").text()


def test_results_go_on_from_page_to_page(client):
    first, second = search(client, "인권", "ko"), search(client, "인권", "ko", page=2)
    assert len(titles(first)) == 10
    assert not set(titles(first)) & set(titles(second))
    assert "11" in second.one(".status").text()
    assert unquote(first.of(".pages a[rel=next]", "href")[0]) == "/ko/search/?q=인권&page=2"


def test_a_slip_is_answered_with_what_was_probably_meant(client):
    page = search(client, "comission of inqury")
    assert page.said(".status a") == ["commission of inquiry"]
    assert titles(Page(client, page.of(".status a", "href")[0]))
    assert search(client, "Pilay").said(".status a") == ["pillay"]
    assert not search(client, "xqzzkj").all(".status a")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("inquiry A/HRC/RES22/13", "inquiry A/HRC/RES/22/13"),
        ("“ahrc/res/22/13” inquiry", "“A/HRC/RES/22/13” inquiry"),
        ("inqury A/HRC/RES22/13", "inquiry A/HRC/RES/22/13"),
    ],
)
def test_a_slip_in_a_symbol_among_other_words_is_one_too(client, typed, meant):
    page = search(client, typed)
    assert page.said(".status a") == [meant]
    assert titles(Page(client, page.of(".status a", "href")[0]))


def test_a_symbol_that_nothing_names_is_offered_to_nobody(client):
    assert not search(client, "inquiry A/HRC/RES99/13").all(".status a")


def test_nothing_found_says_what_to_try(client):
    page = search(client, "xqzzkj")
    assert page.said(".flow h2") == ["What to try"]
    assert page.of("main .plain a", "href")
    narrowed = search(client, "songbun", year="1999")
    assert narrowed.said(".status a") == ["Without the filters there is 1 result"]


def test_a_symbol_in_any_spelling_leads_to_the_document_and_to_all_that_cites_it(client):
    for typed in (
        "A/HRC/25/63",
        "a hrc 25 63",
        "A-HRC-25-63",
        "Ａ／ＨＲＣ／２５／６３",
        "a/hrc/25/63-F",
    ):
        page = search(client, typed)
        assert page.of(".cited .sym", "href") == ["/en/un/A/HRC/25/63/"], typed
        assert titles(page)[0] == "The Commission of Inquiry finds crimes against humanity"
        assert marked(page) == {"a/hrc/25/63"}
    both = search(client, "A/HRC/25/63 satellite")
    assert not titles(both)
    assert both.of(".cited .sym", "href") == ["/en/un/A/HRC/25/63/"]
    unknown = search(client, "A/HRC/99/1234")
    assert unknown.of(".cited .sym", "href") == ["https://docs.un.org/en/A/HRC/99/1234"]


def test_what_somebody_looks_for_is_kept_nowhere_and_is_no_hit(client):
    for path in ("/en/search/?q=torture", "/en/search/suggest/?q=tor"):
        answer = client.get(path)
        assert answer["Cache-Control"] == "private, no-store"
        assert not answer.cookies
        assert not hasattr(answer, "counted")
        assert "Cookie" not in answer.get("Vary", "")


def test_the_page_is_kept_out_of_search_engines_and_leads_to_the_other_language(client):
    page = search(client, "torture")
    assert page.of('meta[name="robots"]', "content") == ["noindex"]
    assert page.of(".lang", "href") == ["/ko/search/?q=torture"]
    assert page.said("title") == ["Search: torture – NKHR"]


def test_the_page_searches_without_a_script_and_has_one_search(client):
    page = Page(client, "/en/search/")
    assert page.said("h2")[0] == "How to search"
    assert page.of('form[role="search"]', "action") == ["/en/search/"]
    assert page.of('form[role="search"] input', "name") == ["q"]
    elsewhere = Page(client, "/en/news/")
    assert elsewhere.of('form[role="search"]', "action") == ["/en/search/"]
    assert not elsewhere.all("script[src]")


def test_titles_are_suggested_while_somebody_types(client):
    answer = client.get("/en/search/suggest/?q=sold+as+wi")
    assert answer["Content-Type"] == "application/x-suggestions+json"
    typed, found, _descriptions, addresses = json.loads(answer.content)
    assert typed == "sold as wi"
    assert found == ["Sold as wives: women on the Chinese side of the border"]
    assert addresses[0].startswith("http://127.0.0.1:8000/en/news/")
    _typed, found, *_ = json.loads(client.get("/ko/search/suggest/?q=꽃제").content)
    assert found == ["꽃제비와 영양실조: 굶주림이 아이들에게 남긴 것"]
    assert json.loads(client.get("/en/search/suggest/").content) == ["", [], [], []]


def test_browsers_are_told_how_to_search_here(client):
    front = Page(client, "/en/")
    (address,) = front.of('link[rel="search"]', "href")
    answer = client.get(address, headers={"accept-language": "ko"})
    assert answer["Content-Type"].startswith("application/opensearchdescription+xml")
    names = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    tree = etree.fromstring(answer.content)
    urls = {url.get("type"): url.get("template") for url in tree.findall("o:Url", names)}
    assert urls["text/html"] == "http://127.0.0.1:8000/ko/search/?q={searchTerms}"
    assert client.get(urls["text/html"].replace("{searchTerms}", "x")).status_code == 200
    assert 1 <= len(tree.findtext("o:ShortName", namespaces=names)) <= 16


def test_a_page_of_results_asks_a_bounded_number_of_questions(
    client, django_assert_max_num_queries
):
    search(client, "resolution")
    for asked in ("resolution", "북한", "A/HRC/RES/22/13", "the"):
        with django_assert_max_num_queries(30):  # with what PostgreSQL is set to
            search(client, asked)
