"""The thread in which a worker's clock ticks."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, connection

from nkhr.store import clock
from nkhr.store.clock import Clock
from nkhr.store.pages import Pages
from tests.facts import article

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticking(monkeypatch):
    """A clock whose thread asks a function in place of the database."""
    monkeypatch.setattr(clock, "_wait_for_nobody", lambda: None)
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    made = []

    def make(tick, every_s=0.01):
        one = Clock(Pages(1000), every_s=every_s)
        one.tick = tick
        made.append(one)
        return one

    yield make
    for one in made:
        one.stop()


def wait_for(event: threading.Event) -> None:
    assert event.wait(10)


def test_the_thread_starts_once_and_goes_on_after_any_failure(ticking):
    threads, enough = [], threading.Event()
    failures = iter([DatabaseError("locked"), RuntimeError("odd")])

    def tick():
        threads.append(threading.get_ident())
        if len(threads) == 6:
            enough.set()
        if (failure := next(failures, None)) is not None:
            raise failure

    one = ticking(tick)
    for _ in range(5):
        one.start()
    wait_for(enough)
    assert len(set(threads)) == 1
    assert threads[0] != threading.get_ident()


def test_a_call_makes_it_tick_at_once(ticking):
    ticked = threading.Event()
    one = ticking(ticked.set, every_s=60)
    one.start()
    wait_for(ticked)
    ticked.clear()
    one.hurry()
    wait_for(ticked)


def test_a_lock_is_asked_about_again_soon(ticking):
    first, again = threading.Event(), threading.Event()

    def tick():
        if first.is_set():
            again.set()
        first.set()
        raise DatabaseError("database is locked")

    one = ticking(tick, every_s=60)
    one.start()
    wait_for(again)


def test_a_silent_database_is_logged_once(ticking, caplog):
    enough, ticks = threading.Event(), []

    def tick():
        ticks.append(1)
        if len(ticks) == 5:
            enough.set()
        raise DatabaseError

    one = ticking(tick)
    one.start()
    wait_for(enough)
    one.stop()
    assert caplog.text.count("lets every request pass") == 1


def test_a_forked_child_begins_with_nothing(site):
    path = article().get_absolute_url()
    site.get(path)
    site.store.pages.lock.acquire()  # as by a thread that the child does not have
    site.store.after_fork()
    assert len(site) == 0
    assert site.store.clock.thread is None
    assert site.passed_by(path)


def test_the_connection_of_the_thread_waits_for_no_lock(transactional_db):
    heard = {}

    def look():
        clock._wait_for_nobody()
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA busy_timeout")
                heard["patience"] = cursor.fetchone()[0]
            else:
                cursor.execute("SHOW statement_timeout")
                heard["patience"] = cursor.fetchone()[0]
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert heard["patience"] == (0 if connection.vendor == "sqlite" else "1s")
    assert connection.settings_dict["OPTIONS"].get("timeout", 20) == 20
