import datetime
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy.dates.edtf import parse
from advocacy.dates.overlap import members, overlapping
from tests.dates.models import Event
from tests.dates.strategies import days, edtf_texts

D = datetime.date


def found(start, end):
    return {str(event.date) for event in Event.objects.filter(overlapping(start, end))}


@pytest.mark.django_db
def test_a_set_is_found_by_its_members_and_not_by_the_years_between(events):
    for text in ("{2010,2014}", "2010/2014", "2012-12", "199X", "2003~"):
        Event.objects.create(date=text)
    assert found(D(2011, 1, 1), D(2013, 12, 31)) == {"2010/2014", "2012-12"}
    assert found(D(2014, 12, 31), D(2014, 12, 31)) == {"{2010,2014}", "2010/2014"}
    assert found(D(1990, 1, 1), D(1999, 12, 31)) == {"199X"}
    assert found(D(2000, 1, 1), D(2009, 12, 31)) == {"2003~"}


@pytest.mark.django_db
def test_an_end_may_be_left_open(events):
    for text in ("{2010,2014}", "2012-12", "2004"):
        Event.objects.create(date=text)
    assert found(None, D(2009, 12, 31)) == {"2004"}
    assert found(D(2013, 1, 1), None) == {"{2010,2014}"}
    assert found(None, None) == {"{2010,2014}", "2012-12", "2004"}


@pytest.mark.django_db
def test_a_stretch_that_ends_before_it_begins_holds_nothing(events):
    for text in ("{2010,2014}", "2012-12", "2004", "{1990,2030}"):
        Event.objects.create(date=text)
    assert found(D(2014, 1, 1), D(2013, 1, 1)) == set()


@pytest.mark.django_db
def test_the_condition_counts_excludes_and_combines_like_any_other(events):
    for text in ("{2010,2014}", "2012-12"):
        Event.objects.create(date=text)
    condition = overlapping(D(2012, 1, 1), D(2012, 12, 31))
    assert Event.objects.filter(condition).count() == 1
    assert [str(event.date) for event in Event.objects.exclude(condition)] == ["{2010,2014}"]
    assert Event.objects.filter(condition | overlapping(D(2014, 1, 1), None)).count() == 2


@pytest.mark.django_db
def test_it_costs_one_query(events, django_assert_num_queries):
    with django_assert_num_queries(1):
        list(Event.objects.filter(overlapping(D(2012, 1, 1), D(2012, 12, 31))))


@pytest.mark.django_db
def test_the_database_agrees_with_the_dates_themselves_day_by_day(events):
    texts = ["{2010,2014}", "{2009-12,2010-03}", "{2010-02-28,2010-03-02}", "{199X,2004?}"]
    texts += ["2010/2014", "2010-03-01", "2004-02~", "199X"]
    for text in texts:
        Event.objects.create(date=text)
    edges = [D(1989, 12, 31), D(1999, 12, 31), D(2000, 1, 1), D(2004, 2, 29), D(2009, 11, 30)]
    edges += [D(2010, 1, 1), D(2010, 3, 1), D(2010, 3, 2), D(2011, 5, 5), D(2014, 1, 1), None]
    for start in edges:
        for end in edges:
            expected = {text for text in texts if parse(text).overlaps(start, end)}
            assert found(start, end) == expected, (start, end)


@settings(max_examples=50)  # the grammar takes its time
@given(edtf_texts(), days | st.none(), days | st.none())
def test_the_expression_finds_a_set_exactly_when_one_of_its_members_overlaps(text, start, end):
    date = parse(text if text.startswith("{") else f"{{{text.split('/')[0]},2100}}")
    start, end = (end, start) if start and end and start > end else (start, end)
    assert bool(re.search(members(start, end), str(date))) == date.overlaps(start, end)


@given(days, days)
def test_the_expression_stays_small(start, end):
    assert len(members(start, end)) < 2000
