"""Pages live for one generation, and for no longer than the clock is answered."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from advocacy.hits import counts
from advocacy.pages.models import Organisation
from advocacy.publishing import actions, generation
from nkhr.store import clock
from tests.facts import article
from tests.store.conftest import BELIEVED_S, Below, Site

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
