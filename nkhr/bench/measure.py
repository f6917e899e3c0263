"""Measuring one request, without a server and without anything kept between requests."""

from __future__ import annotations

import gzip
import re
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import RequestFactory

WARM_UP = 20
ROUNDS = 300


@dataclass(frozen=True)
class Cost:
    """CPU of one request in milliseconds, the median; its queries; its body in bytes."""

    cpu_ms: float
    queries: int
    size: int


def of_page(path: str, rounds: int = ROUNDS) -> Cost:
    """What Django spends on one GET, through all its middleware. Raises RuntimeError if not 200."""
    answer = visitor_of(path)
    return Cost(cpu_of(answer, rounds), _queries(answer), len(answer()))


def visitor_of(path: str, handler: WSGIHandler | None = None) -> Callable[[], bytes]:
    """Asks for a page each time it is called, and gives its body. Raises RuntimeError if not 200."""
    handler = handler or WSGIHandler()
    environ = dict(RequestFactory().get(path, headers={"host": "127.0.0.1"}).environ)
    # The factory has read it already; a server gives the bytes of UTF-8 one by one (PEP 3333).
    environ["PATH_INFO"] = environ["PATH_INFO"].encode().decode("latin-1")

    def start_response(status, headers, exc_info=None, /) -> Callable[[bytes], object]:
        if not status.startswith("200"):
            raise RuntimeError(f"{path} answered {status}")
        return lambda body: None

    def visit() -> bytes:
        with closing(handler(dict(environ), start_response)) as response:
            return b"".join(response)

    return visit


def cpu_of(call: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median CPU of `call`, in milliseconds."""
    for _ in range(min(WARM_UP, rounds)):
        call()
    spent = []
    for _ in range(rounds):
        start = time.process_time_ns()
        call()
        spent.append(time.process_time_ns() - start)
    return statistics.median(spent) / 1e6


def page_weight(path: str) -> tuple[int, int]:
    """Bytes of a page and of its style sheets, each gzip'd."""
    page = visitor_of(path)()
    styles = 0
    for name in re.findall(r'rel="stylesheet" href="/static/([^"]+)"', page.decode()):
        plain = re.sub(r"\.[0-9a-f]{12}(\.css)$", r"\1", name)
        found = finders.find(plain)
        if found is None:
            raise RuntimeError(f"no style sheet {plain}")
        styles += len(gzip.compress(Path(found).read_bytes(), 6))
    return len(gzip.compress(page, 6)), styles


def _queries(call: Callable[[], object]) -> int:
    count = 0

    def counted(execute, sql, params, many, context):
        nonlocal count
        count += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counted):
        call()
    return count
