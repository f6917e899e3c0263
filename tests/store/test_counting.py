"""Every showing of a page is a hit, whether it came from memory or not, and none is two."""

from __future__ import annotations

import errno
import os

import pytest

from advocacy.hits import counts, journal
from nkhr.store import marker
from tests.facts import article, meeting, milestone
from tests.store.conftest import Site, environ, fold_hits, hits

pytestmark = pytest.mark.django_db
ROBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def test_a_cold_page_and_a_warm_one_are_one_hit_each(site):
    one = article()
    for n in range(3):
        site.get(one.get_absolute_url(), user_agent=f"Firefox {n}")
    assert hits() == 3
    fold_hits()
    assert counts.views(one.uuid) == 3


def test_everything_that_a_view_marks_is_counted(site):
    for one, path in [
        (m := milestone().texts.get(), m.get_absolute_url()),
        (m := meeting().texts.get(), m.get_absolute_url()),
    ]:
        site.get(path)
        site.get(path, user_agent="Another")
        fold_hits()
        assert counts.views(one.uuid) == 2


def test_an_unchanged_page_was_read_too(site):
    path = article().get_absolute_url()
    etag = site.get(path)["ETag"]
    assert site.get(path, if_none_match=etag).status == 304
    assert hits() == 2


def test_head_prefetch_and_lists_are_no_hits(site):
    path = article().get_absolute_url()
    for _cold_then_warm in range(2):
        site.get(path, "HEAD")
        site.get(path, sec_purpose="prefetch")
        site.get(path, sec_purpose="prefetch;prerender")
        site.get(path, x_moz="prefetch")
        site.get("/en/news/")
        site.get("/en/news/none/")
    assert hits() == 0


def test_robots_are_counted_apart(site):
    one = article()
    site.get(one.get_absolute_url())
    site.get(one.get_absolute_url(), user_agent=ROBOT)
    fold_hits()
    assert (counts.views(one.uuid), counts.robots(one.uuid)) == (1, 1)


def test_double_clicks_are_one(site):
    one = article()
    for _ in range(3):
        site.get(one.get_absolute_url())
    fold_hits()
    assert counts.views(one.uuid) == 1


def test_readers_behind_our_proxy_are_told_apart(site, settings):
    settings.TRUSTED_PROXIES = ["198.51.100.7/32"]
    one = article()
    for n in range(4):
        site.get(one.get_absolute_url(), x_forwarded_for=f"203.0.113.{n}")
    fold_hits()
    assert counts.views(one.uuid) == 4


def test_who_passes_by_is_counted_by_django_and_not_twice(site):
    one = article()
    path = one.get_absolute_url()
    assert site.passed_by(path + "?" + "x" * 3000)
    assert hits() == 1
    assert site.passed_by(path, cookie=f"staff={marker.make()}", user_agent="A reader after all")
    assert hits() == 2


def test_a_page_that_could_not_be_kept_is_counted_once():
    one = article()
    site = Site(capacity=1000)
    for n in range(3):
        assert site.get(one.get_absolute_url(), user_agent=f"Reader {n}").status == 200
    assert len(site) == 0
    assert hits() == 3


def test_a_page_is_shown_even_when_it_cannot_be_counted(site, monkeypatch, caplog):
    path = article().get_absolute_url()

    def full(descriptor, at, length):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(journal.os, "posix_fallocate", full)
    for _cold_then_warm in range(2):
        answer = site.get(path)
        assert (answer.status, "An article" in answer.text) == (200, True)
    assert hits() == 0
    assert "not counted" in caplog.text


def test_the_hit_is_written_before_the_answer_is_begun(site):
    path = article().get_absolute_url()
    site.get(path)
    written = []
    site.store(environ(path), lambda *words: written.append(hits()))
    assert written == [2]


def test_no_client_can_say_that_its_hit_is_counted_elsewhere(site):
    one = article()
    site.get(one.get_absolute_url() + "?" + "x" * 3000, advocacy_hits_counted_in_front="1")
    assert hits() == 1
