"""What readers are sent from the store: whole, unchanged, HEAD, 304; and what is never kept."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import parse_qs

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import path as route
from django.views.decorators.cache import cache_control

from advocacy.accounts.models import User
from advocacy.publishing.views import published_page
from nkhr.store import marker
from tests.facts import article
from tests.store.conftest import HOST, Site, call, environ

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_head_has_the_headers_of_get_and_no_body(site, encoding):
    path = article().get_absolute_url()
    for _cold_then_warm in range(2):
        head = site.get(path, method="HEAD", accept_encoding=encoding)
        assert (head.status, head.raw) == (200, b"")
        assert head.headers == site.get(path, accept_encoding=encoding).headers


@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_content_length_is_that_of_what_is_sent(site, encoding):
    answer = site.get(article().get_absolute_url(), accept_encoding=encoding)
    assert int(answer["Content-Length"]) == len(answer.raw)
    assert answer.get("Content-Encoding") == encoding
    assert answer.text.endswith("</html>\n")


def test_a_browser_that_has_the_page_is_told_that_it_is_unchanged(site):
    path = article().get_absolute_url()
    whole = site.get(path, accept_encoding="br")
    for method in ("GET", "HEAD"):
        for encoding in ("", "gzip", "br"):
            again = site.get(path, method, accept_encoding=encoding, if_none_match=whole["ETag"])
            assert (again.status, again.raw) == (304, b"")
            assert again["ETag"] == whole["ETag"]
            assert again["Cache-Control"] == whole["Cache-Control"]
            assert again["Vary"] == whole["Vary"]
            for name in ("Content-Security-Policy", "Permissions-Policy", "Referrer-Policy"):
                assert again[name] == whole[name]
            assert not again.get("Content-Length")
            assert not again.get("Content-Type")


def test_a_browser_that_has_another_page_gets_this_one(site):
    assert site.get(article().get_absolute_url(), if_none_match='W/"other"').status == 200


def test_a_cold_page_is_compared_with_the_same_etag_as_a_warm_one(site):
    path = article().get_absolute_url()
    etag = Site().get(path)["ETag"]
    assert site.get(path, if_none_match=etag).status == 304


def test_pages_are_for_everyone_to_keep_and_for_everyone_to_ask_about_each_time(site):
    answer = site.get(article().get_absolute_url())
    said = {word.strip() for word in answer["Cache-Control"].split(",")}
    assert said == {"public", "max-age=0", "must-revalidate"}
    assert answer["Vary"] == "Accept-Encoding"
    assert not answer.get("Set-Cookie")
    assert not answer.get("Date")


def test_the_headers_handed_to_the_server_are_its_own(site):
    """Servers add to the list they are given (PEP 3333)."""
    path = article().get_absolute_url()
    for headers in ({}, {"if_none_match": "*"}):
        site.get(path, **headers)
        site.store(environ(path, **headers), lambda status, headers: headers.clear())
        assert site.get(path, **headers)["ETag"]


def test_security_headers_are_those_django_sent(site):
    path = article().get_absolute_url()
    plain = call(WSGIHandler(), environ(path))
    kept = site.get(path)
    ours = {"ETag", "Content-Length", "Vary"}
    assert [pair for pair in kept.headers if pair[0] not in ours] == [
        pair for pair in plain.headers if pair[0] not in ours
    ]
    assert kept["Content-Security-Policy"]


# --- the inner application's answer, untouched ---------------------------------------------------


class Recorder:
    """An application that hands out one object, to be recognised."""

    def __init__(self):
        self.body = [b"x"]
        self.seen = []

    def __call__(self, request, start_response):
        self.seen.append((request, start_response))
        start_response("418 I'm a teapot", [("X", "y")])
        return self.body


@pytest.mark.parametrize(
    "change",
    [
        {"REQUEST_METHOD": "POST"},
        {"HTTP_AUTHORIZATION": "x"},
        {"HTTP_HOST": "evil.example"},
        {"HTTP_COOKIE": "staff=VALID"},
        {"PATH_INFO": "/healthz"},
        {"PATH_INFO": "/static/x"},
        {"PATH_INFO": "/nothing"},
        {"PATH_INFO": "/admin/news/article/"},
    ],
    ids=str,
)
def test_who_passes_by_gets_the_very_answer_of_django(change):
    recorder = Recorder()
    site = Site(below=recorder)
    change = {name: value.replace("VALID", marker.make()) for name, value in change.items()}
    request = environ("/en/") | change
    before = dict(request)

    def start(*words):
        pass

    assert site.store(request, start) is recorder.body
    assert recorder.seen == [(request, start)]
    assert recorder.seen[0][0] is request
    assert request == before


def test_a_form_that_is_sent_arrives_whole(site):
    heard = {}

    def application(request, start_response):
        heard.update(parse_qs(request["wsgi.input"].read().decode()))
        start_response("200 OK", [])
        return []

    request = environ("/admin/login/", "POST") | {"wsgi.input": BytesIO(b"a=1&b=2")}
    call(Site(below=application).store, request)
    assert heard == {"a": ["1"], "b": ["2"]}


# --- what is never kept ----------------------------------------------------------------------------


@published_page()
def with_cookie(request):
    response = HttpResponse(f"for {request.COOKIES.get('who')}")
    response.set_cookie("who", "me")
    return response


@published_page()
def by_session(request):
    return HttpResponse(f"for {request.user}")


@published_page()
def streaming(request):
    return StreamingHttpResponse([b"a", b"b"])


@published_page()
def with_nonce(request):
    return HttpResponse(str(request.csp_nonce))


@published_page()
@cache_control(no_store=True)
def not_to_be_stored(request):
    return HttpResponse("secret")


@published_page()
def varying(request):
    return HttpResponse(request.headers.get("X-Mine", ""), headers={"Vary": "X-Mine"})


def unmarked(request):
    return HttpResponse("preview")


@published_page()
def partial(request):
    return HttpResponse("part", status=206)


@published_page()
def redirecting(request):
    return HttpResponse(status=302, headers={"Location": f"/?{request.COOKIES.get('who')}"})


@published_page()
def failing(request):
    raise RuntimeError("broken")


urlpatterns = [
    route("en/cookie/", with_cookie),
    route("en/session/", by_session),
    route("en/streaming/", streaming),
    route("en/nonce/", with_nonce),
    route("en/no-store/", not_to_be_stored),
    route("en/varying/", varying),
    route("en/unmarked/", unmarked),
    route("en/partial/", partial),
    route("en/redirecting/", redirecting),
    route("en/failing/", failing),
    route("admin/page/", published_page()(unmarked)),
    route("static/page/", published_page()(unmarked)),
    route("<path:rest>", published_page()(unmarked)),
]
handler500 = "django.views.defaults.server_error"


@pytest.fixture
def odd(settings, db):
    settings.ROOT_URLCONF = __name__
    return Site()


@pytest.mark.parametrize(
    "path",
    [
        *("cookie", "session", "streaming", "nonce", "no-store", "varying", "unmarked", "partial"),
        "redirecting",
    ],
)
def test_an_answer_that_is_not_for_everyone_is_never_kept(odd, path):
    path = f"/en/{path}/"
    for _ in range(2):
        answer = odd.get(path)
        plain = call(WSGIHandler(), environ(path))
        assert answer.status == plain.status
        if path != "/en/nonce/":
            assert answer.raw == plain.raw
    assert len(odd) == 0


def test_marked_answers_below_admin_and_static_are_never_kept(odd):
    for path in ("/admin/page/", "/static/page/"):
        assert odd.passed_by(path)
    assert len(odd) == 0


def test_everybody_gets_the_answer_that_is_theirs(odd):
    for who in ("ann", "bob"):
        assert odd.get("/en/cookie/", cookie=f"who={who}").text == f"for {who}"
    for mine in ("1", "2"):
        assert odd.get("/en/varying/", x_mine=mine).text == mine


def test_a_nonce_is_never_given_twice(odd):
    assert odd.get("/en/nonce/").text != odd.get("/en/nonce/").text


def test_a_page_that_fails_is_not_kept_and_asked_again(odd):
    for _ in range(2):
        assert odd.get("/en/failing/").status == 500
    assert len(odd) == 0
    assert not odd.store.renders


def test_a_flood_of_addresses_that_are_not_there_keeps_nothing(site):
    for n in range(200):
        assert site.get(f"/en/news/2015/no-{n}/").status == 404
    assert len(site) == 0
    assert not site.store.renders


def test_a_preview_never_enters(site):
    """Staff who see a page before readers do, see it in the admin or by Django alone."""
    one = article("Not yet", public=False)
    client = Client()
    client.force_login(User.objects.create_superuser("editor"))
    client.get("/admin/")
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    site.get(one.get_absolute_url(), cookie=cookies)
    site.get(f"/admin/news/article/{one.pk}/change/", cookie=cookies)
    assert len(site) == 0
    assert site.get(one.get_absolute_url()).status == 404


def test_our_own_pages_name_the_site_and_not_the_host(site):
    text = site.get(article().get_absolute_url(), host="localhost").text
    assert "localhost" not in text
    assert f"http://{HOST}/" in text
