"""What a kept page consists of, and how many there is room for."""

from __future__ import annotations

import gzip
from uuid import uuid4

import brotli
import pytest

from advocacy.hits.counter import Kind
from nkhr.store.pages import OVERHEAD, Page, Pages

ITEM = uuid4()
HTML = [("Content-Type", "text/html; charset=utf-8"), ("Content-Language", "en")]
BODY = (
    b"<p>before</p>" * 50 + b"<dl><dd>x</dd><dd data-reads>4 times</dd></dl>" + b"<p>after</p>" * 50
)


def page(body=BODY, headers=HTML, *, counted=True) -> Page:
    mark = (Kind.VIEW, ITEM) if counted else None
    return Page(headers, body, counted=mark, good_until=1e12)


def key(name: str, query: str = ""):
    return (False, "127.0.0.1", name, query, "")


def put(pages: Pages, name: str, size: int, query: str = "") -> None:
    pages.put(key(name, query), page(b"x" * size, counted=False), if_still=lambda: True)


# --- one page ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "decode"), [("gzip", gzip.decompress), ("br", brotli.decompress)]
)
def test_an_encoding_says_what_it_is_and_how_long(encoding, decode):
    headers, body = page().encoded(encoding)
    assert decode(body) == BODY
    assert ("Content-Encoding", encoding) in headers
    assert ("Content-Length", str(len(body))) in headers
    assert len(body) < len(BODY) / 2


def test_an_encoding_is_made_once():
    one = page()
    assert one.encoded("br")[1] is one.encoded("br")[1]


@pytest.mark.parametrize(
    ("body", "headers"),
    [(b"short", HTML), (bytes(range(256)) * 9, [("Content-Type", "image/png")])],
)
def test_what_does_not_become_half_as_long_stays_as_it_is(body, headers):
    """So that a page with all its encodings takes no more room than was reckoned with."""
    one = page(body, headers)
    for encoding in ("", "gzip", "br"):
        sent, same = one.encoded(encoding)
        assert same is body
        assert "Content-Encoding" not in dict(sent)
    assert one.size == 2 * len(body) + OVERHEAD


def test_all_encodings_together_are_no_longer_than_the_size_says():
    one = page()
    bodies = {id(body): len(body) for body in (one.encoded(e)[1] for e in ("", "gzip", "br"))}
    assert sum(bodies.values()) <= one.size


def test_another_number_is_written_into_every_encoding():
    one = page()
    for encoding in ("", "gzip", "br"):
        one.encoded(encoding)
    for number, words in [(5, b"5 times"), (12345, b"12,345 times"), (1, b"1 time")]:
        one.show(number)
        wanted = BODY.replace(b"4 times", words)
        assert one.encoded("")[1] == wanted
        assert gzip.decompress(one.encoded("gzip")[1]) == wanted
        assert brotli.decompress(one.encoded("br")[1]) == wanted


def test_the_number_is_written_in_the_language_of_the_page():
    one = page(headers=[("Content-Type", "text/html"), ("Content-Language", "ko")])
    one.show(4312)
    assert "<dd data-reads>4,312회</dd>".encode() in one.encoded("")[1]


def test_the_same_number_again_makes_nothing_anew():
    one = page()
    before = one.encoded("br")[1]
    one.show(4)
    assert one.encoded("br")[1] is before


def test_a_page_without_a_place_for_it_shows_no_number():
    for one in (page(b"<p>4 times</p>"), page(counted=False)):
        assert one.item is None
        before = one.encoded("")[1]
        one.show(9)
        assert one.encoded("")[1] is before


def test_the_etag_is_weak_and_the_same_whatever_the_number():
    one, other = page(), page(BODY.replace(b"4 times", b"1,000,000 times"))
    assert one.etag == other.etag
    assert one.etag.startswith('W/"')
    one.show(77)
    assert ("ETag", other.etag) in one.encoded("gzip")[0]
    assert page(BODY.replace(b"before", b"behind")).etag != one.etag
    assert page(BODY.replace(b"after", b"later")).etag != one.etag


def test_what_is_moved_across_the_number_changes_the_etag():
    before, after = BODY.split(b"4 times")
    assert page(b"<dd data-reads>1</dd>ab").etag != page(b"ab<dd data-reads>1</dd>").etag
    assert page(before + b"4 times" + after + b"!").etag != page(b"!" + before + b"4" + after).etag


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("{etag}", True),
        ("{strong}", True),
        ('"a", {etag} , "b"', True),
        ("*", True),
        ('W/"other"', False),
        ("", False),
        ("{bare}", False),
        ('"unclosed', False),
    ],
)
def test_a_browser_that_names_the_etag_has_the_page(said, known):
    one = page()
    strong = one.etag.removeprefix("W/")
    assert (
        one.is_known_to(said.format(etag=one.etag, strong=strong, bare=strong.strip('"'))) is known
    )


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        (None, "Accept-Encoding"),
        ("Accept-Language", "Accept-Language, Accept-Encoding"),
        ("accept-encoding", "accept-encoding"),
    ],
)
def test_vary_names_the_encoding_and_what_django_said(given, sent):
    headers = HTML + ([("Vary", given)] if given else [])
    assert dict(page(headers=headers).encoded("")[0])["Vary"] == sent


def test_headers_of_django_are_kept_but_those_that_are_made_here():
    security = [("X-Frame-Options", "DENY"), ("Content-Security-Policy", "default-src 'none'")]
    made = [("Content-Length", "1"), ("ETag", '"x"'), ("content-encoding", "x")]
    one = page(headers=[*HTML, *security, *made])
    for sent in (one.encoded("")[0], one.unchanged):
        assert set(security) <= set(sent)
        assert not set(made) & set(sent)
        assert len({name.lower() for name, _ in sent}) == len(sent)
    assert not {"Content-Type", "Content-Length"} & {name for name, _ in one.unchanged}


# --- room -------------------------------------------------------------------------------------


def test_the_bytes_kept_are_bounded_and_the_least_recently_used_goes_first():
    pages = Pages(1_000_000)
    for n in range(20):
        put(pages, f"/{n}", 30_000)
        pages.get(key("/0"))
    assert pages.size <= 1_000_000
    assert pages.get(key("/0")) and pages.get(key("/19"))
    assert not pages.get(key("/1"))
    assert pages.size == sum(one.size for one in pages)
    assert len(pages) == 750_000 // (60_000 + OVERHEAD)


def test_a_page_put_again_takes_the_place_of_the_former():
    pages = Pages(1_000_000)
    for size in (100, 20_000, 300):
        put(pages, "/1", size)
        assert (len(pages), pages.size) == (1, 2 * size + OVERHEAD)


def test_a_page_as_large_as_many_is_not_kept():
    pages = Pages(1_000_000)
    put(pages, "/small", 10)
    put(pages, "/large", 200_000)
    assert pages.get(key("/small"))
    assert not pages.get(key("/large"))


def test_pages_with_a_query_push_out_one_another_and_no_page_without():
    pages = Pages(4_000_000)
    for n in range(20):
        put(pages, f"/{n}", 20_000)
    for n in range(8000):
        put(pages, "/list", 5_000, query=f"page={n}")
    assert all(pages.get(key(f"/{n}")) for n in range(20))
    assert pages.queried.size <= 1_000_000
    assert pages.get(key("/list", "page=7999"))
    assert not pages.get(key("/list", "page=1"))


def test_what_is_out_of_date_by_now_is_not_kept():
    pages = Pages(1_000_000)
    pages.put(key("/1"), page(), if_still=lambda: False)
    assert len(pages) == 0


def test_clearing_leaves_nothing():
    pages = Pages(1_000_000)
    put(pages, "/1", 10)
    put(pages, "/1", 10, query="a=1")
    pages.clear()
    assert (len(pages), pages.size, list(pages)) == (0, 0, [])
