"""Several processes write the log at once, to files of SQLite and to PostgreSQL: one unbroken chain."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from advocacy.publishing import log
from advocacy.publishing.models import LogEntry

WRITERS, ROWS = 4, 25
PROCESS = """
import json, sys
from types import SimpleNamespace
import django
from django.conf import settings
work, name, database = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
settings.configure(
    INSTALLED_APPS=[
        "django.contrib.contenttypes", "django.contrib.auth", "reversion", "advocacy.publishing"
    ],
    USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", DATABASES={"default": database},
)
django.setup()
from django.core.management import call_command
from django.db import transaction
from advocacy.publishing import generation, log
if work == "set up":
    call_command("migrate", verbosity=0)
elif work == "verify":
    head, problem = log.verify()
    print(problem or f"{head.number} rows")
else:
    person = SimpleNamespace(pk=name)
    sys.stdin.readline()  # all begin at once
    for number in range(int(work)):
        with transaction.atomic():
            if number % 2:  # as a form does that makes a tag and then publishes
                generation.bump()
            log.permissions(person=person, before=[], after=[f"n{number}"], by=None)
            generation.bump()
"""


def start(work: str, name: str, database: dict) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", PROCESS, work, name, json.dumps(database)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "PYTHONPATH": str(settings.BASE_DIR)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(work: str, database: dict) -> str:
    process = start(work, "", database)
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    return out


def write_at_once(database: dict) -> None:
    writers = [start(str(ROWS), f"writer{n}", database) for n in range(WRITERS)]
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        _out, err = writer.communicate(timeout=300)
        assert writer.returncode == 0, err


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="files of SQLite")
def test_processes_that_share_a_file_of_sqlite_write_one_chain(tmp_path):
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20}
    database = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(tmp_path / "db.sqlite3"),
        "OPTIONS": options,
    }
    run("set up", database)
    write_at_once(database)
    assert f"{WRITERS * ROWS} rows" in run("verify", database)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="a server of PostgreSQL")
def test_processes_that_share_a_server_of_postgresql_write_one_chain():
    given = {**connection.settings_dict, "CONN_MAX_AGE": 0}
    write_at_once({name: value for name, value in given.items() if name != "TEST"})
    assert log.verify() == (log.head(), "")
    written = LogEntry.objects.values_list("person", "changes")
    assert len(set(written)) == log.head().number == WRITERS * ROWS
