"""What the site tells its webmaster when it is checked."""

import sqlite3

import pytest
from django.db.utils import ConnectionHandler

from nkhr import checks, environment


@pytest.fixture
def on_file(tmp_path, monkeypatch, django_db_blocker):
    """The site's checks, looking at a SQLite file instead of the database of the tests."""
    config = environment.database(
        "", file=tmp_path / "db", sqlite_version=sqlite3.sqlite_version_info
    )
    handler = ConnectionHandler({"default": config})
    monkeypatch.setattr(checks, "connections", handler)
    with django_db_blocker.unblock():
        yield handler["default"]
        handler["default"].close()


def test_the_journal_of_sqlite_is_told_with_its_reason(on_file):
    [message] = checks.journal_of_sqlite(databases=["default"])
    mode, reason = environment.journal_mode(sqlite3.sqlite_version_info)
    assert message.id == "nkhr.I001"
    assert sqlite3.sqlite_version in message.msg
    assert mode in message.msg
    assert reason in message.msg


def test_another_journal_than_the_safe_one_is_an_error(on_file):
    with on_file.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=DELETE")
    [message] = checks.journal_of_sqlite(databases=["default"])
    assert message.id == "nkhr.E002"
    assert "not DELETE" in message.msg


def test_no_database_is_touched_unless_it_was_asked_for(on_file):
    assert checks.journal_of_sqlite(databases=None) == []


def test_places_that_cannot_be_written_are_errors(settings, tmp_path):
    assert checks.places_can_be_written() == []
    settings.VAR_DIR = tmp_path / "nowhere"
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file"
    messages = checks.places_can_be_written()
    assert [message.msg.split()[0] for message in messages] == ["VAR_DIR", "MEDIA_ROOT"]


def test_a_missing_word_on_the_proxy_is_a_warning(settings):
    settings.TRUSTED_PROXIES = []
    assert [message.id for message in checks.proxies_are_declared()] == ["nkhr.W001"]
    settings.TRUSTED_PROXIES = ["127.0.0.1/32"]
    assert checks.proxies_are_declared() == []
