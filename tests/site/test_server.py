"""The real server before the site, started as `dev.py run` starts it, and what nobody should send.

What it refuses itself it refuses with a bare status; what it lets through, the site answers.
"""

import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from tests.site.serving import serve
from tools.checks import without_settings

CLOSED = "closed"  # without a word that reached us
REFUSED = {"400", "414", "431"}


class Served:
    """Speaks to it byte by byte, as no client would."""

    def __init__(self, port: int, place: Path) -> None:
        self.port = port
        self.place = place

    def send(self, request: bytes) -> bytes:
        """Everything it answers until it closes the connection; what was still on its way to us
        is lost when it does so while we still speak."""
        answer = b""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            try:
                connection.sendall(request)
                while part := connection.recv(65536):
                    answer += part
            except (BrokenPipeError, ConnectionResetError):
                pass  # it had heard enough
        return answer

    def ask(self, target: bytes, method: bytes = b"GET", *lines: bytes) -> tuple[str, str]:
        """Status and body."""
        host = b"Host: 127.0.0.1:%d" % self.port
        head = [method + b" " + target + b" HTTP/1.1", host, *lines, b"Connection: close"]
        return self.read(b"\r\n".join([*head, b"", b""]))

    def read(self, request: bytes) -> tuple[str, str]:
        head, _, body = self.send(request).partition(b"\r\n\r\n")
        return head.split(b" ")[1].decode() if head else CLOSED, body.decode()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    place = tmp_path_factory.mktemp("served")
    with serve(place) as port:
        yield Served(port, place)


def test_the_server_draws_what_was_uploaded_without_being_asked(served, tmp_path):
    """Uploaded here by another process, as the first record is."""
    Image.new("RGB", (600, 400)).save(tmp_path / "hall.png")
    upload = f"""
import django
django.setup()
from pathlib import Path
from advocacy.attachments import actions
actions.store(source=Path({str(tmp_path / "hall.png")!r}), title="A hall", decorative=True)
"""
    env = {
        **without_settings(),
        "DJANGO_SETTINGS_MODULE": "nkhr.settings",
        "VAR_DIR": str(served.place / "var"),
        "MEDIA_ROOT": str(served.place / "media"),
    }
    command = [sys.executable, "-c", upload]
    subprocess.run(command, cwd=settings.BASE_DIR, env=env, check=True)
    for _attempt in range(300):
        file = served.place / "var" / "nkhr.sqlite3"
        with closing(sqlite3.connect(file, timeout=20)) as database:
            drawn = database.execute("SELECT width, format FROM attachments_rendition").fetchall()
        if len(drawn) > 1:
            break
        time.sleep(0.2)
    assert sorted(drawn) == [(w, f) for w in (320, 600) for f in ("avif", "jpeg", "webp")]


def test_a_query_of_five_megabytes_is_refused_at_once_and_the_next_reader_served(served):
    for query in (b"a" * 5_000_000, b"a=1&" * 1_250_000):
        start = time.monotonic()
        assert served.ask(b"/en/news/?" + query)[0] in {*REFUSED, CLOSED}
        assert time.monotonic() - start < 10
        assert served.ask(b"/en/news/")[0] == "200"


def test_a_query_as_long_as_the_server_takes_is_answered_with_a_page(served):
    status, body = served.ask(b"/en/news/?" + b"a" * 60_000)
    assert status == "200"
    status, body = served.ask(b"/en/news/?" + b"a=1&" * 15_000)
    assert status == "400"
    assert "could not be read" in body
    assert "읽을 수 없습니다" in body


@pytest.mark.parametrize(
    "target",
    [
        *(b"/en/%00/", b"/en/%C0%AF%C0%AE/", b"/en/%ED%A0%80/", b"/ko/%FF%FE/"),
        *(b"/en/../../etc/passwd", b"/static/%2e%2e/%2e%2e/nkhr.sqlite3", b"/static/site.css%00"),
        *(b"/en/news/?page=-1", b"/en/news/?tag=%00", b"/en/news/?year=99999999999999"),
        *(b"//evil.example/en/", b"/\\evil.example/"),
    ],
)
def test_what_cannot_be_there_is_missing_in_the_language_of_its_address(served, target):
    status, body = served.ask(target)
    assert status == "404"
    language = "ko" if target.startswith(b"/ko/") else "en"
    assert f'<html lang="{language}"' in body


@pytest.mark.parametrize(
    "target", [b"/en/\x00/", b"/ko/\xff\xfe/", b"/en/news/?tag=\xed\xa0\x80", b"/en/ /", b"*"]
)
def test_bytes_no_browser_sends_are_no_mistake_of_ours(served, target):
    assert served.ask(target)[0] in {"200", "400", "404"}
    assert served.ask(target, b"OPTIONS")[0] in {"400", "404", "405"}


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /en/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        b"GET /en/ HTTP/1.1\r\nHost: a b<script>\r\nConnection: close\r\n\r\n",
        b"GET /en/ HTTP/1.1\r\nConnection: close\r\n\r\n",
        b"GET /en/ HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        b"GET /en/\r\n\r\n",
        b"GET /en/ HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 900_000 + b"\r\n\r\n",
        b"POST /en/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
    ],
    ids=[
        "another host",
        "no host's name",
        "no host",
        "two hosts",
        "no version",
        "header",
        "length",
    ],
)
def test_a_request_that_is_not_well_formed_or_not_for_us_is_refused(served, request_):
    status, body = served.read(request_)
    assert status in {*REFUSED, CLOSED}
    assert "evil" not in body


@pytest.mark.parametrize(
    "method", [b"OPTIONS", b"POST", b"PUT", b"PATCH", b"DELETE", b"TRACE", b"CONNECT", b"BREW"]
)
def test_a_page_is_only_read(served, method):
    status, body = served.ask(b"/ko/news/", method)
    assert status == "405"
    assert '<html lang="ko"' in body


def test_a_body_nobody_asked_for_is_not_waited_for(served):
    status, _body = served.ask(b"/en/news/", b"POST", b"Content-Length: 20000000")
    assert status == "405"


def test_head_is_answered_without_a_body(served):
    assert served.ask(b"/en/news/", b"HEAD") == ("200", "")


def test_cookies_and_conditions_no_browser_sends_break_nothing(served):
    for line in (
        b"Cookie: sessionid=\xff\xfe; csrftoken=" + b"a" * 5000,
        b"If-Modified-Since: Foo, 99 Bar 99999999999 99:99:99 GMT",
        b'If-None-Match: "\xff,,,',
        b"Range: bytes=999999999999999999999-",
        b"Accept-Language: " + b"ko," * 5000,
        b"Accept-Encoding: " + b"gzip;q=x," * 500,
    ):
        assert served.ask(b"/en/news/", b"GET", line)[0] in {"200", "400"}, line[:40]
