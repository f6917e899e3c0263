"""What every public page says of itself to search engines, to those who share it, and to machines."""

import json
import re
from itertools import pairwise
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from tests.site.pages import Page

from .record import ELSEWHERE, KINDS, LANGUAGES

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

EVERY = [(language, kind) for language in LANGUAGES for kind in KINDS]
#: What a page of a kind promises besides the organisation.
PROMISED = {
    "front page": {"WebSite"},
    "article": {"NewsArticle"},
    "article with everything": {"NewsArticle"},
    "milestone": {"Event"},
    "milestone of our own": {"Event"},
    "meeting": {"Event"},
    "UN document": {"CreativeWork"},
}
NEEDED = {
    "NewsArticle": {
        "headline",
        "datePublished",
        "dateModified",
        "publisher",
        "inLanguage",
        "image",
    },
    "Event": {"name", "url", "inLanguage"},
    "CreativeWork": {"name", "identifier", "publisher", "sameAs"},
    "WebSite": {"name", "url"},
    "Organization": {"name", "url"},
    "BreadcrumbList": {"itemListElement"},
}
FEEDS = {"front page", "news", "news of a tag", "news of a year", "news, second page", "tag"}


@pytest.fixture(scope="module")
def pages(record):
    """Every public page, read once."""
    client = Client()
    return {key: Page(client, record.paths[key]) for key in EVERY}


@pytest.fixture(params=EVERY, ids=" ".join)
def page(request, pages):
    return pages[request.param]


def path_of(address: str) -> str:
    """The path and query of a full address on this site."""
    assert address.startswith(f"{settings.SITE_URL}/"), address
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def test_a_page_has_one_heading_of_the_first_level_and_leaves_no_level_out(page):
    assert len(page.all("h1")) == 1
    levels = [int(heading.tag[1]) for heading in page.all("main h1, main h2, main h3, main h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_page_is_described_in_a_sentence_or_two(page):
    (title,) = page.said("title")
    (description,) = page.of('meta[name="description"]', "content")
    assert len(title) >= 3
    assert 10 <= len(description) <= 300
    assert page.of('meta[property="og:description"]', "content") == [description]


def test_no_two_pages_in_a_language_have_one_title(pages):
    titles: dict[tuple[str, str], str] = {}
    for (language, _kind), page in pages.items():
        (title,) = page.said("title")
        assert titles.setdefault((language, title), page.canonical) == page.canonical, title


def test_a_page_names_its_own_address(pages, record):
    for key, page in pages.items():
        path = record.paths[key]
        if key[1] == "milestones, newest first":  # the same page, in another order
            path = path.partition("?")[0]
        assert unquote(path_of(page.canonical)) == unquote(path)
        assert page.of('meta[property="og:url"]', "content") == [page.canonical]


def test_a_page_and_its_translation_name_each_other(pages, client):
    by_address = {page.canonical: page for page in pages.values()}
    for (language, kind), page in pages.items():
        if not page.alternates:
            assert "of a " in kind or "second page" in kind
            continue
        assert page.alternates[language] == page.canonical
        assert set(page.alternates) == {*LANGUAGES, "x-default"}
        for code in LANGUAGES:
            address = page.alternates[code]
            other = by_address.get(address) or Page(client, path_of(address))
            assert other.alternates == page.alternates
            assert other.one("html").attributes["lang"] == code
        assert client.get(path_of(page.alternates["x-default"])).status_code in (200, 302)


def test_a_page_tells_machines_what_it_promises(pages):
    for (_language, kind), page in pages.items():
        data = page.linked_data
        promised = {"Organization"} | PROMISED.get(kind, set())
        promised |= {"BreadcrumbList"} if kind != "front page" else set()
        assert set(data) == promised, kind
        for type_, node in data.items():
            assert set(node) >= NEEDED[type_]
            assert not [name for name, value in node.items() if value in ("", None, [], {})]


def test_the_crumbs_for_machines_are_those_on_the_page(pages):
    for (_language, kind), page in pages.items():
        if kind == "front page":
            continue
        items = page.linked_data["BreadcrumbList"]["itemListElement"]
        assert [item["position"] for item in items] == list(range(1, len(items) + 1))
        assert items[-1]["item"] == page.canonical
        shown = page.of("nav.crumbs a", "href")
        assert [path_of(item["item"]) for item in items[:-1]] == shown


def test_data_for_machines_names_every_node_that_is_referred_to(page):
    text = page.one('script[type="application/ld+json"]').text()
    nodes = json.loads(text)["@graph"]
    known = {node["@id"] for node in nodes if "@id" in node}
    referred = set(re.findall(r'\{"@id":"([^"]+)"\}', text))
    assert referred <= known


def test_what_is_shown_where_a_page_is_shared_is_there_in_the_size_it_says(page):
    def said(name):
        return page.of(f'meta[property="{name}"]', "content")[0]

    path = path_of(said("og:image"))
    assert path.startswith(settings.STATIC_URL)
    with Image.open(finders.find(path.removeprefix(settings.STATIC_URL))) as picture:
        assert picture.size == (int(said("og:image:width")), int(said("og:image:height")))
    assert said("og:image:alt")
    assert said("og:title") in page.one("title").text()
    assert said("og:locale") == {"en": "en_GB", "ko": "ko_KR"}[page.one("html").attributes["lang"]]


def test_lists_of_articles_lead_to_their_feeds(pages, client):
    for (language, kind), page in pages.items():
        feeds = page.all('link[rel="alternate"][type]')
        assert bool(feeds) == (kind in FEEDS), kind
        for feed in feeds:
            answer = client.get(path_of(feed.attributes["href"]))
            assert answer.status_code == 200
            assert answer["Content-Type"].startswith(feed.attributes["type"])
            assert f"/{language}/" in feed.attributes["href"]


def test_the_signs_a_browser_shows_for_the_site_are_there(pages):
    icons = {
        (icon.attributes["href"], icon.attributes.get("sizes"))
        for page in pages.values()
        for icon in page.all('link[rel="icon"], link[rel="apple-touch-icon"]')
    }
    assert len(icons) == 3
    for address, size in icons:
        file = finders.find(address.removeprefix(settings.STATIC_URL))
        assert file, address
        if not file.endswith(".svg"):
            with Image.open(file) as picture:
                sizes = picture.info.get("sizes", {picture.size})
            assert (tuple(map(int, size.split("x"))) if size else (180, 180)) in sizes


def test_a_browser_finds_the_sign_of_the_site_beside_what_names_none(client):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert finders.find(answer["Location"].removeprefix(settings.STATIC_URL))
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert client.post("/favicon.ico").status_code == 405


@pytest.mark.parametrize("kind", ELSEWHERE)
def test_an_answer_that_is_no_page_is_kept_out_of_search_engines(client, record, kind):
    page = Page(client, record.paths["en", kind], status=ELSEWHERE[kind])
    assert page.of('meta[name="robots"]', "content") == ["noindex"]
    assert not page.all('link[rel="canonical"], [property^="og:"], [type="application/ld+json"]')
    assert len(page.all("h1")) == 1
