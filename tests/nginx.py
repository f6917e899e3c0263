"""The nginx file that we ship, in a real nginx."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.hits.killing import ROOT, free_port

NGINX = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


@contextmanager
def shipped(place: Path, site: int, *, certificate: Path | None = None) -> Iterator[int]:
    """The port on which it listens for the site at port `site`, by https if there is a certificate.

    Changed are the ports, the certificate and the places of logs; it may need a moment to listen.
    """
    if not NGINX:
        pytest.skip("nginx is not installed: apt-get install nginx")
    port, plain = free_port(), free_port()
    tls = "ssl http2" if certificate else ""
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    changes = [
        (r"listen 80;\s+listen \[::\]:80;", f"listen 127.0.0.1:{plain};"),
        (
            r"listen 443 ssl http2;\s+listen \[::\]:443 ssl http2;",
            f"listen 127.0.0.1:{port} {tls};",
        ),
        (r"server 127\.0\.0\.1:8000;", f"server 127.0.0.1:{site};"),
        (r"/var/log/nginx/", f"{place}/"),
        (r"(ssl_certificate\S*) [^\n]*", rf"\1 {certificate};")
        if certificate
        else (r"\n +ssl_[^\n]*", ""),
    ]
    for pattern, replacement in changes:
        text, number = re.subn(pattern, replacement, text)
        assert number, pattern
    user = "user root;" if os.geteuid() == 0 else ""
    places = " ".join(
        f"{name}_temp_path {place}/nginx-{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf = place / "nginx.conf"
    conf.write_text(
        f"{user} worker_processes 1; pid {place}/nginx.pid; events {{}} http {{ {places}\n{text}}}"
    )
    command = [NGINX, "-p", str(place), "-c", str(conf), "-g", "daemon off;"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    try:
        yield port
    finally:
        process.terminate()
        process.communicate()
