"""Backups that the site makes by itself: one a day, some of which it keeps, and what the desk says."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from advocacy.backup import making, scheduled
from advocacy.backup.archive import Archive
from advocacy.backup.refused import Refused
from nkhr import daily

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def directory(settings, tmp_path) -> Path:
    settings.BACKUP_DIR = tmp_path / "backups"
    return settings.BACKUP_DIR


def test_that_of_today_is_made_once_is_whole_and_named_for_the_day_in_seoul(site, directory):
    late_in_geneva = datetime(2026, 11, 25, 22, 0, tzinfo=UTC)
    path = scheduled.back_up(at=late_in_geneva)
    assert path == directory / "nkhr-2026-11-26.tar.gz"
    with Archive(path) as archive:
        assert archive.verify().rows > 500
    before = path.stat()
    assert scheduled.back_up(at=late_in_geneva + timedelta(hours=3)) is None
    assert path.stat() == before
    assert directory.stat().st_mode & 0o077 == 0


def test_one_that_cannot_be_read_again_gets_no_name(site, directory, monkeypatch):
    finish = making.Writer.finish

    def finish_damaged(writer):
        finish(writer)
        file = writer.gzip.file
        file.seek(file.tell() // 2)
        file.write(b"\0" * 50)

    monkeypatch.setattr(making.Writer, "finish", finish_damaged)
    with pytest.raises(Refused, match="is damaged"):
        scheduled.back_up()
    assert list(directory.iterdir()) == []


def test_only_files_with_a_name_of_ours_are_removed_and_only_after_a_new_one_is_there(
    site, directory, monkeypatch
):
    directory.mkdir()
    today = timezone.localdate()
    for number in range(1, 40):
        (directory / f"nkhr-{today - number * DAY}.tar.gz").touch()
    others = {"nkhr-2001-01-01.tar.gz.half", "mine.tar.gz", "nkhr-2001-99-99.tar.gz"}
    for name in others:
        (directory / name).touch()
    before = set(directory.iterdir())
    with monkeypatch.context() as patch:
        patch.setattr(making.places, "SPARE", 10**18)
        with pytest.raises(Refused, match="MB free"):
            scheduled.back_up()
    assert set(directory.iterdir()) == before
    scheduled.back_up()
    left = {path.name for path in directory.iterdir()}
    assert left >= others
    kept = {today - number * DAY for number in range(40)} & scheduled.kept(
        today - number * DAY for number in range(40)
    )
    assert left - others == {f"nkhr-{day}.tar.gz" for day in kept}


def test_of_two_years_there_stay_seven_days_five_weeks_and_twelve_months():
    today = date(2026, 11, 25)  # a Wednesday
    kept = scheduled.kept(today - number * DAY for number in range(730))
    assert {today - number * DAY for number in range(7)} <= kept
    sundays = {date(2026, 11, day) for day in (22, 15, 8, 1)}
    assert sundays <= kept
    ends_of_months = {date(2026, 10, 31), date(2026, 9, 30), date(2026, 2, 28), date(2025, 12, 31)}
    assert ends_of_months <= kept
    assert len(kept) == 7 + 3 + 11
    assert min(kept) == date(2025, 12, 31)


def test_kept_day_by_day_it_comes_to_the_same():
    """What one day removes, no later day misses."""
    there: set[date] = set()
    first = date(2024, 1, 1)
    for number in range(800):
        there.add(first + number * DAY)
        there = scheduled.kept(there)
    assert there == scheduled.kept(first + number * DAY for number in range(800))


def test_a_site_that_was_off_for_long_keeps_what_it_had():
    old = [date(2020, 1, day) for day in range(1, 8)]
    assert scheduled.kept([*old, date(2026, 1, 1)]) >= set(old[1:])


def test_the_command_of_the_schedule_says_what_it_did(site, directory, capsys, monkeypatch):
    gave_way = []
    monkeypatch.setattr(scheduled, "give_way", lambda: gave_way.append(True))
    call_command("backup", scheduled=True)
    call_command("backup", scheduled=True)
    said = capsys.readouterr().out
    assert ".tar.gz is there." in said
    assert "There is a backup of today already." in said
    assert gave_way == [True, True]


def test_the_daily_task_does_it_in_a_process_of_its_own(settings, monkeypatch, directory):
    settings.BASE_DIR = directory
    directory.mkdir()
    (directory / "manage.py").write_text("import sys; print('said', *sys.argv[1:])")
    assert daily.back_up.call() == "said backup --scheduled"
    (directory / "manage.py").write_text("raise SystemExit('CommandError: The disk is full.')")
    with pytest.raises(Refused, match=r"CommandError: The disk is full\."):
        daily.back_up.call()
    settings.BACKUP_DIR = None
    assert daily.back_up.call() == ""


def test_where_it_is_off_nothing_is_made(site, monkeypatch):
    monkeypatch.setattr(scheduled, "give_way", lambda: None)  # it would be for all later tests
    with pytest.raises(CommandError, match="BACKUP_DIR is off"):
        call_command("backup", scheduled=True)


# The desk


def desk(client) -> str:
    return client.get(reverse("admin:index")).content.decode()


def test_the_desk_says_when_the_last_good_backup_was_made(admin_client, directory):
    assert "There is no backup yet" in desk(admin_client)
    directory.mkdir()
    newest, older = directory / "nkhr-2026-11-25.tar.gz", directory / "nkhr-2026-11-24.tar.gz"
    newest.write_bytes(b"x" * 2_000_000)
    older.touch()
    made = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
    os.utime(newest, (made.timestamp(),) * 2)
    said = "The last good backup is of 25 November 2026, 12:00 (1.9\xa0MB)."
    assert said in desk(admin_client)


def test_the_desk_warns_when_none_could_be_made_for_two_days(admin_client, directory):
    directory.mkdir()
    path = directory / "nkhr-2026-11-25.tar.gz"
    path.touch()
    assert "No backup could be made since" not in desk(admin_client)
    late = (timezone.now() - timedelta(hours=49)).timestamp()
    os.utime(path, (late, late))
    assert "No backup could be made since" in desk(admin_client)


def test_the_desk_says_nothing_where_others_make_the_backups(admin_client):
    assert "backup" not in desk(admin_client).lower()
