"""The real server, which is not stopped while its site is put back to what it was."""

from __future__ import annotations

import subprocess
import sys
import time
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.conf import settings

from tests.site.serving import serve
from tools.checks import without_settings

PATIENCE_S = 60
LATER = """
import django
django.setup()
from tests.facts import article
print(article("Published after the backup").get_absolute_url())
"""


@pytest.mark.long
def test_a_running_server_shows_the_restored_site_and_what_is_published_after_it(tmp_path):
    place = tmp_path / "served"
    place.mkdir()
    with serve(place) as port:
        env = {
            **without_settings(),
            "DJANGO_SETTINGS_MODULE": "tests.site.served",
            "VAR_DIR": str(place / "var"),
            "MEDIA_ROOT": str(place / "media"),
            "SITE_URL": f"http://127.0.0.1:{port}",
        }

        def run(*words: str) -> str:
            done = subprocess.run(
                [sys.executable, *words],
                cwd=settings.BASE_DIR,
                env=env,
                check=True,
                capture_output=True,
                text=True,
            )
            return done.stdout.strip()

        def get(path: str) -> tuple[int, bytes]:
            try:
                with urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
                    return answer.status, answer.read()
            except HTTPError as error:
                with error:
                    return error.code, b""

        def becomes(path: str, status: int, body: bytes | None = None) -> bool:
            until = time.monotonic() + PATIENCE_S
            while time.monotonic() < until:
                answer = get(path)
                if answer[0] == status and body in (None, answer[1]):
                    return True
                time.sleep(0.1)
            return False

        run("manage.py", "first_run")
        archive = str(tmp_path / "site.tar.gz")
        run("manage.py", "backup", archive)
        assert becomes("/en/news/", 200)
        before = get("/en/news/")[1]
        later = run("-c", LATER)
        assert becomes(later, 200)
        assert "Everybody signs in again" in run("manage.py", "restore", "--yes", archive)
        assert becomes("/en/news/", 200, before)
        assert becomes(later, 404)
        again = run("-c", LATER)
        assert becomes(again, 200)
