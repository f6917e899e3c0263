"""The small charts, one a body: pure geometry, tried on records of every shape."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from advocacy.milestones import multiples
from advocacy.milestones.columns import Step
from advocacy.milestones.timeline import Facet
from tests.milestones.test_chart import HAIR, overlap, records

CODES = st.sampled_from(["hrc", "ga", "sc", "none"])


@st.composite
def records_by_body(draw):
    steps = draw(records(largest=60))
    return steps, {step.key: draw(CODES) for step in steps}


def marks(chart):
    return [mark for group in chart.groups for mark in group.marks]


@given(records_by_body())
def test_every_milestone_is_one_mark_in_the_chart_of_its_body(record):
    steps, bodies = record
    made = multiples.build(steps, bodies)
    drawn = [(mark.key, chart.code) for chart in made.charts for mark in marks(chart)]
    assert sorted(drawn) == sorted(bodies.items())


@given(records_by_body())
def test_a_year_stands_at_one_place_in_all_charts_and_marks_are_of_one_height(record):
    steps, bodies = record
    made = multiples.build(steps, bodies)
    width = 100 / (made.last - made.first + 1)
    for chart in made.charts:
        for mark in marks(chart):
            (step,) = (step for step in steps if step.key == mark.key)
            assert mark.x >= (step.first - made.first) * width - HAIR
            assert mark.x + mark.width <= (step.last - made.first + 1) * width + HAIR
            assert 0 <= mark.y < mark.y + mark.height < made.base
    assert len({mark.height for chart in made.charts for mark in marks(chart)}) == 1


@given(records_by_body())
def test_no_mark_covers_another_of_its_chart(record):
    for chart in multiples.build(*record).charts:
        assert not any(overlap(one, other) for one, other in combinations(marks(chart), 2))


def test_bodies_stand_in_the_order_in_which_they_enter_the_record():
    steps = [Step(1, 2013, 2013), Step(2, 2003, 2003), Step(3, 2005, 2005), Step(4, 2014, 2014)]
    made = multiples.build(steps, {1: "hrc", 2: "chr", 3: "ga", 4: "ga"})
    assert [chart.code for chart in made.charts] == ["chr", "ga", "hrc"]
    assert [chart.label for chart in made.charts] == ["2003: 1.", "2005: 1. 2014: 1.", "2013: 1."]
    assert (made.first, made.last) == (2003, 2014)


def test_what_a_decade_leaves_out_is_dimmed_and_not_dropped():
    steps = [Step(1, 2005, 2005), Step(2, 2014, 2014)]
    (chart,) = multiples.build(steps, {1: "ga", 2: "ga"}, selected={2}).charts
    assert sorted(group.classes for group in chart.groups) == ["u", "u off"]


def test_a_filter_that_no_milestone_is_behind_is_offered_without_a_chart():
    made = multiples.build([Step(1, 2005, 2005)], {1: "ga"})
    facets = [
        Facet(code, code.upper(), count, f"?body={code}", False)
        for code, count in (("sc", 0), ("ga", 1))
    ]
    paired = multiples.beside(facets, made)
    assert [(facet.value, chart and chart.code) for facet, chart in paired] == [
        ("ga", "ga"),
        ("sc", None),
    ]
    assert multiples.build([], {}) is None
    assert multiples.beside([], None) == []
