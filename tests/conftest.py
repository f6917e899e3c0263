"""What every test starts from: files and journals of its own, static files without a manifest."""

import os
from importlib import import_module

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import TransactionTestCase

from advocacy.home import first_run
from advocacy.protection import register
from advocacy.publishing.remembered import forget
from tests import browser
from tests.browser import chromium, page, staff_page  # noqa: F401  fixtures
from tests.uncommitted import uncommitted


def pytest_configure(config) -> None:
    """The quick suite tries the same examples each time, so that a change is judged by itself, and
    looks at a page in two views; the long one tries others, and looks in all four. How long an
    example takes depends on what else the machine does: time is measured where it matters.
    """
    is_quick = "not long" in config.option.markexpr
    hypothesis.settings.register_profile("nkhr", deadline=None, derandomize=is_quick)
    hypothesis.settings.load_profile("nkhr")
    browser.usual_views = browser.SOME if is_quick else browser.VIEWS


@pytest.fixture(scope="session", autouse=True)
def static_root(tmp_path_factory):
    """A directory that is there: the live server looks for it before any test begins."""
    django_settings.STATIC_ROOT = tmp_path_factory.mktemp("static")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory
):
    """SQLite in a file, as a site has it. A page of the desk asks for several things at once, and
    threads that share one connection in memory run into each other's transactions.
    """
    for database in django_settings.DATABASES.values():
        if database["ENGINE"].endswith("sqlite3"):
            file = tmp_path_factory.mktemp("database") / "test.sqlite3"
            database.setdefault("TEST", {})["NAME"] = str(file)
            options = database["OPTIONS"]
            # What a power cut would cost is not asked of it.
            options["init_command"] = options["init_command"].replace("FULL", "OFF")


@pytest.fixture(scope="session", autouse=True)
def no_register():
    """A record that is loaded for many tests is loaded before any of them has places of its own."""
    django_settings.REGISTER_IS_ELSEWHERE = False


@pytest.fixture(autouse=True)
def own_places(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.VAR_DIR = tmp_path / "var"
    settings.REGISTER_IS_ELSEWHERE = False
    settings.REGISTER_FILE = settings.VAR_DIR / "register.sqlite3"
    settings.TOMBSTONES = settings.VAR_DIR / "tombstones.jsonl"
    settings.BACKUP_DIR = None
    settings.MEDIA_ROOT.mkdir()
    settings.VAR_DIR.mkdir()
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    memory = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": memory, "LOCATION": str(tmp_path)}}
    # Done at once; tests of the queue itself ask for the one the site has.
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="module")
def first_record_of_the_module(django_db_setup, django_db_blocker, tmp_path_factory):
    place = tmp_path_factory.mktemp("first-record")
    with django_db_blocker.unblock(), uncommitted(place):
        first_run.load()
        yield place


@pytest.fixture
def first_record(first_record_of_the_module, settings, db):
    """The record a new site begins with, loaded once for a module. From the first test that asks for
    it on, the module's others have its rows too: let them stand before.
    """
    settings.MEDIA_ROOT = first_record_of_the_module / "media"


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Every test has a database of its own, whose generations begin anew."""
    forget()
    register.forget()


@pytest.fixture(scope="session", autouse=True)
def tables_that_only_grow_are_emptied_between_tests():
    """Tests that commit empty every table when they end, which the database refuses for these."""
    log = import_module("advocacy.publishing.migrations.0003_log_only_grows")
    ledger = import_module("advocacy.casework.migrations.0003_ledger_only_grows")
    empty_every_table = TransactionTestCase._fixture_teardown

    def emptied(test):
        with connection.schema_editor() as editor:
            for table in (log, ledger):
                table.lift(None, editor)
        empty_every_table(test)
        with connection.schema_editor() as editor:
            for table in (log, ledger):
                table.guard(None, editor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptied)
        yield


def pytest_collection_modifyitems(config, items):
    """The second round, on PostgreSQL, leaves out what no database can change."""
    if not os.environ.get("NKHR_DATABASE_TESTS_ONLY"):
        return
    databases = {"db", "transactional_db", "live_server"}
    chosen, left_out = [], []
    for item in items:
        touches = item.get_closest_marker("django_db") or databases & set(item.fixturenames)
        is_once = any(item.get_closest_marker(mark) for mark in ("browser", "one_database"))
        (chosen if touches and not is_once else left_out).append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = chosen
