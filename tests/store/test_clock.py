"""Pages live for one generation; the number of reads is never older than a tick."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from advocacy.hits import counts
from advocacy.hits.counter import Kind
from advocacy.hits.models import Baseline, Change, Turn
from advocacy.hits.recording import record
from advocacy.news.models import Article
from advocacy.pages.models import Organisation
from advocacy.publishing import actions, generation
from nkhr.store import clock
from nkhr.store.clock import Clock
from nkhr.store.pages import Pages
from tests.facts import article
from tests.hits.conftest import environ as reader
from tests.store.conftest import BELIEVED_S, Below, Site, fold_hits

pytestmark = pytest.mark.django_db


# --- generations --------------------------------------------------------------------------------


def test_a_withdrawn_page_is_gone_with_the_next_tick_of_every_worker():
    one = article()
    workers = [Site(), Site()]
    path = one.get_absolute_url()
    assert [worker.get(path).status for worker in workers] == [200, 200]
    actions.withdraw(publication=one)
    for worker in workers:
        worker.tick()
        assert len(worker) == 0
        assert worker.get(path).status == 410


def test_a_new_text_is_in_the_lists_with_the_next_tick(site):
    assert "Fresh" not in site.get("/en/news/").text
    article("Fresh")
    site.tick()
    assert "Fresh" in site.get("/en/news/").text


def test_a_change_of_the_organisation_is_on_every_page_with_the_next_tick(site):
    site.get("/en/news/")
    Organisation.objects.create(language="en", name="A name", short_name="AN")
    site.tick()
    assert "A name" in site.get("/en/news/").text


def test_a_tick_without_a_change_drops_nothing(site):
    path = article().get_absolute_url()
    site.tick()
    site.get(path)
    site.tick()
    assert site.renders(path) == 0


def test_a_page_rendered_before_a_change_became_known_is_not_kept():
    """The change may have come before or after what the page shows was read."""

    class Slow(Below):
        during = staticmethod(lambda: None)

        def __call__(self, request, start_response):
            answer = super().__call__(request, start_response)
            self.during()
            return answer

    slow = Slow()
    site, one = Site(below=slow), article()
    path = one.get_absolute_url()

    def change():
        slow.during = lambda: None
        article("Another")
        site.tick()

    site.tick()
    slow.during = change
    assert site.get(path).status == 200
    assert len(site) == 0
    assert site.renders(path) == 1
    assert site.renders(path) == 0


def test_an_embargo_passes_at_its_moment_without_a_tick(site, time_machine):
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    later = article("Embargoed", published_at=now + timedelta(seconds=60))
    site.tick()
    assert "Embargoed" not in site.get("/en/news/").text
    time_machine.move_to(now + timedelta(seconds=59), tick=False)
    assert site.renders("/en/news/") == 0
    time_machine.move_to(now + timedelta(seconds=60), tick=False)
    assert "Embargoed" in site.get("/en/news/").text
    assert site.get(later.get_absolute_url()).status == 200
    assert site.renders("/en/news/") == 1  # nothing is kept until the new generation is known
    before = generation.look()[0]
    site.tick()
    assert generation.look()[0] == before + 1
    site.get("/en/news/")
    assert site.renders("/en/news/") == 0


def test_an_end_passes_at_its_moment_too(site, time_machine):
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    one = article("Ending", unpublish_at=now + timedelta(seconds=60))
    site.tick()
    assert site.get(one.get_absolute_url()).status == 200
    time_machine.move_to(now + timedelta(seconds=60), tick=False)
    assert site.get(one.get_absolute_url()).status == 410


def test_an_embargo_that_comes_a_second_time_since_the_clock_was_set_back_ends_at_its_moment(
    site, time_machine
):
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    article("Embargoed", published_at=now + timedelta(seconds=60))
    site.tick()
    for seconds in (61, 10):  # over, then an hour that was wrong is put right
        time_machine.move_to(now + timedelta(seconds=seconds), tick=False)
        site.tick()
    assert "Embargoed" not in site.get("/en/news/").text
    time_machine.move_to(now + timedelta(seconds=59), tick=False)
    assert site.renders("/en/news/") == 0
    time_machine.move_to(now + timedelta(seconds=60), tick=False)
    assert "Embargoed" in site.get("/en/news/").text


def test_a_worker_that_starts_looks_whether_the_clock_was_set_back_while_nothing_ran(
    site, time_machine
):
    now = timezone.now()
    time_machine.move_to(now + timedelta(seconds=61), tick=False)
    article("Ended", published_at=now, unpublish_at=now + timedelta(seconds=60))
    assert generation.look()[1] is None
    time_machine.move_to(now + timedelta(seconds=10), tick=False)
    site.store.clock.after_fork()
    site.tick()
    assert generation.look()[1] == now + timedelta(seconds=60)
    assert "Ended" in site.get("/en/news/").text
    time_machine.move_to(now + timedelta(seconds=60), tick=False)
    assert "Ended" not in site.get("/en/news/").text


def test_a_request_after_the_moment_calls_for_a_tick(site, time_machine):
    now = timezone.now()
    article("Ending", unpublish_at=now + timedelta(seconds=60))
    site.tick()
    site.get("/en/news/")
    assert not site.store.clock.called.is_set()
    time_machine.move_to(now + timedelta(seconds=61), tick=False)
    site.get("/en/news/")
    assert site.store.clock.called.is_set()


def test_one_worker_of_many_moves_the_generation_on(time_machine):
    now = timezone.now()
    article("Embargoed", published_at=now + timedelta(seconds=60))
    workers = [Site() for _ in range(3)]
    value = generation.look()[0]
    for worker in workers:
        worker.tick(now + timedelta(seconds=61))
    assert generation.look() == (value + 1, None)
    for worker in workers:
        worker.tick(now + timedelta(seconds=62))
        assert worker.store.clock.known.generation == value + 1


def test_what_cannot_be_moved_on_is_over_all_the_same(site, monkeypatch, time_machine):
    now = timezone.now()
    one = article("Ending", unpublish_at=now + timedelta(seconds=60))
    site.tick()
    site.get(one.get_absolute_url())

    def locked(at):
        raise DatabaseError("database is locked")

    monkeypatch.setattr(generation, "move_on", locked)
    time_machine.move_to(now + timedelta(seconds=61), tick=False)
    with pytest.raises(DatabaseError):
        site.tick()
    assert site.get(one.get_absolute_url()).status == 410


def test_no_page_is_kept_for_longer_than_an_hour(site, time_machine):
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    path = article().get_absolute_url()
    site.tick()
    site.get(path)
    time_machine.move_to(now + timedelta(seconds=3599), tick=False)
    assert site.renders(path) == 0
    time_machine.move_to(now + timedelta(seconds=3600), tick=False)
    assert site.renders(path) == 1


# --- an answer that does not come -----------------------------------------------------------------


def test_before_the_first_answer_everything_passes_by():
    path = article().get_absolute_url()
    site = Site()
    site.store.after_fork()
    assert site.passed_by(path)
    site.tick()
    assert not site.passed_by(path)


def test_after_three_seconds_without_an_answer_everything_passes_by(site, monkeypatch):
    monkeypatch.setattr(clock, "BELIEVED_S", BELIEVED_S)
    path = article().get_absolute_url()
    site.tick()
    asked = site.store.clock.known.believed_until - BELIEVED_S
    site.get(path)
    monkeypatch.setattr("nkhr.store.layer.monotonic", lambda: asked + 2.9)
    assert not site.passed_by(path)
    monkeypatch.setattr("nkhr.store.layer.monotonic", lambda: asked + 3.1)
    assert site.passed_by(path)
    monkeypatch.setattr("nkhr.store.layer.monotonic", time.monotonic)
    site.tick()
    assert not site.passed_by(path)


def test_the_three_seconds_begin_when_the_question_was_asked(site, monkeypatch):
    look = generation.look

    def slow():
        time.sleep(0.2)
        return look()

    monkeypatch.setattr(generation, "look", slow)
    site.tick()
    assert site.store.clock.known.believed_until < time.monotonic() + clock.BELIEVED_S - 0.19


def test_trouble_with_the_counts_does_not_stop_the_pages(site, monkeypatch):
    def away(turn):
        raise DatabaseError

    monkeypatch.setattr(counts, "changed_since", away)
    one = article()
    with pytest.raises(DatabaseError):
        site.tick()
    assert site.store.clock.known.generation == generation.look()[0]
    assert site.get(one.get_absolute_url()).status == 200


# --- the thread -----------------------------------------------------------------------------------


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


# --- the number of reads ---------------------------------------------------------------------------


UNCOUNTED = {"sec_purpose": "prefetch"}  # so that looking changes nothing


def read(one: Article, times: int, agent: str = "Firefox") -> None:
    """As many different readers."""
    for n in range(times):
        record(one.uuid, Kind.VIEW, reader(agent=f"{agent} {n} {time.monotonic_ns()}"), status=200)
    fold_hits()


def shown(site: Site, one: Article, **headers: str) -> str:
    return site.get(one.get_absolute_url(), **headers).text.split("data-reads>")[1].split("<")[0]


@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_the_next_tick_brings_a_changed_number_without_a_render(site, encoding):
    one = article()
    site.tick()
    assert shown(site, one, accept_encoding=encoding, **UNCOUNTED) == "0 times"
    renders = len(site.below.asked)
    for times, words in [(1, "1 time"), (1, "2 times"), (1200, "1,202 times")]:
        read(one, times)
        site.tick()
        assert shown(site, one, accept_encoding=encoding, **UNCOUNTED) == words
    assert len(site.below.asked) == renders


def test_the_number_shown_is_the_number_django_shows(site):
    one, other = article(), article("Another", language="ko")
    Baseline.objects.create(item=other.uuid, number=4000, origin="the old board")
    for page in (one, other):
        site.get(page.get_absolute_url(), **UNCOUNTED)
    read(other, 312)
    site.tick()
    assert shown(site, other, **UNCOUNTED) == "4,312회"
    assert shown(Site(), other, **UNCOUNTED) == "4,312회"
    assert shown(site, one, **UNCOUNTED) == "0 times"


def test_a_number_corrected_by_staff_is_shown_with_the_next_tick(site):
    one = article()
    site.tick()
    shown(site, one, **UNCOUNTED)
    row = Baseline.objects.create(item=one.uuid, number=7, origin="the old board")
    site.tick()
    assert shown(site, one, **UNCOUNTED) == "7 times"
    row.number = 9
    row.save()
    site.tick()
    assert shown(site, one, **UNCOUNTED) == "9 times"
    row.delete()
    site.tick()
    assert shown(site, one, **UNCOUNTED) == "0 times"


def test_a_hit_folded_while_the_page_was_rendered_is_not_forgotten():
    one = article()

    class FoldsMeanwhile(Below):
        site = None

        def __call__(self, request, start_response):
            answer = super().__call__(request, start_response)
            read(one, 3)
            self.site.tick()  # at that moment no page shows the number
            return answer

    below = FoldsMeanwhile()
    below.site = site = Site(below=below)
    site.tick()
    assert shown(site, one, **UNCOUNTED) == "0 times"
    site.tick()
    assert shown(site, one, **UNCOUNTED) == "3 times"


def test_a_tick_on_a_quiet_site_is_two_small_queries(site, django_assert_num_queries):
    for n in range(5):
        site.get(article(f"Number {n}").get_absolute_url(), **UNCOUNTED)
    site.tick()
    site.tick()
    with django_assert_num_queries(2):
        site.tick()


def test_a_tick_asks_for_changed_numbers_alone_and_for_all_of_them_together(
    site, django_assert_num_queries
):
    pages = [article(f"Number {n}") for n in range(9)]
    site.tick()
    for one in pages[:6]:
        site.get(one.get_absolute_url(), **UNCOUNTED)
    site.tick()
    for one in pages[3:]:
        read(one, 2)
    with django_assert_num_queries(3) as asked:
        site.tick()
    assert sum(one.uuid.hex in asked[2]["sql"].replace("-", "") for one in pages) == 3
    assert [shown(site, one, **UNCOUNTED) for one in pages[:6]] == (
        ["0 times"] * 3 + ["2 times"] * 3
    )


def test_a_worker_that_slept_through_many_turns_asks_for_everything_it_shows(site, monkeypatch):
    monkeypatch.setattr(Change, "KEPT", 3)
    one, other = article(), article("Another")
    site.tick()
    for page in (one, other):
        site.get(page.get_absolute_url(), **UNCOUNTED)
    site.tick()
    read(one, 1)
    for _ in range(4):
        read(other, 1)
    assert Change.objects.count() == 3
    site.tick()
    assert shown(site, one, **UNCOUNTED) == "1 time"
    assert shown(site, other, **UNCOUNTED) == "4 times"


def test_turns_are_numbered_without_a_gap_for_readers_of_changes():
    first, second = Turn.take(), Turn.take()
    assert second == first + 1
    Change.note(first, [])
    Change.note(second, [])
    assert counts.last_turn() == second
    assert counts.changed_since(first) == (set(), second)
    assert counts.changed_since(second) == (set(), second)
