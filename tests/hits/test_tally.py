"""Counting by columns gives what counting one by one gives, and its memory is bounded."""

from collections import defaultdict
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.hits import days, journal, ledger, visitors
from advocacy.hits import fold as folding
from advocacy.hits.counter import DOUBLE_CLICK_MS, Kind
from advocacy.hits.fold import fold
from advocacy.hits.models import DailyCount, DayVisitors, RecentClicks
from advocacy.hits.records import Hit, pack, scan
from advocacy.hits.tally import Tally

from .conftest import NOON, hit

ITEMS = [UUID(int=1 << 64 | 5), UUID(int=2**127 + 3)]
START = 1_795_000_000_000

single_hits = st.builds(
    Hit,
    kind=st.sampled_from(Kind),
    item=st.sampled_from(ITEMS),
    visitor=st.integers(1, 4),
    at_ms=st.integers(START, START + 4 * DOUBLE_CLICK_MS),
    day=st.integers(20_000, 20_001),
    robot=st.booleans(),
)
hits = st.lists(single_hits, max_size=60)


def one_by_one(given_hits: list[Hit]) -> dict[tuple, list[int]]:
    """`[human, robots, visitors]`, as anybody would write it down."""
    last: dict[tuple, int] = {}
    came: defaultdict[tuple, set[int]] = defaultdict(set)
    rows: dict[tuple, list[int]] = {}
    for one in given_hits:
        click = (one.kind, one.item, one.visitor)
        previous = last.get(click)
        if previous is not None and abs(one.at_ms - previous) <= DOUBLE_CLICK_MS:
            last[click] = max(previous, one.at_ms)
            continue
        last[click] = one.at_ms
        page = (one.item.bytes, one.kind, one.day)
        row = rows.setdefault(page, [0, 0, 0])
        row[1 if one.robot else 0] += 1
        if not one.robot:
            came[page].add(one.visitor)
            row[2] = len(came[page])
    return rows


def tally_of(given_hits: list[Hit]) -> Tally:
    tally = Tally()
    tally.add(scan(b"torn".join(map(pack, given_hits)))[0])
    return tally


@given(hits)
def test_counting_by_columns_is_counting_one_by_one(given_hits):
    tally = tally_of(given_hits)
    tally.count({})
    totals, by_day = tally.sum_up()
    assert by_day == one_by_one(given_hits)
    for (item, kind), numbers in totals.items():
        of_days = [row for (i, k, _day), row in by_day.items() if (i, k) == (item, kind)]
        assert numbers == [sum(column) for column in list(zip(*of_days, strict=True))[:2]]


@given(st.lists(st.tuples(single_hits, st.integers(0, 2)), max_size=60))
def test_the_journals_of_several_workers_count_as_one_in_the_order_of_time(hits_and_workers):
    # of one millisecond, the worker whose journal is older comes first
    hits_and_workers.sort(key=lambda pair: (pair[0].at_ms, pair[1]))
    tally = Tally()
    for worker in range(3):
        written = b"".join(pack(one) for one, writer in hits_and_workers if writer == worker)
        tally.add(scan(written)[0])
    tally.count({})
    assert tally.sum_up()[1] == one_by_one([one for one, _worker in hits_and_workers])


@pytest.mark.django_db
def test_a_hit_of_a_kind_that_only_a_later_version_knows_is_left_out(item, monkeypatch):
    monkeypatch.setitem(folding.records.CODES, Kind.VIEW, 7)
    hit(item)
    assert fold().records == 1
    assert not DailyCount.objects.exists()


@pytest.mark.django_db
def test_clicks_too_old_to_be_repeated_are_forgotten_while_catching_up(item, monkeypatch):
    """A day's backlog, folded within seconds, must not be remembered whole."""
    monkeypatch.setattr(folding, "AT_ONCE", 400)
    monkeypatch.setattr(journal, "LENGTH", 400)
    for number in range(100):
        hit(item, number * 12, address=f"2001:db8::{number:x}")
    fold()
    remembered = sum(len(row.clicks) // 16 for row in RecentClicks.objects.all())
    assert remembered <= 20
    assert RecentClicks.objects.count() <= 2


@pytest.mark.django_db
def test_the_clicks_of_another_machine_far_behind_are_kept_for_it(item, monkeypatch):
    hit(item, -3600)
    monkeypatch.setattr(ledger.socket, "gethostname", lambda: "behind")
    fold()
    monkeypatch.setattr(ledger.socket, "gethostname", lambda: "ahead")
    hit(item, 0, address="203.0.113.1")
    fold()
    hit(item, -3590)
    monkeypatch.setattr(ledger.socket, "gethostname", lambda: "behind")
    fold()
    assert DailyCount.objects.get().human == 2


@pytest.mark.django_db
def test_a_full_row_of_the_day_s_visitors_is_never_written_again(item, monkeypatch):
    monkeypatch.setattr(ledger, "ROW_BYTES", 2 * 8)
    monkeypatch.setattr(ledger, "PART_BITS", 64)  # all in one part
    for number in range(7):
        hit(item, address=f"2001:db8::{number:x}")
        if number % 3 == 2:
            fold()
    fold()
    rows = DayVisitors.objects.order_by("number")
    assert [(row.number, len(row.clicks)) for row in rows] == [(0, 16), (1, 16), (2, 16), (3, 8)]
    before = {row.number: bytes(row.clicks) for row in rows}
    hit(item, 3600, address="2001:db8::ffff")
    hit(item, 3600, address="2001:db8::1")
    fold()
    after = {row.number: bytes(row.clicks) for row in rows.all()}
    assert all(after[number] == before[number] for number in range(3))
    assert DailyCount.objects.get().visitors == 8


@pytest.mark.django_db
def test_who_was_seen_is_forgotten_when_the_day_is_past(item):
    hit(item)
    fold()
    visitors.forget_past_days(NOON + timedelta(days=1))
    assert DayVisitors.objects.exists()  # a fold of another machine may be behind
    visitors.forget_past_days(NOON + timedelta(days=2))
    assert not DayVisitors.objects.exists()


@pytest.mark.django_db
def test_hits_of_two_days_and_robots_fold_together(item):
    midnight = days.as_date(days.number(NOON)) + timedelta(days=1)
    for number in range(4):
        hit(item, number * 6 * 3600, agent="curl/8.5.0" if number == 1 else "Mozilla/5.0 Firefox")
        hit(item, number * 6 * 3600 + 10, kind=Kind.DOWNLOAD)
    fold()
    rows = DailyCount.objects.order_by("kind", "day").values_list(
        "kind", "day", "human", "robots", "visitors"
    )
    today = midnight - timedelta(days=1)
    assert list(rows) == [
        ("download", today, 2, 0, 1),
        ("download", midnight, 2, 0, 1),
        ("view", today, 1, 1, 1),
        ("view", midnight, 2, 0, 1),
    ]
    assert len(journal.files()) == 1
