"""Writing a hit down never breaks a page, and what is lost is told to staff."""

import errno
import logging
import os
import subprocess
import sys
import threading

import pytest
from django.db import DatabaseError

from advocacy.hits import counts, journal, recording, trouble, visitors
from advocacy.hits.fold import fold
from advocacy.hits.models import Salt, Trouble

from .conftest import hit

pytestmark = pytest.mark.django_db


def told() -> Trouble:
    trouble.tell_staff()
    return Trouble.objects.get()


def test_the_journal_stands_where_var_dir_points_now(item, settings, tmp_path):
    hit(item)
    settings.VAR_DIR = tmp_path / "elsewhere"
    assert hit(item)
    assert journal.files()[0].parent == tmp_path / "elsewhere" / "journal"


def test_the_journal_is_readable_by_the_server_alone(item):
    hit(item)
    assert journal.files()[0].stat().st_mode & 0o777 == 0o600


def test_a_journal_deleted_under_a_running_worker_is_begun_anew(item):
    hit(item)
    fold()
    journal.files()[0].unlink()
    assert hit(item, 40)
    fold()
    assert counts.views(item) == 2


def test_a_worker_looks_whether_its_journal_is_there_now_and_then_not_at_each_hit(
    item, monkeypatch
):
    monkeypatch.setattr(journal, "LOOK_EVERY_S", 60)
    hit(item)
    journal.files()[0].unlink()
    hit(item, 40)
    assert journal.files() == []
    journal.writer.look_at = 0
    hit(item, 80)
    assert len(journal.files()) == 1


def test_a_deleted_journal_folder_is_made_again(item):
    hit(item)
    for path in journal.folder().iterdir():
        path.unlink()
    journal.folder().rmdir()
    assert hit(item, 40)


def test_a_full_disk_breaks_no_page_and_is_told_to_staff_once(item, monkeypatch, caplog):
    hit(item)

    def full(descriptor, at, length):
        raise OSError(errno.ENOSPC, "No space left on device")

    journal.writer.close()
    with monkeypatch.context() as broken, caplog.at_level(logging.ERROR):
        broken.setattr(os, "posix_fallocate", full)
        assert not hit(item, 40)
        assert not hit(item, 80)
    assert len(caplog.records) == 1
    assert len(journal.files()) == 1  # of none that was begun in vain is anything left
    assert hit(item, 120)
    row = told()
    assert (row.what, row.times) == (Trouble.What.JOURNAL, 2)
    assert "No space left" in row.detail
    assert list(trouble.recent()) == [row]


def test_a_worker_that_has_its_journal_does_not_feel_a_full_disk(item, monkeypatch):
    """Its room was taken when the journal was begun."""
    hit(item)

    def full(*arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        for call in ("open", "write", "posix_fallocate"):
            broken.setattr(os, call, full)
        assert hit(item, 40)
    assert fold().records == 2


def test_a_worker_without_a_journal_tries_again_now_and_then_not_at_each_hit(item, monkeypatch):
    tries = []

    def full(*arguments):
        tries.append(arguments)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(journal, "LOOK_EVERY_S", 60)
    with monkeypatch.context() as broken:
        broken.setattr(os, "posix_fallocate", full)
        assert [hit(item, number) for number in range(3)] == [False] * 3
    assert len(tries) == 1
    assert told().times == 3
    journal.writer.look_at = 0
    assert hit(item, 40)


def test_a_folder_that_cannot_be_made_breaks_no_page(item, settings, tmp_path):
    (tmp_path / "file").write_text("in the way")
    settings.VAR_DIR = tmp_path / "file"
    assert not hit(item)
    assert told().what == Trouble.What.JOURNAL


def test_a_read_only_disk_breaks_no_page(item, monkeypatch):
    def read_only(*arguments, **options):
        raise OSError(errno.EROFS, "Read-only file system")

    with monkeypatch.context() as broken:
        broken.setattr(os, "open", read_only)
        assert not hit(item)
    assert "Read-only" in told().detail


def test_any_failure_to_count_breaks_no_page(item, monkeypatch):
    def fails(*arguments):
        raise ValueError("a bug")

    monkeypatch.setattr(recording, "pack", fails)
    assert not hit(item)
    assert told().what == Trouble.What.HIT


def test_without_a_database_a_hit_is_kept_and_its_visitor_told_apart_by_this_process(
    item, monkeypatch
):
    def away(**arguments):
        raise DatabaseError("away")

    with monkeypatch.context() as broken:
        broken.setattr(Salt.objects, "get_or_create", away)
        assert hit(item)
        assert hit(item, 10)
        assert hit(item, 10, address="203.0.113.1")
    fold()
    assert counts.views(item) == 2
    assert told().what == Trouble.What.SALT


def test_trouble_that_cannot_be_told_yet_is_kept(monkeypatch):
    trouble.remember(Trouble.What.JOURNAL, "first")

    def away(**arguments):
        trouble.remember(Trouble.What.JOURNAL, "meanwhile")
        raise DatabaseError("away")

    with monkeypatch.context() as broken, pytest.raises(DatabaseError):
        broken.setattr(Trouble.objects, "get_or_create", away)
        trouble.tell_staff()
    assert (told().times, told().detail) == (2, "meanwhile")


def test_trouble_that_returns_is_added_to_what_was_told():
    for _time in range(2):
        trouble.remember(Trouble.What.FOLD, "database is locked")
        row = told()
    assert row.times == 2


def test_a_forked_worker_has_a_journal_of_its_own_and_loses_nothing(item):
    hit(item)
    before = journal.writer.book
    child = os.fork()
    if child == 0:
        visitors._salts[visitors.days.number(hit.__globals__["NOON"])] = b"s" * 32
        ok = journal.writer.book is None and hit(item, 100)
        os._exit(0 if ok else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert journal.writer.book is before
    assert len(journal.files()) == 2
    assert fold().records == 2


def test_a_child_holding_nothing_keeps_no_journal_from_being_removed(item):
    hit(item)
    child = subprocess.Popen(
        [sys.executable, "-c", "print(flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        close_fds=False,
    )
    child.stdout.readline()  # by now it has become another program, and its descriptors are closed
    journal.writer.close()
    try:
        assert fold().removed_journals == 1
    finally:
        child.communicate(b"\n")


def test_threads_lose_nothing_while_journals_rotate(item, monkeypatch):
    monkeypatch.setattr(journal, "LENGTH", 40 * 50)
    hit(item)
    threads = [
        threading.Thread(
            target=lambda part=part: [
                hit(item, address=f"2001:db8:{part:x}::{number:x}") for number in range(200)
            ]
        )
        for part in range(1, 5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert fold().records == 801
    assert counts.views(item) == 801


def test_a_new_journal_sorts_last_though_the_clock_was_set_back(item, monkeypatch):
    hit(item)
    journal.writer.close()
    monkeypatch.setattr(journal.time, "time_ns", lambda: 1)
    hit(item, 40)
    first, second = journal.files()
    assert first != second
    assert journal.writer.book is not None
    assert os.fstat(journal.writer.book.descriptor).st_ino == second.stat().st_ino
