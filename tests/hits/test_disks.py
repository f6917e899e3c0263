"""Disks that are really full or really read-only, in a child process of its own."""

import os
import resource
import traceback

import pytest

from advocacy.hits import counts, journal, trouble, visitors
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


def test_a_file_system_that_takes_no_more_loses_what_it_refused_and_nothing_else(item):
    def fill() -> None:
        assert hit(item, address="203.0.113.1")
        assert hit(item, address="203.0.113.2")
        _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
        assert not hit(item, address="203.0.113.3")  # 20 of its 40 bytes fit
        assert not hit(item, address="203.0.113.4")
        assert "File too large" in pending() or "bytes were written" in pending()
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))  # somebody made room
        assert hit(item, address="203.0.113.5")

    in_a_child(fill)
    (path,) = journal.files()
    assert path.stat().st_size == 140
    folded = fold()
    assert (folded.records, folded.skipped_bytes) == (3, 20)
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


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")  # noqa: PTH110
def test_a_full_disk_is_refused_by_the_kernel_itself_and_told(item, monkeypatch):
    assert hit(item)
    full = os.open("/dev/full", os.O_WRONLY)
    journal.writer.close()
    with monkeypatch.context() as broken:
        broken.setattr(journal.writer, "open", lambda: full)
        assert not hit(item, 40)
        assert "No space left" in pending()
    journal.writer.close()
    assert hit(item, 80)


def test_a_journal_deleted_and_the_clock_set_back_an_hour_at_once(item):
    assert hit(item)
    fold()
    journal.files()[0].unlink()
    assert hit(item, -3600)
    assert hit(item, -3590)  # its double click
    fold()
    assert counts.views(item) == 2
