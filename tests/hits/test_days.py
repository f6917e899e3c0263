"""A day as readers live it, looked up once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from advocacy.hits import days
from advocacy.hits.counter import LONGEST_AGENT, _is_robot, is_robot

from .conftest import SEOUL


@given(st.lists(st.integers(0, 4_000_000_000), min_size=1, max_size=4))
def test_the_day_of_a_second_is_the_day_of_that_moment_in_whatever_order(moments):
    for seconds in moments:
        assert days.of(seconds) == days.number(datetime.fromtimestamp(seconds, UTC))


@pytest.mark.parametrize("microseconds", [-1, 0])
def test_the_remembered_day_ends_at_midnight(microseconds):
    midnight = datetime(2026, 11, 25, tzinfo=SEOUL)
    first = days.of((midnight - timedelta(hours=3)).timestamp())
    now = (midnight + timedelta(microseconds=microseconds)).timestamp()
    assert days.of(now) == first + (0 if microseconds else 1)


def test_days_of_23_and_25_hours_are_days(settings):
    settings.TIME_ZONE = "Europe/Zurich"
    start = int(datetime(2026, 10, 24, tzinfo=UTC).timestamp())
    for seconds in range(start, start + 3 * 86400, 1800):
        assert days.of(seconds) == days.number(datetime.fromtimestamp(seconds, UTC))


def test_another_time_zone_has_other_days(settings):
    seconds = datetime(2026, 11, 25, 1, tzinfo=SEOUL).timestamp()
    here = days.of(seconds)
    settings.TIME_ZONE = "America/New_York"
    assert days.of(seconds) == here - 1


@time_machine.travel(datetime(2026, 11, 24, 23, 59, 59, tzinfo=SEOUL), tick=False)
def test_the_calendar_is_asked_once_a_day(monkeypatch):
    seconds = datetime.now(UTC).timestamp()
    days.of(seconds)
    monkeypatch.setattr(days, "_look_up", lambda moment: pytest.fail("asked again"))
    assert days.of(seconds) == days.of(seconds - 80_000)


def test_a_long_user_agent_takes_no_more_memory_than_a_short_one():
    _is_robot.cache_clear()
    for number in range(3):
        is_robot("x" * 100_000 + str(number))
    assert _is_robot.cache_info().currsize == 1
    assert LONGEST_AGENT == 512
