"""The chart's geometry: pure, so it is tried on records of every shape."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy.milestones import annotations
from advocacy.milestones.chart import Step, build

HAIR = 0.01  # what rounding may move


@st.composite
def records(draw, largest=150):
    start = draw(st.integers(1900, 2020))
    spread = draw(st.integers(0, 60))
    size = draw(st.one_of(st.integers(1, 12), st.integers(1, largest)))
    chance = draw(st.randoms(use_true_random=False))
    actors = ["Human Rights Council", "General Assembly", "유엔 인권이사회", "", "CRC"]
    steps = []
    for key in range(size):
        first = start + chance.randint(0, spread)
        last = min(first + chance.choice([0] * 8 + [1, 9]), start + spread)
        own, turning = chance.random() < 0.3, chance.random() < 0.2
        steps.append(Step(key, first, last, own, turning, chance.choice(actors)))
    return steps


def overlap(one, other):
    return (
        one.x + HAIR < other.x + other.width
        and other.x + HAIR < one.x + one.width
        and one.y + HAIR < other.y + other.height
        and other.y + HAIR < one.y + one.height
    )


@given(records())
def test_every_milestone_is_one_mark_and_every_mark_one_milestone(steps):
    assert sorted(mark.key for mark in build(steps).marks) == [step.key for step in steps]


@given(records())
def test_every_mark_stands_inside_the_chart_and_above_its_base(steps):
    chart = build(steps)
    for mark in chart.marks:
        assert mark.width > 0
        assert mark.height > 0
        assert mark.x >= -HAIR
        assert mark.x + mark.width <= 100 + HAIR
        assert mark.y >= 0
        assert mark.y + mark.height < chart.base < chart.height


@settings(deadline=None)
@given(records(largest=80))
def test_no_mark_covers_another(steps):
    assert not any(overlap(one, other) for one, other in combinations(build(steps).marks, 2))


@given(records(), st.sampled_from([annotations.NARROWEST, 940.0, 1160.0]))
def test_no_note_touches_another_or_leaves_the_chart_at_any_width(steps, width):
    chart = build(steps)
    for note in chart.annotations:
        left, right = note.reach(width)
        assert left >= 0
        assert right <= width
        assert note.text_y - 13 >= -HAIR
        assert note.line_from < note.line_to
    for one, other in combinations(chart.annotations, 2):
        (left, right), (start, end) = one.reach(width), other.reach(width)
        same_row = abs(one.text_y - other.text_y) < 13
        assert not (same_row and left < end and start < right)


@given(records(), st.sampled_from([annotations.NARROWEST, 1160.0]))
def test_no_note_covers_a_mark_and_no_line_crosses_a_note(steps, width):
    chart = build(steps)
    for note in chart.annotations:
        left, right = note.reach(width)
        for mark in chart.marks:
            start, end = mark.x / 100 * width, (mark.x + mark.width) / 100 * width
            beside = end < left or start > right
            assert beside or mark.y > note.text_y + 3
        for other in chart.annotations:
            line = other.x / 100 * width
            if other is not note and left < line < right:
                assert not other.line_from < note.text_y < other.line_to


@given(records())
def test_the_labels_of_the_axis_count_every_milestone_once(steps):
    chart = build(steps, axis=True)
    assert sum(period.count for period in chart.axis) == len(steps)
    assert len(chart.axis) <= 28
    for period in chart.axis:
        assert (period.target is None) == (period.count == 0)
        assert period.target is None or period.first <= period.target <= period.last


@given(records(), st.data())
def test_what_a_filter_leaves_out_is_dimmed_where_it_stood(steps, data):
    selected = data.draw(st.sets(st.sampled_from([step.key for step in steps])))
    whole = {mark.key: (mark.x, mark.width) for mark in build(steps).marks}
    chart = build(steps, selected=selected, axis=True)
    for group in chart.groups:
        for mark in group.marks:
            assert ("off" in group.classes.split()) == (mark.key not in selected)
    assert {mark.key: (mark.x, mark.width) for mark in chart.marks} == whole
    assert sum(period.count for period in chart.axis) == len(selected)


@given(records())
def test_ticks_name_the_first_and_the_last_year(steps):
    ticks = [tick.year for tick in build(steps).ticks]
    assert len(set(ticks)) == len(ticks) <= 5
    assert ticks == sorted(ticks)
    assert ticks[0] <= min(step.first for step in steps)
    assert ticks[-1] >= max(step.last for step in steps)


def test_an_interval_is_one_long_mark_over_all_its_years():
    chart = build([Step("review", 2009, 2010), Step("other", 2005, 2005), Step("vote", 2010, 2010)])
    width = 100 / 6
    review = next(mark for mark in chart.marks if mark.key == "review")
    assert 4 * width < review.x < 5 * width
    assert 5 * width < review.x + review.width < 6 * width


def test_the_bars_that_last_lie_under_the_marks_of_their_years():
    chart = build([Step("vote", 2010, 2010), Step("review", 2009, 2010)])
    y = {mark.key: mark.y for mark in chart.marks}
    assert y["review"] > y["vote"]


def test_our_own_steps_and_turning_points_are_drawn_apart():
    chart = build(
        [
            Step("un", 2010, 2010),
            Step("ours", 2010, 2010, own=True),
            Step("turn", 2010, 2010, turning=True),
        ]
    )
    classes = {mark.key: group.classes for group in chart.groups for mark in group.marks}
    assert classes == {"un": "u", "ours": "o", "turn": "u t"}


def test_turning_points_are_named_by_year_and_by_who_acted_each_once():
    steps = [
        Step(1, 2014, 2014, turning=True, actor="Commission of Inquiry"),
        Step(2, 2014, 2014, turning=True, actor="General Assembly"),
        Step(3, 2014, 2014, turning=True, actor="General Assembly"),
        Step(4, 2003, 2003, actor="Commission on Human Rights"),
    ]
    assert [note.text for note in build(steps).annotations] == [
        "2014 Commission of Inquiry, General Assembly"
    ]


def test_a_note_without_room_is_left_out():
    steps = [Step(1, 2014, 2014, turning=True, actor="A very long name of a body " * 5)]
    assert build(steps).annotations == []


def test_notes_go_while_a_filter_dims_marks():
    steps = [Step(1, 2014, 2014, turning=True, actor="CRC")]
    assert build(steps).annotations
    assert not build(steps, selected={1}).annotations


def test_the_label_tells_every_number():
    steps = [Step(1, 1997, 1997), Step(2, 2014, 2014), Step(3, 2014, 2014)]
    assert build(steps).label == "Chart of milestones by year, 1997 to 2014. 1997: 1. 2014: 2."
    assert "1 of 3 stand out. 2014: 1." in build(steps, selected={3}).label


def test_the_sentence_above_counts_milestones_and_those_of_the_un():
    steps = [Step(1, 1997, 1997, own=True), Step(2, 2014, 2014), Step(3, 2014, 2014)]
    assert build(steps).summary == (
        "Each mark is one milestone: 3 in all. 2 are steps by a UN body."
    )


def test_an_empty_record_says_so_and_draws_nothing():
    chart = build([])
    assert chart.total == 0
    assert chart.summary == "No milestone yet."
    assert not chart.marks


@pytest.mark.parametrize(("count", "years"), [(5, 3), (300, 3), (5, 60), (300, 60)])
def test_the_chart_stays_of_a_size_to_be_looked_at(count, years):
    steps = [Step(n, 1990 + n * years // count, 1990 + n * years // count) for n in range(count)]
    chart = build(steps)
    assert chart.height <= 220
    assert min(mark.width for mark in chart.marks) * 2.6 >= 3  # px on a small phone
    assert max(mark.width for mark in chart.marks) <= 4
