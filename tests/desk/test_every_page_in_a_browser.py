"""Every page of the desk as it looks: whatever address shows one, and each record in each state.

The addresses are those of test_matrix.py, where a new one without a rule fails. What is shown only after
a deed (a conflict, an offer, a link just made, the answer to an upload, a second factor) is looked
at where that deed is tested.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser import VIEWS, accessibility_problems, is_wider_than_its_window

from . import rules
from .test_matrix import NAMES, Desk, arguments, kind_of, path_of
from .world import KINDS, STATES, Place, World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Nobody breaks such a word for the page.
LONG = "Menschenrechtskommissionsberichterstattung" * 3
#: Of the pages that are no record's, those that are looked at on every run.
SOME = (
    "admin:index",
    "attachments:library",
    "publishing:roles",
    "publishing:trash",
    "reach:monthly",
)
#: Answers that are no pages: one closes the window it comes to, one is a file.
NO_PAGES = {"attachments:chosen", "imports:report"}
SHOWN = "administrator", "author"
#: Each width and each scheme once.
CROSSED = [(1280, "light"), (390, "dark")]


TOO_WIDE = """() => [...document.querySelectorAll("main *")]
  .filter((item) => item.getBoundingClientRect().right > innerWidth && !item.firstElementChild)
  .map((item) => item.outerHTML.slice(0, 120)).slice(0, 5)"""


class LongWorld(World):
    """As it was not foreseen: titles without a place to break them."""

    def draft(self, place: Place, owner: Any) -> Any:
        record = super().draft(place, owner)
        for text in record.publications():
            text.title += f" {LONG}"
            text.save()
        return record


class LookedAt:
    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.desk = Desk()
        self.desk.world.__class__ = LongWorld
        self.problems: list[str] = []

    def as_(self, role: str, language: str = "en") -> None:
        session = self.desk.clients[role].cookies[django_settings.SESSION_COOKIE_NAME]
        cookies = {session.key: session.value, django_settings.LANGUAGE_COOKIE_NAME: language}
        self.page.context.add_cookies(
            [{"name": name, "value": value, "url": self.url} for name, value in cookies.items()]
        )

    def look(self, path: str, views: list[tuple[int, str]] = VIEWS) -> None:
        answer = self.page.goto(path)
        assert answer
        assert answer.status == 200, path
        assert self.page.url == f"{self.url}{path}"
        if not answer.headers["content-type"].startswith("text/html"):
            return
        self.page.wait_for_load_state("networkidle")
        self.problems += [f"{path} {one}" for one in accessibility_problems(self.page, views)]
        for width in sorted({width for width, _scheme in views}):
            self.page.set_viewport_size({"width": width, "height": 900})
            if is_wider_than_its_window(self.page):
                found = self.page.evaluate(TOO_WIDE)
                self.problems.append(f"{path} is wider than {width} pixels: {found}")

    def finish(self) -> None:
        assert self.problems == [], "\n".join(self.problems)


@pytest.fixture
def looked_at(page, live_server, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 60 * 60  # they confirmed who they are, at the start
    looked_at = LookedAt(page, live_server.url)
    yield looked_at
    looked_at.finish()


def of_no_record() -> Iterator[str]:
    """The names of addresses that show an administrator something."""
    for name in set(NAMES) - NO_PAGES:
        rule = rules.RULES.get(name)
        if rule is None:
            _kind, route = kind_of(name) or ("", "")
            rule = rules.RECORD_RULES.get(route)
        if rule and rule.method == "GET" and rule.of("administrator") == 200:
            yield name


def path(looked_at: LookedAt, name: str, given: dict[str, list]) -> str:
    rule = rules.RULES.get(name)
    return path_of(name, given.get(name)) + (rule.query if rule else "")


def test_pages_of_the_desk_are_accessible_and_fit_a_telephone(looked_at):
    given = arguments(looked_at.desk)
    for state in STATES:
        looked_at.desk.world.record(Place("article", state, "own"))
    looked_at.as_("administrator")
    for name in SOME:
        looked_at.look(path(looked_at, name, given), CROSSED)


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_page_that_is_no_record_s_is_accessible_and_fits_a_telephone(looked_at, language):
    given = arguments(looked_at.desk)
    for kind in KINDS:
        for state in STATES:
            looked_at.desk.world.record(Place(kind, state, "own"))
    looked_at.as_("administrator", language)
    for name in sorted(of_no_record()):
        looked_at.look(path(looked_at, name, given), VIEWS if language == "en" else CROSSED)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_every_page_of_a_record_is_accessible_and_fits_a_telephone(looked_at, kind):
    """Its form in each state, for an administrator and for an author whose it is not; all else once."""
    seen = set()
    for role in SHOWN:
        looked_at.as_(role)
        for state in STATES:
            place = Place(kind, state, "other")
            for route in sorted(rules.RECORD_ROUTES):
                if rules.of_record(route, "GET", role, place) != 200:
                    continue
                if route in seen and route != "change":
                    continue
                views = CROSSED if route in seen else VIEWS
                seen.add(route)
                record = looked_at.desk.world.record(place)
                language = [rules.IN_A_LANGUAGE[route]] if route in rules.IN_A_LANGUAGE else []
                name = f"admin:{KINDS[kind]}_{route}"
                looked_at.look(reverse(name, args=[record.pk, *language]), views)
    assert {"change", "history", "preview_page", "preview_phone", "ask", "share"} <= seen
