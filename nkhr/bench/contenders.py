"""What is measured side by side: the site, nginx with the same bytes as files, granian with none of it."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

from dev import server as command_of_site

from .load import BROWSER
from .processes import Server, running

HOST = "127.0.0.1"
WORKERS = 2

NGINX = """
daemon off;
worker_processes {workers};
{user}
pid {folder}/nginx.pid;
error_log {folder}/nginx.log crit;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000000;
    types {{ text/html html; application/atom+xml atom; application/pdf pdf; }}
    client_body_temp_path {folder}/temp;
    proxy_temp_path {folder}/temp;
    fastcgi_temp_path {folder}/temp;
    uwsgi_temp_path {folder}/temp;
    scgi_temp_path {folder}/temp;
    server {{
        listen {host}:{port};
        root {folder}/files;
        gzip_static on;
    }}
}}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


@contextmanager
def site(probe: str, *, workers: int = WORKERS, **env: str) -> Iterator[Server]:
    """The site as `dev.py run` serves it, with the settings of this process and those in `env`."""
    port = free_port()
    url = f"http://{HOST}:{port}"
    command = command_of_site(HOST, port, workers)
    env = {"MALLOC_ARENA_MAX": "2", **env, "SITE_URL": url}
    with running(command, url, probe=probe, env=env) as server:
        yield server


@contextmanager
def hello(size: int) -> Iterator[Server]:
    """The same server with nothing behind it, answering with so many bytes."""
    port = free_port()
    command = command_of_site(HOST, port, WORKERS)
    command[-1] = "nkhr.bench.hello:application"
    env = {"HELLO_BYTES": str(size)}
    with running(command, f"http://{HOST}:{port}", probe="/", env=env) as server:
        yield server


@contextmanager
def nginx(program: str, folder: Path, probe: str) -> Iterator[Server]:
    """nginx with the files in `folder`/files, and with those beside them that end in .gz."""
    port = free_port()
    (folder / "temp").mkdir(parents=True)
    user = "user root;" if os.geteuid() == 0 else ""
    configuration = folder / "nginx.conf"
    configuration.write_text(
        NGINX.format(workers=WORKERS, user=user, folder=folder, host=HOST, port=port)
    )
    command = [program, "-c", str(configuration), "-p", str(folder)]
    with running(command, f"http://{HOST}:{port}", probe=probe) as server:
        yield server


def fetch(url: str, headers: Mapping[str, str]) -> tuple[bytes, Mapping[str, str]]:
    """An answer's bytes as they were sent, and its headers."""
    with urlopen(Request(url, headers={**BROWSER, **headers})) as answer:  # noqa: S310  this machine
        return answer.read(), answer.headers
