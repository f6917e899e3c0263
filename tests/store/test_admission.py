"""Who is answered from the store, and what of a request has a part in it."""

from __future__ import annotations

import pytest
from django.core.handlers.wsgi import WSGIRequest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.news.models import Tag
from advocacy.publishing import actions
from nkhr.store import marker
from nkhr.store.admission import Admission, encoding
from tests.facts import article, milestone
from tests.store.conftest import HOST, Site, call, environ

pytestmark = pytest.mark.django_db


def test_a_page_is_rendered_once_and_then_shown_from_memory(site, django_assert_num_queries):
    path = article().get_absolute_url()
    first = site.get(path)
    with django_assert_num_queries(0):
        second = site.get(path)
    assert site.renders(path) == 0
    assert (first.status, first.headers, first.raw) == (second.status, second.headers, second.raw)
    assert "An article" in first.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "get"])
def test_only_get_and_head_are_answered_from_the_store(site, method):
    path = article().get_absolute_url()
    site.get(path)
    assert site.passed_by(path, method)


def test_a_request_with_credentials_passes_by(site):
    path = article().get_absolute_url()
    site.get(path)
    assert site.passed_by(path, authorization="Bearer x")


@pytest.mark.parametrize("header", ["if_match", "if_unmodified_since"])
def test_a_condition_on_changing_something_passes_by(site, header):
    path = article().get_absolute_url()
    site.get(path)
    assert site.passed_by(path, **{header: '"x"'})


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/static/site.css", "/healthz", "/"])
def test_what_is_no_published_page_passes_by(site, path):
    assert site.passed_by(path)
    assert len(site) == 0


def test_staff_see_the_truth(site):
    path = article().get_absolute_url()
    site.get(path)
    assert site.passed_by(path, cookie=f"a=b; staff={marker.make()}")


@pytest.mark.parametrize(
    "cookie",
    [
        "sessionid=0123456789abcdef0123456789abcdef",
        "staff=1",
        "staff=9999999999:abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
        "staff={old}",
        "not-staff={valid}",
        "staff={valid}x",
        "staff; =; ;;staff=",
        "staff=" + "x" * 8000,
    ],
)
def test_a_forged_or_old_cookie_is_no_way_around_the_store(site, cookie):
    path = article().get_absolute_url()
    site.get(path)
    cookie = cookie.format(valid=marker.make(), old=marker.make(at=0))
    assert site.renders(path, cookie=cookie) == 0


def test_a_valid_mark_beside_a_forged_one_is_seen(site):
    path = article().get_absolute_url()
    site.get(path)
    assert site.passed_by(path, cookie=f"staff={marker.make()}; staff=forged")


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "127.0.0.1:80@evil.example", "", "127.0.0.1:8000x"],
)
def test_a_host_that_is_not_ours_gets_djangos_refusal_and_leaves_nothing(site, host):
    path = article().get_absolute_url()
    request = environ(path, host=host)
    assert call(site.store, request).status == 400
    assert site.below.asked == [request]
    assert len(site) == 0


@pytest.mark.parametrize("host", ["LOCALHOST:8000", "127.0.0.1:8001", "localhost:1", "localhost."])
def test_other_ways_to_write_our_host_are_left_to_django(site, host):
    """Each would be a further copy of the whole site in memory."""
    path = article().get_absolute_url()
    assert site.passed_by(path, host=host)
    assert len(site) == 0


def test_a_missing_host_is_left_to_django(site):
    request = environ(article().get_absolute_url())
    del request["HTTP_HOST"]
    call(site.store, request)
    assert site.below.asked == [request]


def test_hosts_with_a_dot_before_are_served_by_django_alone(settings):
    settings.ALLOWED_HOSTS = [".example.org", "www.example.com"]
    settings.SITE_URL, settings.SITE_HOST = "https://www.example.org", "www.example.org"
    assert Admission().hosts == {"www.example.com", "www.example.org"}


def test_what_a_visitor_sends_beside_has_no_part_in_the_page(site):
    """Neither in what they get, nor in what the next one gets."""
    path = article().get_absolute_url()
    hostile = {
        "x_forwarded_host": "evil.example",
        "x_forwarded_proto": "https",
        "x_forwarded_for": "10.9.8.7",
        "x_forwarded_port": "666",
        "forwarded": "host=evil.example;proto=https",
        "x_http_method_override": "DELETE",
        "x_original_url": "/admin/",
        "x_rewrite_url": "/admin/",
        "accept_language": "ko",
        "accept": "application/json",
        "cookie": "django_language=ko; sessionid=evilevil; messages=evil",
        "origin": "https://evil.example",
        "referer": "https://evil.example/",
        "range": "bytes=0-1",
        "x_requested_with": "XMLHttpRequest",
    }
    poisoned = site.get(path, **hostile)
    (asked,) = site.below.asked
    assert not any("evil" in str(value) for value in asked.values())
    assert {name for name in asked if name.startswith("HTTP_")} == {"HTTP_HOST"}
    clean = Site().get(path)
    assert (poisoned.status, poisoned.headers, poisoned.raw) == (
        clean.status,
        clean.headers,
        clean.raw,
    )
    assert site.renders(path) == 0


@pytest.mark.parametrize(
    "path",
    [
        *("/en/", "/ko/", "/en/news/", "/en/milestones/", "/robots.txt", "/sitemap.xml"),
        *(
            "/sitemap-news.xml",
            "/feeds/all.atom",
            "/en/news/feed.json",
            "/.well-known/security.txt",
        ),
    ],
)
def test_no_page_depends_on_the_host_or_the_port_it_was_asked_by(site, path):
    article()
    bodies = {site.get(path, host=host).body for host in (HOST, "localhost", "localhost:8000")}
    assert len(bodies) == 1


def test_every_kind_of_page_and_feed_goes_through_the_store(site):
    one, fact = article(), milestone()
    one.tags.add(Tag.objects.create(name="Camps", slug="camps"))
    paths = [
        *("/en/", "/en/news/", "/en/milestones/", "/en/meetings/", "/en/documents/", "/en/tags/"),
        *("/en/tags/camps/", "/feeds/all.atom", "/en/news/feed.json", "/sitemap.xml"),
        *("/sitemap-news.xml", "/robots.txt", "/.well-known/security.txt"),
        *(one.get_absolute_url(), fact.texts.get().get_absolute_url()),
    ]
    for path in paths:
        assert site.renders(path) == 1, path
        assert site.renders(path) == 0, path


# --- https ------------------------------------------------------------------------------------


def test_a_request_that_django_would_lead_to_https_is_not_answered_from_the_store(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    site, path = Site(), article().get_absolute_url()
    assert site.get(path, x_forwarded_proto="https").status == 200
    assert site.renders(path, x_forwarded_proto="https") == 0
    answer = site.get(path + "?a=b")
    assert (answer.status, answer["Location"]) == (301, f"https://{HOST}{path}?a=b")
    assert site.get(path, x_forwarded_proto="http").status == 301


def test_what_was_rendered_for_https_is_not_shown_over_http(settings):
    settings.SECURE_HSTS_SECONDS = 3600
    site, path = Site(), article().get_absolute_url()
    secure = environ(path) | {"wsgi.url_scheme": "https"}
    assert call(site.store, secure)["Strict-Transport-Security"]
    assert not site.get(path).get("Strict-Transport-Security")


@pytest.mark.parametrize("header", [None, ("HTTP_X_FORWARDED_PROTO", "https")])
@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(
    "said", [None, "https", "http", "https,http", " https , http", "HTTPS", ""]
)
def test_https_is_what_django_takes_for_it(settings, header, scheme, said):
    settings.SECURE_PROXY_SSL_HEADER = header
    request = environ("/en/") | {"wsgi.url_scheme": scheme}
    if said is not None:
        request["HTTP_X_FORWARDED_PROTO"] = said
    assert Admission().is_secure(request) == WSGIRequest(request).is_secure()


# --- the path ---------------------------------------------------------------------------------


def test_one_address_is_one_page_however_it_is_written(site):
    path = article("평양", slug="평양").get_absolute_url()
    assert site.get(path).status == 200
    assert "%" in path
    assert site.renders(path.lower()) == 0
    assert site.renders(path.replace("n", "%6e")) == 0
    assert site.get(path.replace("%", "%25")).status == 404
    assert site.get(path).status == 200


@pytest.mark.parametrize(
    "path", ["/en/nothing/", "/en/news/2015/none/", "/en", "/%ff%fe/", "/en/%00/", "//en/", "/en//"]
)
def test_what_is_not_there_is_not_kept(site, path):
    expected = call(site.below.handler, environ(path))
    got = site.get(path)
    assert (got.status, got.headers, got.raw) == (expected.status, expected.headers, expected.raw)
    assert len(site) == 0


def test_a_former_address_and_what_was_withdrawn_are_not_kept(site):
    one = article("First", slug="first")
    former = one.get_absolute_url()
    copy = actions.open_working_copy(record=one)
    copy.slug = "second"
    copy.save()
    live = actions.publish(record=copy)
    site.tick()
    assert site.get(former).status == 301
    actions.withdraw(publication=live)
    site.tick()
    assert site.get(former).status == 410
    assert site.get(live.get_absolute_url()).status == 410
    assert len(site) == 0


def test_a_site_below_a_prefix_is_left_to_django(site):
    request = environ("/en/") | {"SCRIPT_NAME": "/below"}
    call(site.store, request)
    assert site.below.asked == [request]


# --- languages --------------------------------------------------------------------------------


def test_an_address_that_names_no_language_has_a_page_in_each(site):
    article()
    english = site.get("/feeds/all.atom", accept_language="en-GB,en;q=0.8")
    korean = site.get("/feeds/all.atom", accept_language="ko-KR,ko;q=0.9,en;q=0.1")
    assert english["Content-Language"] == "en"
    assert korean["Content-Language"] == "ko"
    assert english["Vary"] == "Accept-Language, Accept-Encoding"
    for said, wanted in [
        ("fr", "en"),
        ("ko;q=0.1", "ko"),
        ("*", "en"),
        ("", "en"),
        ("x" * 900, "en"),
    ]:
        assert site.renders("/feeds/all.atom", accept_language=said) == 0
        assert site.get("/feeds/all.atom", accept_language=said)["Content-Language"] == wanted


def test_a_cookie_cannot_put_another_language_into_what_others_get(site):
    article()
    site.get("/feeds/all.atom", cookie="django_language=ko")
    assert site.get("/feeds/all.atom")["Content-Language"] == "en"


# --- encodings --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("BR", "br"),
        ("br;q=0", ""),
        ("br;q=0, gzip;q=0.1", "gzip"),
        ("br;q=0.5, gzip;q=0.9", "gzip"),
        ("*", "br"),
        ("*;q=0", ""),
        ("br;q=0, *", "gzip"),
        ("identity", ""),
        ("deflate", ""),
        ("gzip;q=high", ""),
        ("gzip;q=-1", ""),
        (";;,,=,q=1", ""),
        ("gzip;q=nan", ""),
        ("x" * 10_000, ""),
    ],
)
def test_the_best_encoding_that_a_browser_accepts_is_chosen(accepted, chosen):
    assert encoding(accepted) == chosen


@given(st.text(max_size=60))
def test_no_list_of_encodings_is_an_error(accepted):
    assert encoding(accepted) in ("", "br", "gzip")
