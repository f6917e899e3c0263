"""An import that is killed at any moment, and begun again, brings every post once."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from tests.imports import dumps
from tests.imports.dumps import post, write

pytestmark = pytest.mark.long

POSTS = 1500
KILLS = 12


def manage(place: Path, *arguments: str) -> subprocess.Popen:
    environment = {
        **os.environ,
        "VAR_DIR": str(place),
        "MEDIA_ROOT": str(place / "media"),
        "DATABASE_URL": "",
        "REGISTER_URL": "",
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def finish(running: subprocess.Popen) -> None:
    _out, said = running.communicate(timeout=600)
    assert running.returncode == 0, said.decode()


def asked(place: Path, query: str) -> list:
    with sqlite3.connect(place / "nkhr.sqlite3", timeout=60) as database:
        return database.execute(query).fetchall()


def test_twelve_kills_lose_no_post_and_bring_none_twice(tmp_path):
    tmp_path = tmp_path / "site"  # the others are this process's
    (tmp_path / "media").mkdir(parents=True)
    finish(manage(tmp_path, "migrate", "-v0"))
    table = write()
    for number in range(1, POSTS + 1):
        body = f"<p>글 {number} <a href='/bbs/board.php?bo_table=news&wr_id={POSTS + 1 - number}'>x</a></p>"
        table.add(**post(number, f"제목 {number}", body, wr_option="html1", wr_hit=number))
    dump = dumps.dump(tmp_path / "old.sql", table)
    command = ("import_gnuboard", str(dump), "--board", "news")
    chance = random.Random(12)
    counted = []
    for _kill in range(KILLS):
        running = manage(tmp_path, *command)
        before = asked(tmp_path, "SELECT count(*) FROM imports_imported")[0][0]
        until = time.monotonic() + 60
        while time.monotonic() < until and running.poll() is None:  # until it is at work
            if asked(tmp_path, "SELECT count(*) FROM imports_imported")[0][0] != before:
                break
            time.sleep(0.02)
        time.sleep(chance.random() * 0.6)
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
        (landed,) = asked(tmp_path, "SELECT count(*) FROM imports_imported")[0]
        (articles,) = asked(tmp_path, "SELECT count(*) FROM news_article")[0]
        assert landed == articles
        counted.append(landed)
    finish(manage(tmp_path, *command))
    assert counted == sorted(counted)
    for query, number in (
        (
            "SELECT count(*), count(DISTINCT title) FROM news_article WHERE status='published'",
            POSTS,
        ),
        ("SELECT count(*), count(DISTINCT key) FROM imports_imported", POSTS),
        ("SELECT count(*), count(DISTINCT item) FROM hits_baseline", POSTS),
        ("SELECT count(*), count(DISTINCT source) FROM search_document", POSTS),
    ):
        assert asked(tmp_path, query) == [(number, number)], query
    assert not asked(tmp_path, "SELECT id FROM news_article WHERE body LIKE '%wr_id%'")
    finish(manage(tmp_path, "verify_log"))
