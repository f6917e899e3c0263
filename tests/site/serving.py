"""The real server before a site without content, started as `dev.py run` starts it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

import dev
from tests.hits.killing import free_port
from tools.checks import without_settings
from tools.commands import finish

PASSWORD = "a long pass phrase"
#: The environment of a public site with somebody who may do everything.
PUBLIC = {
    "SITE_URL": "https://www.example.org",
    "ALLOWED_HOSTS": "www.example.org,localhost,127.0.0.1",
    "SECRET_KEY": "k7Vd0q_" * 8,
    "TRUSTED_PROXIES": "127.0.0.1",
    "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
}


@contextmanager
def serve(place: Path, **environ: str) -> Iterator[int]:
    """The port it listens on; its files are below `place`. Its log must not hold a traceback."""
    var, media = place / "var", place / "media"
    var.mkdir()
    media.mkdir()
    port = free_port()
    env = {
        **without_settings(),
        "DJANGO_SETTINGS_MODULE": "tests.site.served",
        "VAR_DIR": str(var),
        "MEDIA_ROOT": str(media),
        "SITE_URL": f"http://127.0.0.1:{port}",
        **environ,
    }
    for words in (["migrate", "--verbosity", "0"], *_account(env)):
        command = [sys.executable, "manage.py", *words]
        subprocess.run(command, cwd=settings.BASE_DIR, env=env, check=True, capture_output=True)
    command = [sys.executable, *dev.server("127.0.0.1", port, 1)[1:]]
    log = var / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=env, stdout=output, stderr=output
        )
        try:
            _wait_for(port, process)
            yield port
        finally:
            finish(process)
    assert "Traceback" not in log.read_text()


def _account(env: dict[str, str]) -> Iterator[list[str]]:
    """Of somebody who may do everything, where the environment has the password."""
    if "DJANGO_SUPERUSER_PASSWORD" in env:
        yield ["createsuperuser", "--no-input", "--username", "staff", "--email", ""]


def _wait_for(port: int, process: subprocess.Popen) -> None:
    for _attempt in range(300):
        assert process.poll() is None
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail("The server did not start.")
