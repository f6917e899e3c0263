"""Sixteen threads at once: one render a page, and nobody waits for ever."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.http import HttpResponse

from nkhr.store import layer
from nkhr.store.pages import Pages
from tests.store.conftest import Answer, Site

pytestmark = pytest.mark.django_db
THREADS = 16


class Below:
    """As Django, without a database: one published page at every address."""

    def __init__(self, pause_s: float = 0.0) -> None:
        self.pause_s = pause_s
        self.lock = threading.Lock()
        self.asked: list[str] = []
        self.fails = False
        self.during = lambda: None

    def __call__(self, request, start_response):
        with self.lock:
            self.asked.append(request["PATH_INFO"])
        self.during()
        time.sleep(self.pause_s)
        if self.fails:
            raise RuntimeError("the render failed")
        response = HttpResponse(f"<p>{request['PATH_INFO']}</p>" * 50)
        response.page_params = ()
        start_response("200 OK", list(response.items()))
        return response


def all_at_once(site: Site, paths: list[str]) -> list[Answer | Exception]:
    together = threading.Barrier(len(paths))

    def ask(path: str) -> Answer | Exception:
        together.wait()
        try:
            return site.get(path)
        except RuntimeError as error:
            return error

    with ThreadPoolExecutor(len(paths)) as pool:
        return list(pool.map(ask, paths))


def test_sixteen_who_ask_for_one_cold_page_cause_one_render():
    below = Below(pause_s=0.2)
    answers = all_at_once(Site(below=below), ["/en/news/"] * THREADS)
    assert len(below.asked) == 1
    assert {answer.raw for answer in answers} == {b"<p>/en/news/</p>" * 50}


def test_different_pages_do_not_wait_for_one_another():
    below = Below()
    together = threading.Barrier(4)
    below.during = lambda: together.wait(10)
    paths = ["/en/news/", "/ko/news/", "/en/meetings/", "/ko/meetings/"]
    answers = all_at_once(Site(below=below), paths)
    assert [answer.status for answer in answers] == [200] * 4


def test_a_failed_render_wakes_those_who_wait_and_they_try_themselves():
    below = Below(pause_s=0.1)
    below.fails = True
    site = Site(below=below)
    start = time.monotonic()
    answers = all_at_once(site, ["/en/news/"] * THREADS)
    assert all(isinstance(answer, RuntimeError) for answer in answers)
    assert time.monotonic() - start < layer.PATIENCE_S
    assert not site.store.renders
    below.fails = False
    assert site.get("/en/news/").status == 200


def test_who_has_waited_long_enough_renders_alone(monkeypatch):
    monkeypatch.setattr(layer, "PATIENCE_S", 0.05)
    below, go_on = Below(), threading.Event()
    site = Site(below=below)
    first = threading.Event()

    def hang():
        if not first.is_set():
            first.set()
            assert go_on.wait(10)

    below.during = hang
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(site.get, "/en/news/")
        assert first.wait(10)
        assert site.get("/en/news/").status == 200
        go_on.set()
        assert slow.result().status == 200


def test_a_withdrawal_during_a_render_is_not_lost_in_a_crowd():
    """Whoever asks after a change became known gets no page from before it."""
    below = Below()
    site = Site(below=below)
    stop = threading.Event()
    generation, wrong = [0], []

    def version(request, start_response):
        seen = generation[0]
        time.sleep(0.001)
        response = HttpResponse(str(seen) * 100)
        response.page_params = ()
        start_response("200 OK", list(response.items()))
        return response

    site.store.inner = version

    def ask() -> None:
        while not stop.is_set():
            known = site.store.clock.known.generation
            got = int(site.get("/en/news/").raw[:1])
            if got < known:
                wrong.append((got, known))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for number in range(1, 10):
        time.sleep(0.02)
        generation[0] = number  # the change is made, then it becomes known
        known = site.store.clock.known
        site.store.clock.known = known._replace(generation=number)
        site.store.pages.clear()
    stop.set()
    for thread in threads:
        thread.join()
    assert not wrong


def test_the_reckoning_of_bytes_holds_in_a_crowd():
    below = Below()
    site = Site(below=below, capacity=150_000)
    paths = [f"/en/news/2015/n{n}/" for n in range(60)]

    def ask(seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(300):
            path = chance.choice(paths)
            assert site.get(path, accept_encoding=chance.choice(["", "br", "gzip"])).status == 200
            if chance.random() < 0.01:
                site.store.pages.clear()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(ask, range(THREADS)))
    pages: Pages = site.store.pages
    assert 0 < pages.size <= 150_000
    for shelf in (pages.plain, pages.queried):
        assert shelf.size == sum(page.size for page in shelf.pages.values())
    assert not site.store.renders
