"""What nobody should send: each is answered with a page that says what is wrong, never with a 500."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from .record import KINDS, LANGUAGES

pytestmark = pytest.mark.django_db

LONG = pytest.mark.long
BAD_QUERIES = [
    *("page=-1", "page=0", "page=999999999", "page=99999999999999999999", "page=%00", "page=1.5"),
    *("page=%EF%BC%91", "page=1&page=x", "page=1e3", "page=%0a1", "page[]=1"),
    *("tag=%00", "tag=%ff", "tag='%20OR%201=1--", "tag=%F0%9F%98%80", "tag=" + "a" * 3000),
    *("year=99999999999999", "year=-1", "year=%00", "year=0", "year=2015.0", "year=%D9%A2"),
    *("body=%00", "body=nobody", "decade=1995", "decade=%00", "decade=99990", "order=%00"),
    *("%00=%00", "=", "&&&", "a" * 3000, "page", "%", "%zz=%", "%C0%AF=%C0%AE"),
]
#: NUL, overlong and broken UTF-8, steps upwards, surrogates, what ends a line or a header.
BAD_PATHS = [
    *("%00", "news%00/", "%C0%AF", "%C0%AE%C0%AE/", "%E0%80%AF/", "%F0%80%80%AF/", "%ED%A0%80/"),
    *("%FF%FE/", "..%2F..%2Fetc%2Fpasswd", "../../etc/passwd", "%0d%0aSet-Cookie:%20a=b/"),
    *("news/2015/%00/", "news/-1/x/", "news/99999999999999999999/x/", "news/%EF%BC%91/x/"),
    *("milestones/%00/", "meetings/%FF/", "tags/%C0%80/", "tags/%F0%9F%98%80/", "documents/%00/"),
    *("//", "/news/", "%2e%2e/", "\\..\\", "news/2015/" + "%EA%B0%80" * 2000 + "/"),
]
UNSAFE = ["OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"]
HOSTS = ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "a b", "<script>", "[::1", ""]


@pytest.fixture
def client():
    """As strangers come: with no token of any form."""
    return Client(enforce_csrf_checks=True)


def is_a_page(answer, language: str) -> bool:
    """Whether a reader in that language can read what it says."""
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    tree = LexborHTMLParser(answer.content.decode())
    assert len(tree.css("h1")) == 1
    if answer.status_code == 400:  # says the same in both
        return all(tree.css(f'[lang="{code}"]') for code in LANGUAGES)
    return tree.css_first("html").attributes["lang"] == language


def in_turn(whats: list[str]) -> list:
    """Each in one of the languages; the long suite has it in the others too."""
    return [
        pytest.param(what, language, marks=() if which == number % len(LANGUAGES) else LONG)
        for number, what in enumerate(whats)
        for which, language in enumerate(LANGUAGES)
    ]


@pytest.mark.parametrize(("query", "language"), in_turn(BAD_QUERIES))
def test_a_question_no_page_answers_is_missing_or_passed_over(client, record, query, language):
    for kind in ("front page", "news", "tag", "article", "milestones", "meetings", "documents"):
        answer = client.get(record.paths[language, kind], QUERY_STRING=query)
        assert answer.status_code in (200, 404), (kind, answer.status_code)
        assert is_a_page(answer, language)


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        *[(kind, f"page={page}") for kind in ("news", "tag", "meetings", "documents") for page in
          ("-1", "0", "999999999", "%00", "x")],
        *[("news", query) for query in ("tag=%00", "year=99999999999999", "tag=nothing")],
        *[("milestones", query) for query in ("body=%00", "decade=99990", "order=%00")],
    ],
)  # fmt: skip
def test_a_list_says_clearly_that_there_is_no_such_page_of_it(client, record, kind, query):
    assert client.get(record.paths["en", kind], QUERY_STRING=query).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", BAD_PATHS)
def test_an_address_that_cannot_be_is_missing(client, record, language, path):
    answer = client.get(f"/{language}/{path}", follow=True)
    assert answer.status_code == 404
    assert is_a_page(answer, language)
    assert "Set-Cookie" not in answer


@pytest.mark.one_database
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_only_read(client, record, kind, language):
    path = record.paths[language, kind]
    whole, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Type"] == whole["Content-Type"]
    for method in UNSAFE:
        answer = client.generic(method, path, b"a=b", "application/x-www-form-urlencoded")
        assert answer.status_code == 405, method
        assert answer["Allow"] == "GET, HEAD"
        assert is_a_page(answer, language)


@pytest.mark.parametrize(
    "path", ["/", "/feeds/all.atom", "/robots.txt", "/sitemap.xml", "/healthz"]
)
def test_what_machines_read_is_only_read_too(client, record, path):
    for method in UNSAFE:
        answer = client.generic(method, path)
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("kind", ["front page", "article", "documents"])
def test_a_header_that_names_another_method_changes_nothing(client, record, kind):
    path = record.paths["ko", kind]
    plain = client.get(path)
    for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        answer = client.get(path, headers={name: "DELETE"})
        assert (answer.status_code, answer.content) == (200, plain.content)
        assert client.post(path, {"_method": "GET"}, headers={name: "GET"}).status_code == 405


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_that_is_not_ours_is_refused_and_not_repeated(client, record, host):
    for path in ("/", "/en/", "/en", "/nothing", "/feeds/all.atom"):
        answer = client.get(path, headers={"host": host})
        assert answer.status_code == 400
        assert is_a_page(answer, "en")
        assert b"evil" not in answer.content + str(answer.headers).encode()


def test_a_host_that_somebody_forwards_is_not_believed(client, record):
    path = record.paths["en", "article"]
    plain = client.get(path)
    for name in ("X-Forwarded-Host", "Forwarded", "X-Original-URL", "X-Rewrite-URL", "X-Host"):
        assert client.get(path, headers={name: "evil.example"}).content == plain.content


def test_a_query_of_five_megabytes_is_passed_over_or_refused_with_a_page(client, record):
    for query, statuses in (("a" * 5_000_000, {200}), ("a=1&" * 1_250_000, {200, 400})):
        for language in LANGUAGES:
            for kind in KINDS:
                path = record.paths[language, kind].partition("?")[0]
                answer = client.get(path, QUERY_STRING=query)
                assert answer.status_code in statuses
                assert is_a_page(answer, language)


def test_a_form_too_large_to_be_read_is_not_read(client, record):
    answer = client.post("/en/news/", b"x" * 12_000_000, "application/x-www-form-urlencoded")
    assert answer.status_code == 405


def test_a_request_for_no_path_at_all_is_no_mistake_of_ours(client, record):
    assert client.generic("OPTIONS", "*", PATH_INFO="*").status_code == 404
    assert client.generic("GET", "", PATH_INFO="").status_code in (302, 404)


# --- Anything at all ------------------------------------------------------------------------

VALUES = st.one_of(
    st.text(max_size=40).map(quote),
    st.binary(max_size=40).map(quote),
    st.integers().map(str),
    st.sampled_from(["", "%00", "2015", "geneva", "hrc", "newest", "1", "99999999999999999999"]),
)
NAMES = st.sampled_from(
    ["page", "tag", "year", "body", "decade", "order", "p", "q", "kind", "lang", "sort", "%00", ""]
)
QUERIES = st.lists(st.tuples(NAMES, st.sampled_from(["=", "", "=="]), VALUES), max_size=4).map(
    lambda parts: "&".join("".join(part) for part in parts)
)
CONVERTED = {
    "lang": st.sampled_from([*LANGUAGES, "fr"]),
    "uslug": st.one_of(st.from_regex(r"\A[-\w]{1,20}\Z").map(quote), VALUES),
    "int": st.one_of(st.integers(0, 10**30).map(str), st.integers(1900, 2100).map(str)),
    "uuid": st.uuids().map(str),
    "feedform": st.sampled_from(["atom", "json", "xml"]),
    "citation": st.sampled_from(["ris", "bib", "json", "xml"]),
    "table": st.sampled_from(["csv", "xlsx", "json", "jsonl", "txt"]),
    "slug": st.from_regex(r"\A[-a-zA-Z0-9_]{1,20}\Z"),
    "path": st.lists(VALUES, min_size=1, max_size=5).map("/".join),
    "str": VALUES,
}


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Every route that the site answers, but those of the admin, which ask who is there first."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        elif not route.startswith("admin/"):
            yield from routes(pattern, route)


ROUTES = [route for route in routes(get_resolver(), "/") if not route.startswith("/admin/")]


@st.composite
def addresses(draw) -> str:
    """A route of the site with anything in its places, and anything after it."""
    route = draw(st.sampled_from(ROUTES))
    path = re.sub(r"<(?:(\w+):)?\w+>", lambda found: draw(CONVERTED[found[1] or "str"]), route)
    return path + draw(st.one_of(st.just(""), st.just(""), VALUES))


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    address=addresses(),
    query=QUERIES,
    method=st.sampled_from(["GET", "GET", "GET", "HEAD", "POST", "OPTIONS"]),
)
def test_no_address_and_no_query_is_too_much_for_any_route(client, record, address, query, method):
    answer = client.generic(method, address, QUERY_STRING=query)
    if answer.streaming:  # a table is made while it is read
        deque(answer, maxlen=0)
    if address.startswith("/api/"):
        assert answer.status_code in (200, 204, 302, 400, 404, 405, 429), (address, query)
        return
    # 410: `?p=0` may have been a post of the old site.
    assert answer.status_code in (200, 301, 302, 400, 404, 405, 410), (address, query)
    if answer.status_code in (404, 405, 410) and method != "HEAD":
        named = address.split("/")[1]
        assert is_a_page(answer, named if named in LANGUAGES else "en")


def test_every_public_route_is_among_those_that_were_tried():
    assert {"/", "/<lang:language>/", "/<lang:language>/news/<int:year>/<uslug:slug>/"} <= {*ROUTES}
    assert len(ROUTES) > 20
