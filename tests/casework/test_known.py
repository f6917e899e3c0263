"""What was read and names nobody is not searched again, and nothing that has changed since is missed."""

from __future__ import annotations

import pytest

from advocacy.casework import cursor, finding, known, steps
from advocacy.casework.known import Known
from advocacy.casework.models import Unnamed, Withdrawal
from advocacy.news.models import Article
from advocacy.protection.router import ALIAS
from tests.facts import article

from .plants import pdf

pytestmark = pytest.mark.django_db(databases=["default", ALIAS])
EN = "Shin Dong-hyuk"
FOREVER = float("inf")


@pytest.fixture
def work(key) -> Withdrawal:
    return Withdrawal.objects.create(
        by=1, terms={"names": [EN], "en": "a survivor", "ko": "생존자"}
    )


def test_after_the_list_was_made_only_what_was_changed_is_read_again(work, monkeypatch):
    searched: list[str] = []
    search = cursor.is_named_in

    def noted(values, sought):
        searched.extend(map(str, values))
        return search(values, sought)

    monkeypatch.setattr(cursor, "is_named_in", noted)
    article("The first")
    second = article("The second")
    stored = pdf("Nobody")
    assert steps._look(work, FOREVER)
    assert {"The first", "The second"} <= set(searched)
    searched.clear()
    second.title = f"{EN} in Geneva"
    second.save()
    work.table = work.last = ""
    assert steps._take(work, FOREVER)
    assert f"{EN} in Geneva" in searched
    assert not {"The first", stored.title}.intersection(searched)
    assert not Article.objects.filter(pk=second.pk).exists()


def test_a_document_in_which_nothing_was_found_is_opened_once(work, monkeypatch):
    pdf("Nobody")
    opened: list[str] = []
    strings = finding.strings
    monkeypatch.setattr(finding, "strings", lambda one: opened.append(one.key) or strings(one))
    assert steps._look_inside(work, FOREVER)
    work.last = ""
    assert steps._take_documents(work, FOREVER)
    assert len(opened) == 1


def test_what_is_known_is_kept_for_the_next_piece_and_forgotten_at_the_end(work):
    one = Known(work, "news.article")
    assert not one.is_named(["Nobody"], lambda: False)
    one.keep()
    assert not Known(work, "news.article").is_named(["Nobody"], pytest.fail)
    work.state = Withdrawal.State.TAKING
    steps._end(work)
    assert not Unnamed.objects.exists()


def test_what_names_somebody_is_searched_each_time(work):
    one = Known(work, "news.article")
    assert one.is_named([EN], lambda: True)
    assert one.is_named([EN], lambda: True)


def test_what_an_older_release_has_searched_is_searched_again(work, monkeypatch):
    one = Known(work, "news.article")
    one.is_named(["Nobody"], lambda: False)
    one.keep()
    monkeypatch.setattr(known, "_rules", lambda: b"other rules")
    assert Known(work, "news.article").is_named(["Nobody"], lambda: True)
