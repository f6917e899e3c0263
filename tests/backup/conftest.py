"""A site with the first record, in a database of its own that a test may wipe and restore."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import override_settings

from advocacy.backup import making, restoring, standing_in, tables
from advocacy.home import first_run
from advocacy.publishing.remembered import forget

from .killing import copied_tables

FIRST = "nkhr_first_record"


@dataclass
class Site:
    """`connection` leads to its database, in threads within `here()`."""

    name: str  # of the database, or the path of its file
    place: Path

    @contextmanager
    def here(self) -> Iterator[None]:
        with standing_in.database(NAME=self.name):
            yield

    def back_up(self, name: str = "site.tar.gz", **options: Any) -> Path:
        path = self.place / name
        making.back_up(path, **options)
        return path

    def restore(self, path: Path) -> restoring.Restored:
        restored = restoring.restore(path)
        forget()
        return restored

    def wipe(self) -> None:
        """Neither tables nor files are left."""
        connection.close()
        if connection.vendor == "sqlite":
            for path in Path(self.name).parent.glob(Path(self.name).name + "*"):
                path.unlink()
        else:
            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        shutil.rmtree(django_settings.MEDIA_ROOT)
        forget()


def make_database(name: str, template: str = "template1") -> None:
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")


@pytest.fixture(scope="session")
def first_record(django_db_setup, django_db_blocker, tmp_path_factory) -> Site:
    """Loaded once, and copied for each test."""
    place = tmp_path_factory.mktemp("first-record")
    media, var = place / "media", place / "var"
    media.mkdir()
    var.mkdir()
    site = Site(FIRST, place)
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            site.name = str(place / "site.sqlite3")
            connection.ensure_connection()
            with closing(sqlite3.connect(site.name)) as file:
                connection.connection.backup(file)
        else:
            make_database(FIRST)
        places = {"MEDIA_ROOT": media, "VAR_DIR": var, "REGISTER_FILE": var / "register.sqlite3"}
        with override_settings(**places, REGISTER_IS_ELSEWHERE=False), site.here():
            forget()
            call_command("migrate", interactive=False, verbosity=0)
            first_run.load()
            forget()
    return site


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("built")


@pytest.fixture
def built_once(built: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "build", copied_tables(built))
        yield


@pytest.fixture
def new_site(first_record: Site, tmp_path: Path, settings, db) -> Callable[[], Site]:
    """A copy, not yet where `connection` leads to."""

    def copied() -> Site:
        shutil.copytree(first_record.place / "media", settings.MEDIA_ROOT, dirs_exist_ok=True)
        if connection.vendor == "sqlite":
            path = settings.VAR_DIR / "site.sqlite3"
            shutil.copy(first_record.name, path)
            return Site(str(path), tmp_path)
        make_database("nkhr_backed_up", FIRST)
        return Site("nkhr_backed_up", tmp_path)

    return copied


@pytest.fixture
def site(new_site) -> Iterator[Site]:
    one = new_site()
    forget()
    with one.here():
        yield one
    forget()
