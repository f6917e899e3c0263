"""Killed whenever you like, a withdrawal and a search through the site go on and come to their end."""

from __future__ import annotations

import random
import signal

import pytest
from django.utils import timezone

from advocacy.casework import steps
from advocacy.casework.models import Withdrawal
from advocacy.casework.scan import scan
from advocacy.protection import searching
from advocacy.protection.models import Exposed, Search
from advocacy.protection.router import ALIAS
from advocacy.publishing.remembered import forget
from advocacy.tasks import worker
from advocacy.tasks.models import Task
from tests.backup.killing import KILLED, run
from tests.facts import article
from tests.people import person
from tests.protection.entries import protect
from tests.tasks.work import HERE, do_all

from .plants import SURFACES

pytestmark = pytest.mark.django_db(databases=["default", ALIAS], transaction=True)
KO, EN = "신동혁", "Shin Dong-hyuk"
State = Withdrawal.State
assert KILLED == -signal.SIGKILL


def go_on() -> None:
    """What a worker does that starts after another was killed. Pauses are over at once; what was given
    up after six attempts is tried again, as staff may ask for.
    """
    worker.recover(HERE)
    for task in Task.objects.given_up():
        task.try_again()
    Task.objects.filter(status="READY").update(run_after=timezone.now())
    do_all()


def begun(officer, surfaces: int) -> Withdrawal:
    for plant in list(SURFACES.values())[-surfaces:]:
        plant(KO, EN)
    article(f"{EN} in Geneva")
    work = steps.begin(
        person=None, terms={"names": [KO], "en": "a survivor", "ko": "생존자"}, by=officer
    )
    do_all()
    work.refresh_from_db()
    chosen = [Withdrawal.Choice.REPLACE, Withdrawal.Choice.WITHDRAW]
    assert steps.confirm(work, {uuid: chosen[n % 2] for n, uuid in enumerate(work.records)})
    return work


def killed(officer, kills: int, chance: random.Random, surfaces: int = len(SURFACES)) -> int:
    """At so many points, or in fewer where it was faster than the kill; how many there were."""
    work = begun(officer, surfaces)
    takes, happened = 2.0 * surfaces / len(SURFACES), 0
    for _kill in range(kills):
        status, took = run(go_on, kill_after=takes * chance.random())
        happened += status == KILLED
        forget()
        work.refresh_from_db()
        if work.state == State.DONE:
            takes = took
            work = begun(officer, surfaces)
    assert run(go_on)[0] == 0
    work.refresh_from_db()
    assert work.state == State.DONE
    assert work.scan["found"] == []
    assert scan([KO, EN, "Donghyuk Shin"], [])["found"] == []
    return happened


@pytest.fixture
def officer(key):
    return person("author", "officer", is_case_officer=True)


def test_a_withdrawal_that_was_killed_twice_leaves_no_byte(officer):
    assert killed(officer, 2, random.Random(7), surfaces=6) > 0


@pytest.mark.long
def test_a_withdrawal_that_was_killed_at_twenty_points_leaves_no_byte(officer):
    assert killed(officer, 20, random.Random(20261125)) > 10


@pytest.mark.long
def test_a_search_that_was_killed_at_random_meets_all(key):
    for number in range(60):
        article(f"{EN} in Geneva, {number}")
        article(f"Nobody in Geneva, {number}")
    protect(KO)
    searching.begin()
    chance = random.Random(20261125)
    for _kill in range(20):
        run(go_on, kill_after=0.5 * chance.random())
    assert run(go_on)[0] == 0
    assert Search.objects.first().finished_at
    assert Exposed.objects.count() == 60
