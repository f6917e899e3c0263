"""Years, gaps, shapes and counts of the timeline: no database is asked."""

import pytest
from django.utils import translation

from advocacy.milestones import timeline, wording
from advocacy.milestones.models import Milestone, MilestoneText
from advocacy.milestones.timeline import Choice, Entry, Gap, Year


def fact(date, body="hrc", **fields):
    fields.setdefault("own_step", not body)
    return Milestone(date=date, body=body, kind="resolution", **fields)


def told(*dates):
    return [Entry(fact(date), MilestoneText(title=date)) for date in dates]


def outline(*dates, **options):
    return [
        (item.first, item.last) if isinstance(item, Gap) else item.number
        for item in timeline.years(told(*dates), **options)
    ]


@pytest.mark.parametrize(
    ("date", "shape"),
    [
        ("2013-03-21", "day"),
        ("2012-12", "month"),
        ("2012-02", "month"),
        ("2014-10-06/2014-10-10", "month"),
        ("2004", "year"),
        ("2009-12/2010-03", "year"),
        ("{2010,2014}", "year"),
        ("199X", "year"),
    ],
)
def test_the_precision_known_is_the_shape_drawn(date, shape):
    assert told(date)[0].shape == shape


def test_milestones_are_listed_by_the_year_they_began():
    listed = timeline.years(told("2013-01-14", "2013-03-21", "2014"))
    assert [len(year.entries) for year in listed] == [2, 1]


def test_years_without_a_milestone_are_named():
    assert outline("2005", "2007", "2011") == [2005, (2006, 2006), 2007, (2008, 2010), 2011]


def test_years_an_interval_covers_are_no_gap():
    assert outline("2003/2005", "2008") == [2003, (2006, 2007), 2008]


def test_a_set_leaves_the_years_between_its_members_empty():
    assert outline("{2010,2014}", "2016") == [2010, (2011, 2013), (2015, 2015), 2016]


def test_the_newest_can_come_first():
    assert outline("2005", "2007", newest_first=True) == [2007, (2006, 2006), 2005]
    (year,) = timeline.years(told("2013-01-14", "2013-03-21"), newest_first=True)
    assert isinstance(year, Year)
    assert [entry.text.title for entry in year.entries] == ["2013-03-21", "2013-01-14"]


def test_a_decade_admits_a_set_by_its_members_and_an_interval_by_all_its_years():
    assert not Choice(decade=2000).admits(fact("{1997,2014}"))
    assert Choice(decade=2010).admits(fact("{1997,2014}"))
    assert Choice(decade=2000).admits(fact("1997/2014"))
    assert Choice(decade=2010).admits(fact("2009-12/2010-03"))
    assert not Choice(decade=1990).admits(fact("2000-01-01"))


def paths(choice):
    return f"{choice.body}/{choice.decade}"


def test_each_facet_counts_what_it_would_show_and_keeps_the_other_choice():
    record = [fact("1997"), fact("2005", "ga"), fact("2013"), fact("2014", "ga")]
    facets = timeline.body_facets(record, Choice("hrc", 2010), paths)
    assert [(f.name, f.count, f.path, f.is_current) for f in facets] == [
        ("All", 2, "/2010", False),
        ("General Assembly", 1, "ga/2010", False),
        ("Human Rights Council", 1, "hrc/2010", True),
    ]
    decades = timeline.decade_facets(record, Choice("hrc", 2010), paths)
    assert [(f.name, f.count, f.path, f.is_current) for f in decades] == [
        ("All", 2, "hrc/None", False),
        ("1990s", 1, "hrc/1990", False),
        ("2000s", 0, "hrc/2000", False),
        ("2010s", 1, "hrc/2010", True),
    ]


def test_steps_of_our_own_before_no_single_body_can_be_chosen():
    facets = timeline.body_facets([fact("1997", ""), fact("2013")], Choice(), paths)
    assert ("No single body", 1, "none/None") in [(f.name, f.count, f.path) for f in facets]
    assert Choice(timeline.NO_BODY).admits(fact("1997", ""))
    assert not Choice(timeline.NO_BODY).admits(fact("2013"))


def test_the_decades_offered_reach_from_the_first_milestone_to_the_last():
    assert list(timeline.decades([fact("1997"), fact("{2004,2021}")])) == [1990, 2000, 2010, 2020]
    assert list(timeline.decades([])) == []


def test_a_vote_is_told_with_its_three_numbers_each_kept_beside_its_word():
    vote = fact("2014", votes_for=116, votes_against=20, votes_abstaining=53, outcome="vote")
    with translation.override("en"):
        assert wording.outcome(vote) == "116\xa0in favour, 20\xa0against, 53\xa0abstaining"
    with translation.override("ko"):
        assert wording.outcome(vote) == "찬성\xa0116, 반대\xa020, 기권\xa053"
    assert wording.outcome(fact("2013", outcome="no_vote")) == "Adopted without a vote"
    assert wording.outcome(fact("2013")) == ""


def test_who_acted_is_said_in_words_and_not_by_colour_alone():
    assert wording.actor(fact("2013")) == "Human Rights Council"
    assert wording.actor(fact("2013", own_step=True)) == "Our own step, Human Rights Council"
    assert wording.actor(fact("1997", "")) == "Our own step"


def test_our_part_is_told_without_its_tags():
    entry = Entry(fact("2013"), MilestoneText(our_part="<p>We briefed <em>all</em>.</p>"))
    assert entry.our_part == "We briefed all."
