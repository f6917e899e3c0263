"""A real HTTP server, really killed under load: no answered reader is lost, and none invented but
one for each request in flight.

Workers, the whole server, the fold, and all of them at once. They share a database file, so this
runs on SQLite whatever the suite runs on.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .killing import ROOT, Server, kill_at_random

SITE = [sys.executable, "-m", "tests.hits.served"]


def run(var: Path, work: str) -> str:
    environ = {**os.environ, "VAR_DIR": str(var)}
    done = subprocess.run(
        [*SITE, work], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def survive(var: Path, kills: int, seed: int) -> None:
    def count() -> tuple[int, int]:
        views, journals = map(int, run(var, "count").split())
        return views, journals

    run(var, "migrate")
    server = Server({"VAR_DIR": str(var)}, "tests.hits.served:application", fold=[*SITE, "fold"])
    kill_at_random(server, "/", kills, count, seed)


def test_a_server_killed_fifteen_times_under_load_loses_and_invents_nothing(tmp_path):
    survive(tmp_path, kills=15, seed=2013)


@pytest.mark.long
def test_a_server_killed_two_hundred_times_under_load_loses_and_invents_nothing(tmp_path):
    survive(tmp_path, kills=200, seed=1997)
