"""How states voted, as bars beside their numbers."""

from types import SimpleNamespace

import pytest

from advocacy.milestones.timeline import Entry
from advocacy.milestones.votes import Vote, votes
from tests.facts import HIDDEN, hide, milestone, page_of
from tests.site.pages import Page

CAST = {"outcome": "vote", "votes_for": 116, "votes_against": 20, "votes_abstaining": 53}


def vote(in_favour: int, abstaining: int, against: int) -> Vote:
    entry = Entry(SimpleNamespace(body="ga"), SimpleNamespace())
    return Vote(entry, in_favour, abstaining, against)


def test_a_bar_is_whole_and_divided_as_the_states_were():
    shares = vote(30, 11, 6).shares
    assert [share.classes for share in shares] == ["u", "o", "u t"]
    assert [share.width for share in shares] == [63.83, 23.404, 12.766]
    ends = [0.0, *(share.x + share.width for share in shares)]
    assert [share.x for share in shares] == pytest.approx(ends[:-1], abs=0.002)
    assert ends[-1] == pytest.approx(100, abs=0.002)


def test_nobody_has_no_part_of_a_bar():
    assert [share.classes for share in vote(10, 0, 5).shares] == ["u", "u t"]
    assert vote(0, 0, 0).shares == ()


@pytest.mark.django_db
def test_the_table_names_each_decision_by_its_day_body_and_symbol(client):
    milestone("2013-03-21", outcome="no_vote")
    one = milestone("2014-12-18", "ga", symbols=("A/RES/69/188",), **CAST)
    page = Page(client, "/en/milestones/")
    assert page.said("#votes thead th") == ["Decision", "For", "Abstained", "Against"]
    assert page.said("#votes tbody th") == ["18 December 2014 General Assembly · A/RES/69/188"]
    assert page.said("#votes td") == ["116", "53", "20"]
    assert page.of("#votes a", "href") == [page_of(one)]
    assert len(page.all('#votes svg[aria-hidden="true"] rect')) == 3


@pytest.mark.django_db
def test_a_filter_leaves_the_votes_of_that_body(client):
    milestone("2014-12-18", "ga", **CAST)
    milestone("2014-03-28", "hrc", **CAST)
    assert len(Page(client, "/en/milestones/").all("#votes tbody tr")) == 2
    page = Page(client, "/en/milestones/?body=hrc")
    assert page.said("#votes tbody th") == ["28 March 2014 Human Rights Council"]


@pytest.mark.django_db
@pytest.mark.parametrize("how", HIDDEN)
def test_a_vote_that_is_not_public_is_not_counted(client, how):
    milestone("2013-03-21")
    hide(milestone("2014-12-18", "ga", public=False, **CAST), how)
    page = Page(client, "/en/milestones/")
    assert not page.all("#votes")
    assert page.said(".multiples a") == ["All", "Human Rights Council"]


def test_what_was_decided_without_a_vote_has_no_bar():
    agreed = SimpleNamespace(outcome="no_vote")
    assert votes([Entry(agreed, SimpleNamespace())]) == []
