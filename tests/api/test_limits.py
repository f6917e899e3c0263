"""How often somebody may ask, counted for all workers and without knowing who it is."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from advocacy.api import limits

NOON = 1_764_000_000.0


def left(address="198.51.100.7", at=NOON, **meta) -> int:
    return limits.take({"REMOTE_ADDR": address, **meta}, at).requests


def test_each_network_has_a_number_of_its_own():
    assert [left(), left(), left("203.0.113.9"), left()] == [299, 298, 299, 297]


def test_a_number_begins_anew_with_the_minute():
    assert [left(), left(), left(at=NOON + 60), left(at=NOON + 61)] == [299, 298, 299, 298]


def test_another_browser_is_no_way_round():
    assert [left(HTTP_USER_AGENT=agent) for agent in ("a", "b")] == [299, 298]


def test_other_addresses_of_one_ipv6_network_are_no_way_round():
    assert [left("2001:db8:1:2::1"), left("2001:db8:1:2:ffff::9")] == [299, 298]
    assert left("2001:db8:1:3::1") == 299


def test_a_visitor_behind_our_proxy_is_told_from_the_next(settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    found = [left("127.0.0.1", HTTP_X_FORWARDED_FOR=who) for who in ("192.0.2.1", "192.0.2.2")]
    assert found == [299, 299]


def test_who_forwards_for_others_unasked_is_counted_as_one():
    assert [left(HTTP_X_FORWARDED_FOR=who) for who in ("192.0.2.1", "192.0.2.2")] == [299, 298]


def test_what_is_no_address_is_counted_too():
    assert [left("", at=NOON), left("\udc80", at=NOON)] == [299, 299]


def _ask(var_dir: Path, times: int) -> None:
    limits.settings.VAR_DIR = var_dir
    limits.forget()
    for _time in range(times):
        left()


def test_all_workers_of_a_machine_count_together_and_lose_nothing(settings):
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_ask, args=(settings.VAR_DIR, 40)) for _number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert left() == limits.REQUESTS - 161


def test_nothing_that_is_stored_is_an_address_or_tells_one(settings):
    for number in range(1, 5):
        left(f"198.51.100.{number}")
    content = (settings.VAR_DIR / "api-limits").read_bytes()
    assert len(content) == limits.PLACES * 8
    written = [content[at : at + 8] for at in range(0, len(content), 8)]
    minute = int(NOON) // 60
    assert {limits.NUMBERS.unpack(one) for one in written} == {(0, 0), (minute, 1)}


@pytest.mark.parametrize("what", ["a folder", "nowhere"])
def test_where_no_file_can_be_the_number_is_kept_in_memory(settings, tmp_path, what):
    if what == "a folder":
        (settings.VAR_DIR / "api-limits").mkdir()
    else:
        settings.VAR_DIR = tmp_path / "not" / "there"
    assert [left(), left()] == [299, 298]
