"""The number of reads in a page is never older than a tick."""

from __future__ import annotations

import time

import pytest

from advocacy.hits import counts
from advocacy.hits.counter import Kind
from advocacy.hits.models import Baseline, Change, Turn
from advocacy.hits.recording import record
from advocacy.news.models import Article
from tests.facts import article
from tests.hits.conftest import environ as reader
from tests.store.conftest import Below, Site, fold_hits

pytestmark = pytest.mark.django_db

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
