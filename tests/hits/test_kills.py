"""Real processes, really killed: none lost, none invented but one for each request in flight.

Writers record hits and afterwards acknowledge them, as a server answers; folders fold in a loop; all
are killed at random. They share a database file, so this runs on SQLite whatever the suite runs on.
"""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROCESS = """
import os, sys
from pathlib import Path
from uuid import UUID
import django
from django.conf import settings
var, work, name = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
settings.configure(
    INSTALLED_APPS=["advocacy.hits"], USE_TZ=True, TIME_ZONE="Asia/Seoul",
    VAR_DIR=var, TRUSTED_PROXIES=[],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": var / "db.sqlite3",
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE"}}},
)
django.setup()
from advocacy.hits import counts, journal, visitors
from advocacy.hits.counter import Kind
from advocacy.hits.fold import Folder, fold
from advocacy.hits.recording import record
item = UUID(int=7)
journal.LENGTH = 40 * 400
journal.LOOK_EVERY_S = 0
if work == "set up":
    from django.core.management import call_command
    call_command("migrate", verbosity=0)
    visitors.prepare()
elif work == "write":
    answered = os.open(var / "answered", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    number = 0
    while True:
        number += 1
        environ = {"REQUEST_METHOD": "GET", "REMOTE_ADDR": "10.0.0.1",
            "HTTP_USER_AGENT": f"Mozilla/5.0 (X11; {name}.{number}) Gecko/20100101 Firefox/128.0"}
        if not record(item, Kind.VIEW, environ, status=200):
            sys.exit("a hit was not written")
        os.write(answered, b".")
elif work == "fold":
    folder = Folder()
    while True:
        folder.fold()
else:
    assert not fold().busy
    print(counts.views(item), len(journal.files()))
"""


class Site:
    """Two writers and two folders on one place of files; each is started again when it was killed."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.started = 0
        self.run("set up")
        works = ["write", "write", "fold", "fold"]
        self.processes = {place: self.start(work) for place, work in enumerate(works)}

    def command(self, work: str) -> list[str]:
        self.started += 1
        return [sys.executable, "-c", PROCESS, str(self.var), work, str(self.started)]

    def run(self, work: str) -> str:
        done = subprocess.run(
            self.command(work), cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, work: str) -> tuple[str, subprocess.Popen[bytes]]:
        return work, subprocess.Popen(self.command(work), cwd=ROOT, stderr=subprocess.PIPE)

    def kill(self, place: int) -> str:
        work, process = self.processes.pop(place)
        process.send_signal(signal.SIGKILL)
        _out, errors = process.communicate()
        assert process.returncode == -signal.SIGKILL, errors.decode()
        return work

    def answered(self) -> int:
        path = self.var / "answered"
        return path.stat().st_size if path.exists() else 0


def kill_at_random(var: Path, kills: int, pause_s: float) -> None:
    chance = random.Random(20261124)
    site = Site(var)
    writers_killed = 0
    try:
        while not site.answered():
            time.sleep(0.01)
        for _kill in range(kills):
            time.sleep(pause_s * chance.random())
            place = chance.randrange(4)
            work = site.kill(place)
            writers_killed += work == "write"
            site.processes[place] = site.start(work)
    finally:
        for place in list(site.processes):
            writers_killed += site.kill(place) == "write"
    views, journals = map(int, site.run("count").split())
    assert site.answered() <= views <= site.answered() + writers_killed
    assert journals == 0
    assert site.answered() > 100


def test_processes_killed_at_random_lose_no_hit_and_invent_none(tmp_path):
    kill_at_random(tmp_path, kills=6, pause_s=0.8)


@pytest.mark.long
def test_two_hundred_kills_lose_no_hit_and_invent_none(tmp_path):
    kill_at_random(tmp_path, kills=200, pause_s=1.5)


def test_a_kill_of_the_only_writer_frees_its_journal(tmp_path):
    site = Site(tmp_path)
    while site.answered() < 1000:
        time.sleep(0.01)
    for place in list(site.processes):
        site.kill(place)
    views, journals = map(int, site.run("count").split())
    assert site.answered() <= views <= site.answered() + 2
    assert journals == 0
    assert list((tmp_path / "journal").glob("*.journal")) == []
