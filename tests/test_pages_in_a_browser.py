"""Every kind of public page as a browser shows it: to everyone, at any width, asking nobody else."""

from __future__ import annotations

from dataclasses import dataclass, field
from unittest.mock import patch

import pytest
from django.db import connections
from django.test import RequestFactory
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from nkhr import errors
from tests.browser import (
    SOME,
    VIEWS,
    accessibility_problems,
    is_wider_than_its_window,
    wait_for_answers,
)
from tests.whole.record import ELSEWHERE, KINDS, LANGUAGES, loaded

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SHOWN = [kind for kind in (*KINDS, *ELSEWHERE) if kind != "milestones, newest first"]  # a reorder
EVERY = [(language, kind) for language in LANGUAGES for kind in SHOWN]
#: Each kind in one of the languages; the long suite has it in the others too.
ONCE = {(LANGUAGES[number % len(LANGUAGES)], kind) for number, kind in enumerate(SHOWN)}
BROKEN = ("en", "broken")  # one page for both languages
WIDTHS = (320, 390, 1280)
OTHERS = [view for view in VIEWS if view not in SOME]
#: Puts the focus on each stop in turn, after a key was pressed; answers what is wrong with it.
LOOK_AT_STOPS = """() => {
    const wrong = [];
    const stops = document.querySelectorAll(
        'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"])');
    for (const stop of stops) {
        if (!stop.checkVisibility()) continue;
        stop.focus();
        const style = getComputedStyle(stop);
        const box = stop.getClientRects()[0];
        const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        const name = stop.outerHTML.slice(0, 120);
        if (document.activeElement !== stop || !stop.matches(':focus-visible'))
            wrong.push(`takes no focus: ${name}`);
        else if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2)
            wrong.push(`does not show its focus: ${name}`);
        else if (!at || !(stop.contains(at) || at.contains(stop)))
            wrong.push(`is covered by ${at && at.outerHTML.slice(0, 80)}: ${name}`);
    }
    return {count: stops.length, wrong};
}"""


@dataclass
class Visit:
    """One page, opened once, and what the browser did for it."""

    page: Page
    origin: str
    path: str
    status: int = 0
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def open(self) -> None:
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        answer = self.page.goto(self.path)
        self.status = answer.status
        if self.status >= 400:  # the browser says so too; anything more it says is a problem
            self.said = [line for line in self.said if f"status of {self.status}" not in line]


@pytest.fixture(scope="module")
def record(chromium, django_db_setup, django_db_blocker, tmp_path_factory):
    """Loaded after Playwright began: its loop gives this thread another database connection."""
    with django_db_blocker.unblock(), loaded(tmp_path_factory.mktemp("whole")) as record:
        yield record


@pytest.fixture(autouse=True)
def own_places(record):
    """Those of the record."""


@pytest.fixture(scope="module")
def server(record):
    """Serves the record from this process and its one transaction, in which it is never committed:
    the threads of the server share our connection, as they do that of a database in memory.
    """
    with patch.object(connections["default"], "is_in_memory_db", return_value=True):
        server = LiveServer("localhost")
        yield server
        server.stop()


@pytest.fixture(scope="module")
def context(chromium, server):
    context = chromium.new_context(
        base_url=server.url, viewport={"width": 1280, "height": 900}, locale="en-GB"
    )
    yield context
    context.close()
    wait_for_answers()


def shown() -> list:
    """All there is to visit."""
    return [
        pytest.param(which, id=" ".join(which), marks=() if which in ONCE else pytest.mark.long)
        for which in EVERY
    ] + [pytest.param(BROKEN, id=" ".join(BROKEN))]


@pytest.fixture(scope="module", params=shown())
def visit(request, context, server, record):
    page = context.new_page()
    path = record.paths.get(request.param, "/en/broken/")
    if request.param == BROKEN:
        body = errors.broken(RequestFactory().get(path)).content
        page.route(f"**{path}", lambda route: route.fulfill(status=500, body=body))
    visit = Visit(page, server.url, path)
    visit.open()
    assert visit.status == ({**ELSEWHERE, "broken": 500}.get(request.param[1], 200))
    yield visit
    page.close()


@pytest.mark.parametrize("views", [SOME, pytest.param(OTHERS, marks=pytest.mark.long)], ids=str)
def test_a_page_is_accessible_at_both_widths_and_in_both_schemes(visit, views):
    problems = accessibility_problems(visit.page, views)
    assert not problems, "\n".join(problems)


def test_a_page_keeps_the_policy_asks_nobody_else_and_sets_no_cookie(visit):
    assert not visit.said
    assert [url for url in visit.asked if not url.startswith(f"{visit.origin}/")] == []
    assert len(visit.asked) >= 2  # the page and its style sheet, at least
    assert visit.page.context.cookies() == []
    assert visit.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_page_fits_its_window(visit):
    for width in WIDTHS:
        visit.page.set_viewport_size({"width": width, "height": 900})
        assert not is_wider_than_its_window(visit.page), f"{visit.path} at {width}"
    visit.page.set_viewport_size({"width": 1280, "height": 900})


def test_a_page_is_read_with_the_keyboard_alone(visit):
    page = visit.page
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    if visit.status in (400, 500):  # nothing there to skip
        assert first.startswith("/")
    else:
        assert first == "#main"
        assert page.evaluate("document.activeElement.getBoundingClientRect().y") >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
    stops = page.evaluate(LOOK_AT_STOPS)
    assert stops["count"] >= 1
    assert not stops["wrong"], "\n".join(stops["wrong"])
