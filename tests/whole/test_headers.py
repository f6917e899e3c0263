"""What browsers are told with every answer there is: who may run, embed, frame and follow what."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable

import pytest
from csp.exceptions import CSPNonceError
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from selectolax.lexbor import LexborHTMLParser

from advocacy.attachments.models import Attachment
from advocacy.publishing.head import social_picture
from advocacy.publishing.views import PREVIEW_POLICY
from nkhr import headers
from tests.addresses import addresses
from tests.attachments import makers
from tests.whole.record import KINDS

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NONCE = re.compile(r"'nonce-([A-Za-z0-9+/]{22}==)'")
ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": headers.PERMISSIONS,
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
READERS, STAFF = "strict-origin-when-cross-origin", "same-origin"
MANY = "a&" * 5001
#: The one page that offers readers something by a script, and works without.
SCRIPTED_FOR_READERS = {"<lang:language>/search/"}


@pytest.fixture(autouse=True)
def public_site(record, settings):
    """As behind a server that ends TLS; static files from where they lie."""
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_SSL_REDIRECT = True
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True


class Asking:
    """Somebody who asks over https, at first without an account."""

    def __init__(self, record, user_model) -> None:
        self.record, self.users = record, user_model
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False)

    def get(self, path: str, method: str = "GET", secure: bool = True, **headers: str):
        answer = self.client.generic(method, path, secure=secure, headers=headers)
        if answer.streaming:  # a file is closed when it was read
            deque(answer, maxlen=0)
        return answer

    def page(self, kind: str, language: str = "en") -> str:
        return self.record.paths[language, kind]

    def again(self, path: str):
        """The same, by a browser that has it."""
        first = self.get(path)
        known = {"if-none-match": first["ETag"]} if "ETag" in first else {}
        return self.get(path, **known, **{"if-modified-since": first.get("Last-Modified", "")})

    def signed_in(self, role: str = "author") -> Asking:
        """The same, in the browser of somebody with an account."""
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        self.client.force_login(self.users.objects.create_user("x", role=role))
        return self

    @property
    def document(self) -> str:
        return Attachment.objects.documents().first().get_absolute_url()

    @property
    def picture(self) -> str:
        return Attachment.objects.pictures().first().thumbnail(160).url


@pytest.fixture
def asking(record, django_user_model):
    return Asking(record, django_user_model)


def problems(answer, *, csp: str, referrer: str = READERS, corp: str = "same-origin") -> list[str]:
    """What the headers say otherwise than they should."""
    expected = ALWAYS | {"Referrer-Policy": referrer, "Cross-Origin-Resource-Policy": corp}
    said = answer.headers
    found = [f"{name}: {said.get(name)}" for name in expected if said.get(name) != expected[name]]
    policy = said.get("Content-Security-Policy", "")
    nonce = NONCE.search(policy)
    if policy != (csp % nonce[1] if nonce and "%s" in csp else csp):
        found.append(policy)
    if "unsafe-" in str(said):
        found.append("unsafe-")
    is_data = answer.request["PATH_INFO"].startswith("/api/")
    if "Access-Control-Allow-Origin" in said and not is_data:
        found.append("other sites may read it")
    if answer.get("Content-Type", "").startswith("text/html"):
        found += stray(answer, nonce[1] if nonce else None)
    return found


def stray(answer, nonce: str | None) -> list[str]:
    """What a page holds that its policy does not let run or be drawn, and nobody would see why."""
    elements = LexborHTMLParser(answer.content.decode()).css("*")
    found = []
    for element in elements:
        attributes = element.attributes
        is_data = attributes.get("type", "").startswith("application/")
        if element.tag == "script" and not is_data and attributes.get("nonce") != nonce:
            found.append(element.html[:100])
        if element.tag == "style" or any(n == "style" or n.startswith("on") for n in attributes):
            found.append(element.html[:100])
    return found


def policy_of(answer) -> str:
    """That of files where it has one of those; of pages, with scripts only where there is a nonce."""
    said = answer["Content-Security-Policy"]
    if said in (headers.DOCUMENT, headers.FILE, PREVIEW_POLICY):
        return said
    return headers.SCRIPTED if NONCE.search(said) else headers.PAGE


# --- Kinds of answers -------------------------------------------------------------------------

Ask = Callable[[Asking], object]
KINDS_FOR_READERS: dict[str, tuple[int, Ask]] = {
    "a page a reader has": (304, lambda a: a.again(a.page("article"))),
    "HEAD": (200, lambda a: a.get(a.page("article"), "HEAD")),
    "a choice of language": (302, lambda a: a.get("/")),
    "an address without its slash": (301, lambda a: a.get("/en/news")),
    "a former name of a file": (301, lambda a: a.get(a.document + "x")),
    "not there": (404, lambda a: a.get("/en/nothing/")),
    "no such file": (404, lambda a: a.get("/documents/x/y.pdf")),
    "no such static file": (404, lambda a: a.get("/static/nothing.css")),
    "taken away": (410, lambda a: a.get(a.page("gone"))),
    "unreadable": (400, lambda a: a.get("/en/news/?" + MANY)),
    "another host": (400, lambda a: a.get("/en/", host="evil.example")),
    "sent to a page": (405, lambda a: a.get("/en/news/", "POST")),
    "sent to a file": (405, lambda a: a.get(a.document, "POST")),
    "a feed": (200, lambda a: a.get("/feeds/all.atom")),
    "a JSON feed": (200, lambda a: a.get("/feeds/all.json")),
    "a table": (200, lambda a: a.get("/en/milestones/export.csv")),
    "a workbook": (200, lambda a: a.get("/en/documents/export.xlsx")),
    "a calendar": (200, lambda a: a.get("/en/meetings/calendar.ics")),
    "data for programs": (200, lambda a: a.get("/api/v1/articles")),
    "no such data": (404, lambda a: a.get("/api/v1/nothing")),
    "data refused": (400, lambda a: a.get("/api/v1/articles?x=1")),
    "sent to data": (405, lambda a: a.get("/api/v1/articles", "POST")),
    "the sitemap": (200, lambda a: a.get("/sitemap.xml")),
    "robots.txt": (200, lambda a: a.get("/robots.txt")),
    "security.txt": (200, lambda a: a.get("/.well-known/security.txt")),
    "the icon": (302, lambda a: a.get("/favicon.ico")),
}
KINDS_OF_STAFF: dict[str, tuple[int, Ask]] = {
    "health": (200, lambda a: a.get("/healthz")),
    "sign-in": (200, lambda a: a.get("/admin/sign-in/")),
    "sent to sign-in": (302, lambda a: a.get("/admin/")),
    "without a token": (403, lambda a: a.get("/admin/sign-in/", "POST")),
    "not allowed": (403, lambda a: a.signed_in().get("/admin/reach/")),
    "not there": (404, lambda a: a.signed_in("administrator").get("/admin/nothing/")),
    "wrong method": (405, lambda a: a.signed_in().get("/admin/logout/")),
    "JSON": (200, lambda a: a.signed_in("administrator").get("/admin/attachments/library.json")),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_has_the_one_policy_of_pages_without_a_script(asking, kind):
    for language in ("en", "ko"):
        answer = asking.get(asking.page(kind, language))
        assert answer.status_code == 200
        assert not problems(answer, csp=headers.PAGE)


@pytest.mark.parametrize("kind", KINDS_FOR_READERS)
def test_every_other_answer_to_readers_has_it_too(asking, kind):
    status, ask = KINDS_FOR_READERS[kind]
    answer = ask(asking)
    assert answer.status_code == status
    assert not problems(answer, csp=headers.PAGE)


@pytest.mark.parametrize("kind", KINDS_OF_STAFF)
def test_what_is_for_staff_says_nowhere_else_where_they_were(asking, kind):
    status, ask = KINDS_OF_STAFF[kind]
    answer = ask(asking)
    assert answer.status_code == status
    assert not problems(answer, csp=policy_of(answer), referrer=STAFF)


def test_a_document_may_show_itself_and_nothing_else_whole_in_part_or_unchanged(asking):
    document = asking.document
    for status, answer in (
        (200, asking.get(document)),
        (200, asking.get(document, "HEAD")),
        (206, asking.get(document, range="bytes=0-3")),
        (304, asking.again(document)),
    ):
        assert answer.status_code == status
        assert not problems(answer, csp=headers.DOCUMENT)


def test_a_public_picture_may_be_shown_by_others_as_feeds_ask_them_to(asking):
    picture = asking.picture
    former = re.sub(r"[0-9a-f]{8}-(?=\d+\.)", "00000000-", picture)
    for status, answer, csp in (
        (200, asking.get(picture), headers.FILE),
        (304, asking.again(picture), headers.FILE),
        (302, asking.get(former), headers.PAGE),
    ):
        assert answer.status_code == status
        assert not problems(answer, csp=csp, corp="cross-origin")


def test_a_picture_that_is_not_public_is_for_nobody_else(asking):
    draft = makers.attachment("picture", alt_en="A hall").drawn_url(640, "webp")
    answer = asking.signed_in("administrator").get(draft)
    assert answer.status_code == 200
    assert not problems(answer, csp=headers.FILE, referrer=STAFF)


def test_static_files_are_for_our_own_pages_but_for_the_picture_of_shared_links(asking):
    for name, corp in (
        ("site.css", "same-origin"),
        ("favicon.svg", "same-origin"),
        ("admin-names.js", "same-origin"),
        ("og.png", "cross-origin"),
    ):
        path = f"/static/{name}"
        for status, answer in ((200, asking.get(path)), (304, asking.again(path))):
            assert answer.status_code == status
            assert not problems(answer, csp=headers.FILE, corp=corp), name
    assert social_picture().endswith("/static/og.png")


def fail(request):
    raise RuntimeError("broken")


urlpatterns = [path("en/broken/", fail), path("admin/broken/", fail)]
handler500 = "nkhr.errors.broken"


def test_a_mistake_of_ours_has_them_too(asking, settings):
    settings.ROOT_URLCONF = __name__
    for where, referrer in (("/en/broken/", READERS), ("/admin/broken/", STAFF)):
        answer = asking.get(where)
        assert answer.status_code == 500
        assert not problems(answer, csp=headers.PAGE, referrer=referrer)


# --- Over every address ---------------------------------------------------------------------------


def test_every_address_answers_everybody_with_them_and_runs_only_scripts_with_the_nonce(asking):
    met = set()
    for client in (asking.client, asking.signed_in("administrator").client):
        asking.client = client
        for address in addresses():
            for method in ("GET", "POST"):
                answer = asking.get(address.path, method)
                csp, corp = policy_of(answer), answer["Cross-Origin-Resource-Policy"]
                for_staff = address.is_staff or "no-store" in answer.get("Cache-Control", "")
                referrer = STAFF if for_staff else READERS
                if "nofollow" in answer.headers.get("X-Robots-Tag", ""):  # told to nobody
                    referrer = "no-referrer"
                found = problems(answer, csp=csp, referrer=referrer, corp=corp)
                # A preview as on a phone holds the page in a frame of our own.
                may_be = ["X-Frame-Options: SAMEORIGIN"] if csp == PREVIEW_POLICY else []
                assert found == may_be, address.path
                may_run = address.is_staff or address.route in SCRIPTED_FOR_READERS
                assert may_run or csp != headers.SCRIPTED, address.path
                met.add((csp, corp))
    assert len(met) == 5


def test_no_two_answers_have_the_same_nonce(asking):
    asking.signed_in("administrator")
    policies = {asking.get("/admin/")["Content-Security-Policy"] for _ in range(20)}
    assert len(policies) == 20


# --- Over an insecure connection --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "status"), [("127.0.0.1:8000", 301), ("evil.example", 400)], ids=["ours", "another"]
)
def test_what_comes_unencrypted_is_told_the_same_and_never_to_stay_with_https(asking, host, status):
    """A browser ignores it there, and must (RFC 6797, 7.2)."""
    answer = asking.get("/en/", secure=False, host=host)
    assert answer.status_code == status
    assert problems(answer, csp=headers.PAGE) == ["Strict-Transport-Security: None"]


# --- What a view says itself ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path_", "own", "told"),
    [
        ("/en/x/", {}, READERS),
        ("/admin/x/", {}, STAFF),
        ("/en/x/", {"Cache-Control": "no-store"}, STAFF),
        ("/en/x/", {"Referrer-Policy": "no-referrer"}, "no-referrer"),
        ("/admin/x/", {"Referrer-Policy": "no-referrer"}, "no-referrer"),
        ("/admin/x/", {"Referrer-Policy": "unsafe-url"}, STAFF),
    ],
)
def test_a_view_may_be_stricter_about_where_a_reader_came_from(rf, path_, own, told):
    middleware = headers.SecurityHeaders(lambda request: HttpResponse(headers=own))
    assert middleware(rf.get(path_))["Referrer-Policy"] == told


def test_a_developer_sees_the_page_of_an_error_whole(rf, settings):
    settings.DEBUG = True
    middleware = headers.SecurityHeaders(lambda request: HttpResponse(status=500))
    assert "Content-Security-Policy" not in middleware(rf.get("/en/"))


def test_a_nonce_asked_for_too_late_is_refused_and_not_made_up(rf):
    request = rf.get("/admin/")
    headers.SecurityHeaders(lambda request: HttpResponse())(request)
    with pytest.raises(CSPNonceError):
        str(request.csp_nonce)
