"""Workers really killed: no picture is left undrawn, none is drawn twice, no task runs for ever."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings as django_settings
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)
START = """
import django
django.setup()
from tests.attachments import killing
killing.main({work!r}, {number})
"""


@pytest.fixture
def kill(settings, tmp_path):
    def killed(work: str, number: int) -> dict:
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "nkhr.settings",
            "DATABASE_URL": url_of_the_test_database(tmp_path / "killed.sqlite3"),
            "VAR_DIR": str(settings.VAR_DIR),
            "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        }
        done = subprocess.run(
            [sys.executable, "-c", START.format(work=work, number=number)],
            cwd=django_settings.BASE_DIR,
            env=env,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return killed


def url_of_the_test_database(copy) -> str:
    """That of PostgreSQL itself; of SQLite, which is in memory, a copy in a file."""
    if connection.vendor == "postgresql":
        name = connection.settings_dict["NAME"]
        return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    connection.ensure_connection()
    with closing(sqlite3.connect(copy)) as file:
        connection.connection.backup(file)
    return f"sqlite:///{copy}"


def test_a_kill_at_any_instant_of_a_task_loses_none_and_draws_nothing_twice(kill):
    told = kill("instants", 3)
    assert (told["pictures"], told["tasks"]) == (3, 3)
    assert told["wrong"] == told["missing"] == []
    assert told["attempts"] > told["tasks"]


def test_workers_of_two_machines_killed_at_random_leave_every_picture_drawn(kill):
    told = kill("random", 12)
    assert told["pictures"] == told["tasks"] > 2
    assert told["wrong"] == told["missing"] == []


@pytest.mark.long
def test_two_hundred_kills_leave_every_picture_drawn(kill):
    told = kill("random", 200)
    assert told["pictures"] == told["tasks"] > 50
    assert told["wrong"] == told["missing"] == []
