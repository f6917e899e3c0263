"""Requests with known answers, from the request to the number."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from advocacy.hits import counts, journal, visitors
from advocacy.hits.counter import Kind
from advocacy.hits.fold import fold
from advocacy.hits.models import DailyCount, RecentClicks, Salt, Total

from .conftest import FIREFOX, NOON, SAFARI, SEOUL, hit

pytestmark = pytest.mark.django_db
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def folded_views(item) -> int:
    fold()
    return counts.views(item)


def test_a_replayed_log_gives_the_numbers_worked_out_by_hand(item):
    other = uuid4()
    hit(item, 0)  # 1: a reader
    hit(item, 20)  # a double click
    hit(item, 45)  # still one: 25 s after the last
    hit(item, 76)  # 2: 31 s after the last
    hit(item, 5, agent=SAFARI)  # 3: same address, other browser
    hit(item, 5, address="198.51.100.8")  # 4: other address
    hit(item, 6, method="HEAD", address="198.51.100.9")
    hit(item, 7, sec_purpose="prefetch;prerender", address="198.51.100.10")
    hit(item, 8, purpose="prefetch", address="198.51.100.11")
    hit(item, 9, status=304, address="198.51.100.12")  # 5: read from the reader's cache
    hit(item, 10, status=404, address="198.51.100.13")
    hit(item, 11, agent=GOOGLEBOT)  # robots 1
    hit(item, 12, agent="curl/8.5.0")  # robots 2
    hit(other, 12)  # another item
    hit(item, 13, kind=Kind.DOWNLOAD)  # a download, not a double click of the view
    hit(
        item, 60, kind=Kind.DOWNLOAD, status=206, range="bytes=0-99", content_range="bytes 0-99/500"
    )
    hit(
        item,
        95,
        kind=Kind.DOWNLOAD,
        status=206,
        range="bytes=100-",
        content_range="bytes 100-499/500",
    )
    assert fold().records == 12

    assert counts.views(item) == 5
    assert counts.downloads(item) == 2
    assert counts.robots(item) == 2
    assert counts.views_of([item, other]) == {item: 5, other: 1}
    today = DailyCount.objects.get(item=item, kind=Kind.VIEW)
    assert (today.day, today.human, today.robots, today.visitors) == (date(2026, 11, 24), 5, 2, 4)


@pytest.mark.parametrize(("seconds", "views"), [(29, 1), (30, 1), (31, 2)])
def test_a_double_click_across_a_fold_is_one(item, seconds, views):
    hit(item, 0)
    fold()
    hit(item, seconds)
    assert folded_views(item) == views


def test_a_chain_of_clicks_across_folds_is_one(item):
    for seconds in (0, 25, 50, 75):
        hit(item, seconds)
        fold()
    assert counts.views(item) == 1
    hit(item, 106)
    assert folded_views(item) == 2


def test_a_double_click_on_two_workers_is_one(item):
    """Each has a journal of its own; the second process is a second writer here."""
    second = journal.Writer()
    hit(item, 0)
    hit(item, 40, address="198.51.100.8")
    first, journal.append = journal.append, second.append
    try:
        hit(item, 10)
        hit(item, 50, address="198.51.100.8")
    finally:
        journal.append = first
    hit(item, 20)
    assert len(journal.files()) == 2
    second.close()
    assert folded_views(item) == 2


def test_a_double_click_on_two_machines_is_one(item, settings, tmp_path):
    hit(item, 0)
    fold()
    settings.VAR_DIR = tmp_path / "second machine"
    hit(item, 10)
    fold()
    assert counts.views(item) == 1


def test_several_machines_fold_into_one_number(item, settings, tmp_path):
    for number in range(3):
        settings.VAR_DIR = tmp_path / f"machine {number}"
        hit(item, 0, address=f"198.51.100.{number}")
        hit(item, 5, address=f"198.51.100.{number + 100}")
        assert fold().records == 2
    assert counts.views(item) == 6


def test_midnight_in_seoul_parts_the_days(item):
    midnight = datetime(2026, 11, 25, tzinfo=SEOUL)
    hit(item, -1, at=midnight)
    hit(item, 1, at=midnight, address="198.51.100.8")
    fold()
    days = counts.by_day(item, Kind.VIEW, days_back=2, at=midnight)
    assert [(day.day, day.human) for day in days] == [
        (date(2026, 11, 24), 1),
        (date(2026, 11, 25), 1),
    ]


def test_a_double_click_over_midnight_counts_on_either_day_as_the_secret_ends(item):
    midnight = datetime(2026, 11, 25, tzinfo=SEOUL)
    hit(item, -5, at=midnight)
    hit(item, 5, at=midnight)
    assert folded_views(item) == 2


def test_the_day_of_seoul_is_not_the_day_of_greenwich(item):
    hit(item, at=datetime(2026, 11, 24, 0, 30, tzinfo=SEOUL))  # 15:30 on the 23rd in UTC
    fold()
    assert DailyCount.objects.get().day == date(2026, 11, 24)


def test_a_clock_set_back_an_hour_loses_and_invents_nothing(item):
    hit(item, 0)
    hit(item, -3600)  # the same reader, an hour earlier by the clock: another action
    hit(item, -3590)  # and its double click
    fold()
    hit(item, -3580)
    assert folded_views(item) == 2
    assert RecentClicks.objects.count() == 2


def test_two_readers_behind_a_trusted_proxy_are_two(item, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    hit(item, 0, address="127.0.0.1", x_forwarded_for="198.51.100.1")
    hit(item, 1, address="127.0.0.1", x_forwarded_for="198.51.100.2")
    hit(
        item, 2, address="127.0.0.1", x_forwarded_for="1.1.1.1, 198.51.100.2"
    )  # forged: still the second
    assert folded_views(item) == 2


def test_a_stranger_cannot_be_many_readers_by_forging_hops(item, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    for number in range(9):
        hit(item, number, address="203.0.113.5", x_forwarded_for=f"198.51.100.{number}")
    assert folded_views(item) == 1


def test_visitors_of_a_day_are_counted_once_across_folds(item):
    for hours in range(4):
        hit(item, hours * 3600)
        hit(item, hours * 3600, address="2001:db8::1")
        fold()
    day = DailyCount.objects.get()
    assert (day.human, day.visitors) == (8, 2)


def test_a_reader_is_another_visitor_tomorrow_and_for_another_item(item):
    other = uuid4()
    hit(item)
    hit(other)
    hit(item, 24 * 3600)
    fold()
    assert [row.visitors for row in DailyCount.objects.all()] == [1, 1, 1]


def test_the_secret_changes_every_day_and_is_deleted_when_its_day_is_past(item):
    hit(item)
    hit(item, 24 * 3600)
    today, tomorrow = Salt.objects.order_by("day")
    assert bytes(today.value) != bytes(tomorrow.value)
    assert len(bytes(today.value)) == 32
    visitors.forget_past_days(NOON + timedelta(days=1))
    assert list(Salt.objects.all()) == [tomorrow]


def test_no_address_and_no_user_agent_is_stored(item):
    hit(item, address="198.51.100.77", agent=FIREFOX)
    written = b"".join(path.read_bytes() for path in journal.files())
    fold()
    from django.apps import apps

    stored = repr(
        [list(model.objects.values()) for model in apps.get_app_config("hits").get_models()]
    )
    for secret in ("198.51.100.77", "Firefox", bytes([198, 51, 100, 77]).hex()):
        assert secret not in stored
        assert secret.encode() not in written
    assert bytes([198, 51, 100, 77]) not in written


def test_the_totals_are_the_sums_of_the_days(item):
    for day in range(3):
        for reader in range(day + 1):
            hit(item, day * 86400, address=f"198.51.100.{reader}")
            hit(item, day * 86400, address=f"198.51.100.{reader}", kind=Kind.DOWNLOAD)
        fold()
    for total in Total.objects.all():
        days = DailyCount.objects.filter(item=total.item, kind=total.kind)
        assert total.human == sum(day.human for day in days) == 6
