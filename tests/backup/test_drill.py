"""A whole site, backed up while it is used, wiped and restored; and what runs on meanwhile."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, transaction
from django.test import Client

from advocacy.backup import making
from advocacy.backup.refused import Refused
from advocacy.hits import counts
from advocacy.hits.counter import Kind
from advocacy.hits.models import Total
from advocacy.news.models import Article, Tag
from advocacy.publishing import actions, log
from nkhr.store.layer import Store
from tests.facts import article
from tests.hits.conftest import FIREFOX

from .reading import pages, tables

pytestmark = pytest.mark.django_db


# The drill


def test_everything_backed_up_under_load_wiped_and_restored_is_what_it_was(site):
    """Readers read and are counted, staff save drafts in pairs and upload: no page may differ."""
    before = pages()
    reader, stop, wrong = Client(HTTP_HOST="127.0.0.1:8000"), threading.Event(), []

    def read(number: int) -> None:
        with site.here():
            while not stop.is_set():
                path = list(before)[number % 20]
                answer = reader.get(path, HTTP_USER_AGENT=f"{FIREFOX} {number}")
                if answer.status_code != before[path][0]:
                    wrong.append((path, answer.status_code))
                number += 1

    def write() -> None:
        with site.here():
            number = 0
            while not stop.is_set():
                with transaction.atomic():
                    for half in ("one", "other"):
                        Article.objects.create(title=f"{number} {half}", body="<p>Draft.</p>")
                number += 1
                time.sleep(0.01)

    threads = [threading.Thread(target=read, args=(7 * n,)) for n in range(2)]
    threads.append(threading.Thread(target=write))
    for thread in threads:
        thread.start()
    try:
        while Article.objects.filter(title__endswith="other").count() < 3:
            time.sleep(0.02)
        made = making.back_up(site.place / "site.tar.gz")
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert wrong == []
    assert made.missing == []
    site.wipe()
    site.restore(site.place / "site.tar.gz")
    assert pages() == before
    halves = [title.split() for title in Article.objects.values_list("title", flat=True)]
    ones = {half[0] for half in halves if half[-1] == "one"}
    assert len(ones) >= 3
    assert ones == {half[0] for half in halves if half[-1] == "other"}
    assert not log.verify().problem


def test_a_restored_site_backed_up_again_gives_the_same_tables(site):
    first = tables(site.back_up())
    site.wipe()
    site.restore(site.place / "site.tar.gz")
    second = tables(site.back_up("second.tar.gz"))
    moved_on = {"publishing_generation", "hits_turn"}
    assert {name for name in first if first[name] != second[name]} <= moved_on
    assert first.keys() == second.keys()


@pytest.mark.usefixtures("built_once")
def test_after_a_restore_new_rows_get_new_numbers(site):
    before = set(Tag.objects.values_list("pk", flat=True))
    site.restore(site.back_up())
    assert Tag.objects.create(name="New", slug="new", name_ko="새").pk not in before
    actions.publish(record=article("Published after it", public=False))
    assert not log.verify().problem


# What runs on meanwhile


@pytest.mark.usefixtures("built_once")
def test_a_restore_that_fails_in_its_last_step_leaves_the_site_as_it_is(site, monkeypatch):
    path = site.back_up()
    Tag.objects.create(name="Later", slug="later", name_ko="나중")

    def fail() -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("advocacy.hits.models.Turn.move_beyond_all", fail)
    with pytest.raises(Refused, match="broke off"):
        site.restore(path)
    assert Tag.objects.filter(slug="later").exists()
    assert not log.verify().problem


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a file of SQLite is one site's")
def test_a_database_that_holds_tables_of_others_is_left_alone(site):
    path = site.back_up()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE of_others (number integer)")
    with pytest.raises(Refused, match=r"of_others: a restore needs a database of the site's own"):
        site.restore(path)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM of_others")
    assert Article.objects.published().exists()


@pytest.mark.usefixtures("built_once")
def test_a_worker_shows_the_restored_record_and_its_numbers_at_the_next_tick(site):
    one = Article.objects.published().first()
    path, address = site.back_up(), one.get_absolute_url()
    worker = Store(lambda *_: [], capacity=1, ticking=False)
    Total.objects.create(item=one.uuid, kind=Kind.VIEW, human=7)
    for _generation in range(5):
        article()
    worker.clock.tick()
    known, turn = worker.clock.known, worker.clock.turn
    site.restore(path)
    worker.clock.tick()
    assert worker.clock.known.generation > known.generation
    assert worker.clock.turn > turn
    assert counts.changed_since(turn)[0] is None  # read every number anew
    assert Client(HTTP_HOST="127.0.0.1:8000").get(address).status_code == 200


@pytest.mark.usefixtures("built_once")
def test_a_connection_that_was_open_sees_the_restored_record_and_writes_to_it(site):
    path = site.back_up()
    Tag.objects.create(name="Later", slug="later", name_ko="나중")
    seen, restored = [], threading.Event()
    opened = threading.Event()

    def worker() -> None:
        with site.here():
            seen.append(Tag.objects.filter(slug="later").exists())
            opened.set()
            restored.wait(60)
            seen.append(Tag.objects.filter(slug="later").exists())
            Tag.objects.create(name="Written", slug="written", name_ko="씀")

    thread = threading.Thread(target=worker)
    thread.start()
    opened.wait(60)
    site.restore(path)
    restored.set()
    thread.join()
    assert seen == [True, False]
    assert Tag.objects.filter(slug="written").exists()
