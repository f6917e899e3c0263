"""What is in a backup and what is not, and that it is whole or not there."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from advocacy.accounts.sessions import Session
from advocacy.attachments import storage
from advocacy.attachments.models import Attachment
from advocacy.attachments.sweep import sweep
from advocacy.backup import making, places, snapshots
from advocacy.backup.archive import Archive
from advocacy.backup.refused import Refused
from advocacy.hits import counts, fold, visitors
from advocacy.hits.models import Salt
from advocacy.news.models import Article, Tag
from advocacy.publishing import log
from advocacy.publishing.unsaved import Unsaved
from tests.facts import article
from tests.hits.conftest import FIREFOX
from tests.people import person
from tests.publishing.test_log import tamper

from .reading import tables

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("built_once")]


# What is in a backup, and what is not


def test_no_secret_of_visitors_no_session_and_nothing_unsaved_is_in_it(site, settings):
    somebody = person("author")
    Client().force_login(somebody)
    visitors.forget()
    visitors.prepare()
    secret = bytes(Salt.objects.get().value)
    Unsaved.objects.create(
        user=somebody, key="0" * 32, kind="news.article", fields={"a": "b"}, typed_at=timezone.now()
    )
    assert Session.objects.exists()
    path = site.back_up()
    found = tables(path)
    assert {"accounts_session", "hits_salt", "publishing_unsaved"}.isdisjoint(found)
    assert "accounts_user" in found
    with Archive(path) as archive:
        everything = b"".join(content.read() for _member, content in archive.members())
    assert secret not in everything
    assert settings.SECRET_KEY.encode() not in everything
    visitors.forget()


def test_the_label_names_settings_and_not_what_they_hold(site, settings):
    settings.GIVEN = ["SECRET_KEY", "SITE_URL"]
    with Archive(site.back_up()) as archive:
        for member, content in archive._members():
            assert member.name == "backup.json"
            label = content.read().decode()
            break
    assert json.loads(label)["settings"] == ["SECRET_KEY", "SITE_URL"]
    assert settings.SECRET_KEY not in label


def test_the_register_of_protected_persons_is_not_in_it(site):
    """It lies in a database of its own, which a router gives it."""
    of_the_register = apps.get_app_config("protection").get_models()
    names = {model._meta.db_table for model in of_the_register}
    assert names
    assert names.isdisjoint(tables(site.back_up()))


def test_hits_that_are_still_in_the_journal_are_in_it(site):
    one = Article.objects.published().first()
    Client(HTTP_HOST="127.0.0.1:8000").get(one.get_absolute_url(), HTTP_USER_AGENT=FIREFOX)
    assert counts.views(one.uuid) == 0
    site.restore(site.back_up())
    assert counts.views(one.uuid) == 1
    fold.fold()
    assert counts.views(one.uuid) == 1


def test_a_file_that_the_database_names_and_nobody_has_is_told(site):
    attachment = Attachment.objects.first()
    default_storage.delete(attachment.key)
    made = making.back_up(site.place / "site.tar.gz")
    assert made.missing == [attachment.key]


def test_a_file_removed_while_a_backup_is_made_is_in_it_and_swept_later(site, monkeypatch):
    key = default_storage.save("aa/bb/" + "c" * 32 + ".pdf", ContentFile(b"%PDF-1.7"))
    taken = snapshots.taken

    def then_deleted(place):
        storage.drop([key])
        assert sweep(older_than=timedelta(0)).orphans == []
        return taken(place)

    monkeypatch.setattr(snapshots, "taken", then_deleted)
    with Archive(site.back_up()) as archive:
        assert key in [member.key for member, _content in archive.members()]
    assert default_storage.exists(key)
    assert sweep(older_than=timedelta(0)).orphans == [key]


# That it is whole or not there


def test_a_backup_never_replaces_another_file(site):
    path = site.place / "site.tar.gz"
    path.write_text("mine")
    with pytest.raises(Refused, match="is there already"):
        making.back_up(path)
    assert path.read_text() == "mine"


def test_a_full_disk_is_told_before_anything_is_written(site, monkeypatch):
    monkeypatch.setattr(places, "SPARE", 10**18)
    with pytest.raises(Refused, match=r"MB free, and up to .* are needed\. Nothing was begun"):
        site.back_up()
    assert not [path for path in site.place.iterdir() if "tar.gz" in path.name]


def test_a_disk_that_fails_meanwhile_leaves_no_file(site, monkeypatch):
    def fail(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(making, "_add_file", fail)
    before = set(site.place.rglob("*"))
    with pytest.raises(Refused, match="No space left on device"):
        site.back_up()
    assert {path for path in site.place.rglob("*") if path.name != ".lock"} <= before


def test_a_backup_among_the_files_is_refused(site, settings):
    with pytest.raises(Refused, match="lies in MEDIA_ROOT"):
        making.back_up(Path(settings.MEDIA_ROOT) / "site.tar.gz")


def test_two_at_once_are_refused(site, monkeypatch):
    monkeypatch.setattr("advocacy.attachments.storage.PATIENCE_S", 0)
    with places.alone(), pytest.raises(Refused, match="Another backup or restore is running"):
        site.back_up()


def test_only_its_owner_can_read_a_backup(site):
    assert site.back_up().stat().st_mode & 0o077 == 0


@pytest.mark.skipif(connection.vendor != "sqlite", reason="nobody waits for PostgreSQL")
def test_while_a_snapshot_is_taken_readers_read_and_writers_wait_and_then_write(site, monkeypatch):
    """A writer that could begin would hold a lock, on a rollback journal, that keeps readers out."""
    began, done = threading.Event(), threading.Event()
    read = []

    class Slow(sqlite3.Connection):
        def backup(self, *args, **options):
            began.set()
            time.sleep(0.3)
            with closing(real(site.name, timeout=0)) as reader:
                read.append(reader.execute("SELECT COUNT(*) FROM news_tag").fetchone()[0])
            assert not done.is_set()
            super().backup(*args, **options)

    def write() -> None:
        began.wait(60)
        with site.here():
            Tag.objects.create(name="Later", slug="later", name_ko="나중")
        done.set()

    real = sqlite3.connect
    writer = threading.Thread(target=write)
    writer.start()
    number = Tag.objects.count()
    monkeypatch.setattr(
        snapshots.sqlite3, "connect", lambda *args, **options: real(*args, factory=Slow, **options)
    )
    made = making.back_up(site.place / "site.tar.gz")
    monkeypatch.undo()
    writer.join()
    assert read == [number]
    assert made.writers_waited >= 0.3
    assert Tag.objects.count() == number + 1


# The log's anchor


def test_a_log_made_anew_up_to_its_end_is_betrayed_by_a_backup(site):
    path = site.back_up()
    call_command("verify_log", backup=[str(path)])
    article("Another")
    call_command("verify_log", backup=[str(path)])
    forge(3)
    assert not log.verify().problem
    with pytest.raises(CommandError, match="Row 3 of the log is another than in"):
        call_command("verify_log", backup=[str(path)])


def test_rows_cut_off_the_log_are_betrayed_by_a_backup(site):
    path = site.back_up()
    number = log.head().number
    forge(number, cut=True)
    assert not log.verify().problem
    with pytest.raises(CommandError, match=f"Row {number} of the log is missing, but not in"):
        call_command("verify_log", backup=[str(path)])


def forge(number: int, *, cut: bool = False) -> None:
    """As somebody would who has the database in their hands, and knows how hashes are made."""
    if cut:
        tamper("DELETE FROM publishing_logentry WHERE number >= %s", number)
        return
    before = log.LogEntry.objects.get(number=number - 1).hash
    for entry in log.LogEntry.objects.filter(number__gte=number).order_by("number"):
        if entry.number == number:
            entry.by = "7"
        before = entry.hash_after(before)
        tamper(
            "UPDATE publishing_logentry SET by = %s, hash = %s WHERE number = %s",
            entry.by,
            before,
            entry.number,
        )
