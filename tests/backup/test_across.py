"""From one kind of database to the other and back, through the same archive."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

from tests import postgres
from tools.checks import without_settings

from .reading import tables

MOVED_ON = {"publishing_generation", "hits_turn"}


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="begins on SQLite, with a server of its own"
)
def test_sqlite_to_postgresql_and_back_gives_the_same_tables_and_files(site, tmp_path):
    first = site.back_up()
    there, back = tmp_path / "there", tmp_path / "back"

    def manage(place: Path, *words: str, **env: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=django_settings.BASE_DIR,
            env={
                **without_settings(),
                "VAR_DIR": str(place),
                "MEDIA_ROOT": str(place / "media"),
                **env,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    second, third = tmp_path / "second.tar.gz", tmp_path / "third.tar.gz"
    with postgres.server() as url:
        manage(there, "restore", "--yes", str(first), DATABASE_URL=url)
        manage(there, "backup", str(second), DATABASE_URL=url)
        assert "The log is whole" in manage(
            there, "verify_log", "--backup", str(first), DATABASE_URL=url
        )
    manage(back, "restore", "--yes", str(second))
    manage(back, "backup", str(third))
    found = [tables(path) for path in (first, second, third)]
    for name, content in found[0].items():
        if name not in MOVED_ON:
            assert found[1][name] == content
            assert found[2][name] == content
    files = [
        {path.name: path.read_bytes() for path in (place / "media").rglob("*") if path.is_file()}
        for place in (tmp_path, there, back)
    ]
    assert files[0] == files[1] == files[2]
    assert "is whole" in manage(tmp_path / "nowhere", "verify", str(third))
