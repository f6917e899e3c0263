"""Disks that are really full or really read-only, in a child process of its own."""

import faulthandler
import os
import resource
import signal
import traceback

import pytest

from advocacy.hits import counts, journal, records, trouble, visitors
from advocacy.hits.counter import is_robot
from advocacy.hits.fold import fold
from advocacy.hits.models import Trouble

from .conftest import FIREFOX, NOON, hit

pytestmark = pytest.mark.django_db
NOBODY = 65534


def in_a_child(work) -> None:
    """What `work` asserts in a forked worker; the day's secret is there, as in a running one."""
    visitors.prepare(NOON)
    salts = dict(visitors._salts)
    child = os.fork()
    if child == 0:
        status = 1
        try:
            visitors._salts.update(salts)
            work()
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0


def pending() -> str:
    return trouble._pending[Trouble.What.JOURNAL].detail


def test_a_file_system_that_takes_no_more_loses_what_it_refused_and_nothing_else(item, monkeypatch):
    monkeypatch.setattr(journal, "LENGTH", 2 * records.SIZE)

    def fill() -> None:
        assert hit(item, address="203.0.113.1")
        _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (50, hard))  # the next journal has no room
        assert hit(item, address="203.0.113.2")
        assert not hit(item, address="203.0.113.3")
        assert not hit(item, address="203.0.113.4")
        assert "File too large" in pending()
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))  # somebody made room
        assert hit(item, address="203.0.113.5")

    in_a_child(fill)
    assert len(journal.files()) == 2
    folded = fold()
    assert (folded.records, folded.skipped_bytes) == (3, 0)
    assert counts.views(item) == 3


def test_a_directory_that_may_not_be_written_breaks_no_page(item, settings):
    if os.geteuid() != 0:
        settings.VAR_DIR.chmod(0o500)

    assert not is_robot(FIREFOX)  # the list is in memory, as in a running worker

    def refused() -> None:
        if os.geteuid() == 0:
            os.setuid(NOBODY)  # whom no directory of root lets in, not even those of Python
        assert not hit(item)
        assert "Permission denied" in pending()

    in_a_child(refused)
    settings.VAR_DIR.chmod(0o700)
    assert hit(item, 40)


def test_a_disk_without_room_for_a_journal_is_refused_by_the_kernel_itself_and_told(
    item, monkeypatch
):
    """More than any disk has. Nothing is half begun."""
    assert hit(item)
    journal.writer.close()
    with monkeypatch.context() as broken:
        broken.setattr(journal, "LENGTH", 2**62)
        assert not hit(item, 40)
        assert "No space left" in pending() or "File too large" in pending()
    assert len(journal.files()) == 1
    assert hit(item, 80)


def test_a_journal_deleted_and_the_clock_set_back_an_hour_at_once(item):
    assert hit(item)
    fold()
    journal.files()[0].unlink()
    assert hit(item, -3600)
    assert hit(item, -3590)  # its double click
    fold()
    assert counts.views(item) == 2


def test_a_worker_whose_journal_was_truncated_is_ended_by_the_kernel_and_loses_no_hit_it_answered(
    item,
):
    """Only outside of what was taken from the file may nothing be stored; no page is half answered."""
    visitors.prepare(NOON)
    child = os.fork()
    if child == 0:
        faulthandler.disable()  # else the run prints a fatal error where all is as it should be
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # and writes its memory to the disk
        hit(item)
        os.truncate(journal.files()[0], 0)
        hit(item, 40)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGBUS
    assert hit(item, 80)
    fold()
    assert counts.views(item) == 1
