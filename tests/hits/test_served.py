"""Counting through real servers: two workers of granian, and the nginx file that we ship."""

import http.client
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from .conftest import FIREFOX
from .killing import ROOT, Server, free_port
from .test_killed_server import run

PATIENCE_S = 60
NGINX = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


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
    """The shipped file, but for ports, certificates and the places of logs."""
    if not NGINX:
        pytest.skip("nginx is not installed: apt-get install nginx")
    port = free_port()
    shipped = (ROOT / "deploy" / "nginx.conf").read_text()
    changes = [
        (r"listen 80;\s+listen \[::\]:80;", f"listen 127.0.0.1:{free_port()};"),
        (r"listen 443 ssl http2;\s+listen \[::\]:443 ssl http2;", f"listen 127.0.0.1:{port};"),
        (r"\n +ssl_[^\n]*", ""),
        (r"server 127\.0\.0\.1:8000;", f"server 127.0.0.1:{server.port};"),
        (r"/var/log/nginx/", f"{tmp_path}/"),
    ]
    for pattern, replacement in changes:
        shipped, number = re.subn(pattern, replacement, shipped)
        assert number, pattern
    user = "user root;" if os.geteuid() == 0 else ""
    places = " ".join(
        f"{name}_temp_path {tmp_path}/nginx-{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf = tmp_path / "nginx.conf"
    conf.write_text(
        f"{user} worker_processes 1; pid {tmp_path}/nginx.pid; events {{}} http {{ {places}\n{shipped}}}"
    )
    command = [NGINX, "-p", str(tmp_path), "-c", str(conf), "-g", "daemon off;"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    try:
        get(port, wait=True, agent="curl/8.5.0 (asks whether it is there)")
        yield port
    finally:
        process.terminate()
        process.communicate()


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
