"""The headers of a public site behind the nginx file that we ship: none is lost, none said twice."""

from __future__ import annotations

import http.client
import ssl
import time
from http.client import HTTPMessage

import pytest

from nkhr import headers
from tests.hits.killing import free_port
from tests.nginx import shipped
from tests.site.serving import PUBLIC, serve
from tests.site.tls import certificate

HOST = "www.example.org"
OF_THE_SITE = {
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Frame-Options",
}
OF_NGINX = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
}
PATIENCE_S = 60


def asked(port: int, path: str, method: str = "GET", **sent: str) -> tuple[int, HTTPMessage]:
    """Status and headers of an answer of nginx, over https."""
    untrusting = ssl.create_default_context()
    untrusting.check_hostname, untrusting.verify_mode = False, ssl.CERT_NONE
    until = time.monotonic() + PATIENCE_S
    while True:
        connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=30, context=untrusting)
        try:
            connection.putrequest(method, path, skip_host=True)
            for name, value in {"Host": HOST, **sent}.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, answer.headers
        except ConnectionRefusedError:
            assert time.monotonic() < until, "nginx does not listen"
            time.sleep(0.05)
        finally:
            connection.close()


def said(answer: HTTPMessage, names: set[str]) -> dict[str, list[str]]:
    return {name: answer.get_all(name, []) for name in names}


def is_said_by_nginx(answer: HTTPMessage) -> bool:
    return said(answer, set(OF_NGINX)) == {name: [value] for name, value in OF_NGINX.items()}


@pytest.fixture(scope="module")
def trusted(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def nginx(tmp_path_factory, trusted):
    with (
        serve(tmp_path_factory.mktemp("public"), **PUBLIC) as site,
        shipped(tmp_path_factory.mktemp("nginx"), site, certificate=trusted) as port,
    ):
        yield port


@pytest.mark.parametrize(
    ("path", "status", "policy"),
    [
        *[("/en/", 200, headers.PAGE)] * 3,  # kept in memory from the second on
        ("/", 302, headers.PAGE),
        ("/en/news", 301, headers.PAGE),
        ("/ko/nothing/", 404, headers.PAGE),
        ("/documents/x/y.pdf", 404, headers.PAGE),
        ("/static/site.css", 200, headers.FILE),
        ("/feeds/all.atom", 200, headers.PAGE),
        ("/admin/sign-in/", 200, headers.SCRIPTED),
    ],
)
def test_what_the_site_says_arrives_once_and_whole(nginx, path, status, policy):
    found, answer = asked(nginx, path)
    assert found == status
    for name, values in said(answer, OF_THE_SITE).items():
        assert len(values) == 1, name
    assert answer["Content-Security-Policy"].startswith(policy.partition("%s")[0])
    assert not is_said_by_nginx(answer)


def test_a_form_from_elsewhere_is_answered_by_the_site_too(nginx):
    status, answer = asked(nginx, "/admin/sign-in/", "POST", Content_Length="0")
    assert status == 403
    assert all(len(values) == 1 for values in said(answer, OF_THE_SITE).values())


def test_what_is_too_large_for_nginx_is_refused_by_it_with_headers_of_its_own(nginx):
    status, answer = asked(nginx, "/admin/attachments/upload/", "POST", Content_Length="99999999")
    assert status == 413
    assert is_said_by_nginx(answer)


def test_who_tries_to_sign_in_too_often_is_refused_by_nginx_with_headers_of_its_own(nginx):
    answers = [asked(nginx, "/admin/sign-in/", "HEAD") for _ in range(15)]
    refused = [answer for status, answer in answers if status == 429]
    assert refused
    assert all(is_said_by_nginx(answer) for answer in refused)


def test_while_the_site_is_away_nginx_says_so_with_headers_of_its_own(tmp_path, trusted):
    with shipped(tmp_path, free_port(), certificate=trusted) as port:
        status, answer = asked(port, "/en/")
    assert status == 502
    assert is_said_by_nginx(answer)
