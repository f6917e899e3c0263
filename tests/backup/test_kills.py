"""Killed whenever you like: never half a backup, never half a restore."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings as django_settings
from django.db import connection

pytestmark = pytest.mark.django_db
START = """
import django
django.setup()
from tests.backup import killing
killing.main({work!r}, {place!r}, {built!r}, {number})
"""


@pytest.fixture
def kill(new_site, built, settings, tmp_path) -> Callable[[str, int], dict[str, int]]:
    def killed(work: str, number: int) -> dict[str, int]:
        site, place = new_site(), tmp_path / "killed"
        place.mkdir()
        url = f"sqlite:///{site.name}"
        if connection.vendor == "postgresql":
            given = urlsplit(os.environ["DATABASE_URL"])
            url = urlunsplit(given._replace(path=f"/{site.name}"))
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "nkhr.settings",
            "DATABASE_URL": url,
            "VAR_DIR": str(settings.VAR_DIR),
            "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        }
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                START.format(work=work, place=str(place), built=str(built), number=number),
            ],
            cwd=django_settings.BASE_DIR,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return killed


def test_a_killed_backup_leaves_a_whole_file_or_none(kill):
    assert kill("backups", 5)["none"] > 0


@pytest.mark.skipif(connection.vendor != "sqlite", reason="many restores: with the long tests")
def test_a_killed_restore_leaves_the_site_as_it_was_or_restored(kill):
    told = kill("restores", 5)
    assert told["before"] > 3
    assert told["restored"] > 0


@pytest.mark.long
@pytest.mark.parametrize("work", ["backups", "restores"])
def test_forty_kills_leave_nothing_half(kill, work):
    told = kill(work, 40)
    assert sum(told.values()) >= 40
