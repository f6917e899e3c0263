"""All of the site comes back, or nothing of it is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test import Client

from advocacy.attachments.models import Attachment
from advocacy.backup import making
from advocacy.backup.refused import Damaged, Refused
from advocacy.backup.rows import Table
from advocacy.backup.tables import build
from advocacy.news.models import Article, Tag

from .reading import tables

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("built_once"),
    # What differs there has been tried by the drill; to make its tables takes seconds each time.
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the same on both databases"),
]


def shown() -> bytes:
    return Client(HTTP_HOST="127.0.0.1:8000").get("/en/tags/").content


def test_a_damaged_backup_touches_nothing(site):
    path = site.back_up()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    Tag.objects.create(name="Later", slug="later", name_ko="나중")
    before = shown()
    with pytest.raises(Damaged):
        site.restore(path)
    assert shown() == before
    assert Tag.objects.filter(slug="later").exists()


@pytest.mark.parametrize("instant", ["load", "check", "migrate", "files"])
def test_a_restore_that_fails_anywhere_leaves_the_site_as_it_is(site, monkeypatch, instant):
    path = site.back_up()
    later = Tag.objects.create(name="Later", slug="later", name_ko="나중")

    def fail(*args, **kwargs):
        raise OSError(5, "Input/output error")

    where = {
        "load": "advocacy.backup.rows.Table.load",
        "check": "advocacy.backup.rows.Table.number_on",
        "migrate": "advocacy.backup.tables.are_of_an_earlier_release",
        "files": "advocacy.backup.restoring._put_all",
    }
    monkeypatch.setattr(where[instant], fail)
    with pytest.raises(Refused, match="broke off"):
        site.restore(path)
    assert Tag.objects.filter(pk=later.pk).exists()
    monkeypatch.undo()
    site.restore(path)
    assert not Tag.objects.filter(pk=later.pk).exists()


def test_rows_that_name_others_that_are_not_there_are_refused(site, monkeypatch):
    path = site.back_up()
    monkeypatch.setattr(
        "advocacy.backup.rows.Table.load",
        lambda table, lines, load=Table.load: 0 if table.name == "news_tag" else load(table, lines),
    )
    with pytest.raises(Refused, match="names rows that it does not hold"):
        site.restore(path)
    assert Tag.objects.exists()


def test_a_backup_of_a_later_release_is_refused(site):
    later = ("news", "9999_of_another_release")
    with pytest.raises(Refused, match=r"does not have the migration news\.9999"):
        build([*making.tables.applied(), later])


def test_a_backup_of_an_earlier_release_is_brought_to_this_one(site):
    call_command("migrate", "publishing", "0005", verbosity=0)
    path = site.back_up()
    assert "publishing_sharelink" not in tables(path)
    call_command("migrate", verbosity=0)
    site.restore(path)
    assert Article.objects.published().exists()
    assert "publishing_sharelink" in connection.introspection.table_names()
    call_command("migrate", check_unapplied=True, verbosity=0)


def content(key: str) -> bytes:
    return Path(default_storage.path(key)).read_bytes()


def test_files_that_are_lost_or_damaged_come_back_and_others_are_left_alone(site):
    first, second, *_rest = Attachment.objects.order_by("pk")
    path = site.back_up()
    whole = {one.key: content(one.key) for one in (first, second)}
    default_storage.delete(first.key)
    Path(default_storage.path(second.key)).write_bytes(b"damaged")
    later = default_storage.save("aa/bb/" + "c" * 32 + ".pdf", ContentFile(b"%PDF-1.7"))
    assert site.restore(path).written == 2
    assert {key: content(key) for key in whole} == whole
    assert default_storage.exists(later)


def test_a_database_that_is_none_any_more_is_put_aside(site):
    """With its journal, which would be rolled back into the new one."""
    path = site.back_up()
    connection.close()
    file = Path(site.name)
    file.write_bytes(b"no database " * 1000)
    Path(f"{file}-journal").write_bytes(b"of another")
    told = site.restore(path).to_do
    assert "Restart the service" in told
    assert Article.objects.published().exists()
    (kept,) = [one for one in file.parent.glob("*.damaged-*") if "-journal" not in one.name]
    assert kept.read_bytes().startswith(b"no database")
    assert str(kept) in told
    assert not Path(f"{file}-journal").exists() or not Path(f"{file}-journal").read_bytes()


def test_a_site_that_was_never_there_is_restored(site, settings):
    path = site.back_up()
    site.wipe()
    settings.VAR_DIR.rename(settings.VAR_DIR.with_name("lost"))
    assert site.restore(path).to_do == ""
    assert Article.objects.published().exists()
