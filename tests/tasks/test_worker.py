"""The thread of a server process: one of them works, and none ends by itself."""

import queue
import threading

import pytest
from django.db import OperationalError

from advocacy.links.tasks import go_on, look_after_links
from advocacy.tasks import worker
from advocacy.tasks.models import Task
from nkhr import daily

from .work import done, note, now, queued, taken


@pytest.fixture
def same_connection(monkeypatch):
    """The test's own, in its transaction."""
    monkeypatch.setattr(worker.connections, "close_all", lambda: None)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)


@pytest.mark.django_db
def test_it_takes_up_what_was_cut_off_does_what_waits_and_forgets_what_is_past(
    same_connection, monkeypatch
):
    stop, turn = threading.Event(), worker.do_next
    cut_off = taken(queued(note, "cut off"), worker.machine_name())
    queued(note, "waiting")
    old = queued(note, "old")
    old.claim("any")
    old.succeed(at=old.started_at.replace(year=2001))

    def do_next(machine):
        if not (busy := turn(machine)):
            stop.set()
        return busy

    monkeypatch.setattr(worker, "do_next", do_next)
    worker.run_forever(stop, 0.001)
    assert done == ["waiting"]
    assert now(cut_off).status == "READY"
    assert not type(old).objects.filter(pk=old.pk).exists()


@pytest.mark.django_db
def test_it_does_by_itself_what_is_to_be_done_daily(same_connection, monkeypatch):
    stop, turn = threading.Event(), worker.do_next
    monkeypatch.setattr(worker, "do_next", lambda machine: turn(machine) or stop.set() or False)
    worker.run_forever(stop, 0.001)
    done = Task.objects.filter(status="SUCCESSFUL").values_list("task_path", flat=True)
    every = {daily.empty_trash, daily.sweep_files, daily.look_for_protected_names, daily.back_up}
    every |= {daily.keep_ledger, daily.look_into_files}
    every |= {look_after_links, go_on}  # the second is what the first asks for
    assert set(done) == {work.module_path for work in every}


def test_it_survives_what_fails(same_connection, monkeypatch):
    stop, turns = threading.Event(), []
    errors = [OperationalError("away"), ValueError("a bug"), OSError("read-only")]

    def fails(*arguments):
        turns.append(len(turns))
        if len(turns) == len(errors):
            stop.set()
        raise errors[turns[-1]]

    monkeypatch.setattr(worker, "recover", fails)
    monkeypatch.setattr(worker, "RECOVER_EVERY", 1)
    monkeypatch.setattr(worker, "do_next", lambda machine: False)
    worker.run_forever(stop, 0.001)
    assert turns == [0, 1, 2]


def test_one_thread_of_a_machine_works_and_when_it_ends_another(same_connection, monkeypatch):
    at_work: queue.Queue[threading.Event] = queue.Queue()
    alone = threading.Lock()

    def work(stop, every_s):
        assert alone.acquire(blocking=False)
        at_work.put(stop)
        stop.wait()
        alone.release()

    monkeypatch.setattr(worker, "_work", work)
    stops = [threading.Event() for _ in range(3)]
    threads = [threading.Thread(target=worker.run_forever, args=(stop, 0.001)) for stop in stops]
    for thread in threads:
        thread.start()
    took_turns = []
    for _thread in threads:
        took_turns.append(at_work.get(timeout=30))
        took_turns[-1].set()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
    assert set(took_turns) == set(stops)
