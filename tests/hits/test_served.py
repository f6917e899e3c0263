"""Counting through real servers: two workers of granian, and the nginx file that we ship."""

import http.client
import time
from pathlib import Path

import pytest

from tests.nginx import shipped

from .conftest import FIREFOX
from .killing import Server
from .test_killed_server import run

PATIENCE_S = 60


@pytest.fixture
def server(tmp_path):
    run(tmp_path, "migrate")
    environ = {"VAR_DIR": str(tmp_path), "BEHIND_A_PROXY": "1"}
    started = Server(environ, "tests.hits.served:application", fold=[])
    try:
        get(started.port, wait=True, agent="curl/8.5.0 (asks whether it is there)")
        yield started
    finally:
        started.stop()


def get(port: int, *, source="127.0.0.1", agent=FIREFOX, wait=False, **headers) -> str:
    """The worker that answered."""
    until = time.monotonic() + PATIENCE_S
    while True:
        connection = http.client.HTTPConnection(
            "127.0.0.1", port, timeout=20, source_address=(source, 0)
        )
        try:
            connection.request("GET", "/", headers={"User-Agent": agent, **headers})
            response = connection.getresponse()
            response.read()
            if response.status == 200:
                return response.headers["X-Worker"]
            assert wait, response.status
        except OSError:
            assert wait
            assert time.monotonic() < until, "nobody answered"
        finally:
            connection.close()
        time.sleep(0.05)


def views(var: Path) -> int:
    return int(run(var, "count").split()[0])


def test_double_clicks_on_two_workers_of_a_real_server_are_one(server, tmp_path):
    workers = {get(server.port)}
    until = time.monotonic() + 25
    while len(workers) < 2:
        assert time.monotonic() < until, "one worker answered everything"
        workers.add(get(server.port))
    assert views(tmp_path) == 1


@pytest.fixture
def nginx(server, tmp_path):
    with shipped(tmp_path, server.port) as port:
        get(port, wait=True, agent="curl/8.5.0 (asks whether it is there)")
        yield port


def test_readers_behind_the_shipped_nginx_file_are_told_apart_and_not_logged(nginx, tmp_path):
    get(nginx, source="127.0.0.2")
    get(nginx, source="127.0.0.3")
    get(nginx, source="127.0.0.2")  # a double click
    get(nginx, source="127.0.0.3", **{"X-Forwarded-For": "127.0.0.4"})  # a forged hop
    assert views(tmp_path) == 2
    written = "".join(path.read_text() for path in tmp_path.glob("*.log"))
    assert written.count("GET / 200") >= 4
    for secret in ("127.0.0.", "Firefox"):
        assert secret not in written


def test_what_opens_a_preview_is_not_logged_by_the_shipped_nginx_file(nginx, tmp_path):
    for path in ("/en/preview/zzsecret/", "/preview/zzsecret/documents/x", "/en/previews/"):
        connection = http.client.HTTPConnection("127.0.0.1", nginx, timeout=20)
        connection.request("GET", path)
        connection.getresponse().read()
        connection.close()
    written, until = "", time.monotonic() + 20
    while "/en/previews/" not in written and time.monotonic() < until:  # written after the answer
        written = "".join(path.read_text() for path in tmp_path.glob("*.log"))
    assert "/en/previews/" in written
    assert "zzsecret" not in written
