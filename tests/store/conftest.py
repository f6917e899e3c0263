"""A store around Django, and readers who ask it."""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes
from uuid import UUID

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils.encoding import iri_to_uri

from advocacy.hits import counts, journal, trouble, visitors
from advocacy.hits.fold import fold
from nkhr.store import clock
from nkhr.store.layer import Store
from tests.hits.conftest import FIREFOX
from tests.hits.journals import lines

HOST = "127.0.0.1:8000"
ROOM = 64_000_000
DECODE = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    raw: bytes

    def __getitem__(self, name: str) -> str:
        (value,) = [value for key, value in self.headers if key.lower() == name.lower()]
        return value

    def get(self, name: str, otherwise: str = "") -> str:
        given = {key.lower(): value for key, value in self.headers}
        return given.get(name.lower(), otherwise)

    @property
    def body(self) -> bytes:
        return DECODE[self.get("Content-Encoding")](self.raw)

    @property
    def text(self) -> str:
        return self.body.decode()


def environ(path: str, method: str = "GET", host: str = HOST, **headers: str) -> dict[str, Any]:
    """As a server makes it of `GET path?query`; keywords are headers."""
    path, _, query = iri_to_uri(path).partition("?")
    made = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _unquoted(path),
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "198.51.100.7",
        "HTTP_HOST": host,
        "HTTP_USER_AGENT": FIREFOX,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in headers.items():
        made[f"HTTP_{name.upper()}"] = value
    return made


def _unquoted(path: str) -> str:
    return unquote_to_bytes(path).decode("latin-1")


def call(application: Any, request: dict[str, Any]) -> Answer:
    # As Django's test client does: a test in a transaction keeps its connection.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    heard: list[Any] = []
    chunks: Iterable[bytes] = application(request, lambda *words: heard.append(words))
    body = b"".join(chunks)
    getattr(chunks, "close", bool)()
    ((status, headers, *_),) = heard
    return Answer(int(status.split()[0]), list(headers), body)


class Below:
    """Django, and what it was asked."""

    def __init__(self) -> None:
        self.handler = WSGIHandler()
        self.asked: list[dict[str, Any]] = []

    def __call__(self, request, start_response):
        self.asked.append(request)
        return self.handler(request, start_response)


class Site:
    """A worker: its store, its Django, and its clock, which ticks when told."""

    def __init__(self, capacity: int = ROOM, below: Any = None) -> None:
        self.below = below or Below()
        self.store = Store(self.below, capacity=capacity, ticking=False)
        self.tick()

    def tick(self, at=None) -> None:
        self.store.clock.tick(at)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        return call(self.store, environ(path, method, **headers))

    def renders(self, path: str, **headers: str) -> int:
        """How often Django was asked while this was answered."""
        before = len(self.below.asked)
        self.get(path, **headers)
        return len(self.below.asked) - before

    def passed_by(self, path: str, method: str = "GET", **headers: str) -> bool:
        """Whether Django got the request itself."""
        request = environ(path, method, **headers)
        call(self.store, request)
        return self.below.asked[-1] is request

    def __len__(self) -> int:
        return len(self.store.pages)


@pytest.fixture(autouse=True)
def _fresh_process():
    trouble.forget()
    visitors.forget()
    yield
    journal.writer.close()
    trouble.forget()
    visitors.forget()


BELIEVED_S = clock.BELIEVED_S


@pytest.fixture(autouse=True)
def _connections_close_again():
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def _a_tick_lasts(monkeypatch):
    """A busy machine may take longer for a test than an answer is believed."""
    monkeypatch.setattr(clock, "BELIEVED_S", 3600.0)


@pytest.fixture
def site(db) -> Site:
    return Site()


def hits() -> int:
    """Records in the journals that are not folded yet."""
    return lines()


def fold_hits() -> None:
    assert not fold().busy


def reads_of(item: UUID) -> int:
    return counts.views(item)
