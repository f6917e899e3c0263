"""Two workers of a real server, and an editor in a process of their own."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

WITHIN_S = 2.5  # "a second or so", on a machine that does other things too
EDITOR = """
import sys, django
django.setup()
from datetime import timedelta
from django.utils import timezone
from advocacy.news.models import Article
from advocacy.publishing import actions
for line in sys.stdin:
    word, *rest = line.split()
    if word == "publish":
        ends = timezone.now() + timedelta(seconds=float(rest[1])) if rest[1:] else None
        one = Article.objects.create(
            title=rest[0], slug=rest[0], body="<p>.</p>", published_at=timezone.now(),
            unpublish_at=ends,
        )
        print(actions.publish(record=one).get_absolute_url(), flush=True)
    elif word == "withdraw":
        actions.withdraw(publication=Article.objects.get(slug=rest[0]))
        print("done", flush=True)
"""


class Server:
    """A site of its own in `place`, on SQLite whatever the suite runs on."""

    def __init__(self, place: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.env = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "DJANGO_SETTINGS_MODULE": "nkhr.settings",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "VAR_DIR": str(place / "var"),
            "MEDIA_ROOT": str(place / "media"),
            "SECRET_KEY": "only for this test " * 3,
            "BACKUP_DIR": "off",
        }
        for command in ("migrate", "collectstatic"):
            words = [sys.executable, "manage.py", command, "--verbosity=0", "--no-input"]
            subprocess.run(words, cwd=settings.BASE_DIR, env=self.env, check=True, timeout=300)

    @contextmanager
    def running(self):
        serve = f"-m granian --interface wsgi --host 127.0.0.1 --port {self.port} --workers 2"
        serve += " --blocking-threads 2 --log-level warning nkhr.wsgi:application"
        server = subprocess.Popen(
            [sys.executable, *serve.split()], cwd=settings.BASE_DIR, env=self.env
        )
        self.editor = subprocess.Popen(
            [sys.executable, "-c", EDITOR],
            cwd=settings.BASE_DIR,
            env=self.env,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        try:
            self.until(lambda: self.ask("/healthz")[0] == 200, 60)
            yield self
        finally:
            self.editor.communicate(timeout=30)
            server.terminate()
            server.wait(30)

    def edit(self, words: str) -> str:
        self.editor.stdin.write(words + "\n")
        self.editor.stdin.flush()
        return self.editor.stdout.readline().strip()

    def ask(self, path: str) -> tuple[int, str]:
        """By a connection of its own, so that now one worker answers and now the other."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            agent = f"Mozilla/5.0 (X11; {time.monotonic_ns()}) Gecko/20100101 Firefox/128.0"
            connection.request("GET", path, headers={"User-Agent": agent})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except OSError:
            return 0, ""
        finally:
            connection.close()

    def until(self, holds, seconds: float) -> None:
        ends = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < ends
            time.sleep(0.05)

    def always(self, path: str, status: int, times: int = 40) -> bool:
        return all(self.ask(path)[0] == status for _ in range(times))


@pytest.mark.long
def test_every_worker_of_a_real_server_follows_the_record(tmp_path):
    """The places that the test's own fixtures made are those the server uses."""
    with Server(tmp_path).running() as server:
        path = server.edit("publish first")
        server.until(lambda: server.ask(path)[0] == 200, 10)
        time.sleep(WITHIN_S)
        assert server.always(path, 200)

        time.sleep(2 * WITHIN_S)  # then both workers show how often it was read
        shown = {int(re.search(r"data-reads>(\d+)", server.ask(path)[1])[1]) for _ in range(10)}
        assert 41 <= min(shown) <= max(shown) <= 41 + 10

        server.edit("withdraw first")
        time.sleep(WITHIN_S)
        assert server.always(path, 410)

        path = server.edit("publish second 8")
        ends = time.monotonic() + 8
        time.sleep(WITHIN_S)
        assert server.always(path, 200, times=10)
        time.sleep(max(0.0, ends + 0.05 - time.monotonic()))
        assert server.always(path, 410)  # at its moment, on both; not up to a second later
