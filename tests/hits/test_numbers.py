"""What is shown of the counts: the public number, the days, the chart and the admin."""

from datetime import date
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from django.contrib import admin
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from advocacy.accounts.models import User
from advocacy.hits import chart, counts
from advocacy.hits.admin import ReachMixin
from advocacy.hits.counter import Kind
from advocacy.hits.models import Baseline, DailyCount, Total, Trouble

from .conftest import NOON

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def test_the_public_number_is_our_views_and_those_of_the_old_site_in_one_query(
    item, django_assert_num_queries
):
    Total.objects.create(item=item, kind=Kind.VIEW, human=40, robots=999)
    Baseline.objects.create(item=item, number=1200, origin="old board, read 2026-11-01")
    with django_assert_num_queries(1):
        assert counts.views(item) == 1240


def test_downloads_are_ours_and_those_of_the_old_site_in_one_query(item, django_assert_num_queries):
    Total.objects.create(item=item, kind=Kind.DOWNLOAD, human=7, robots=999)
    Baseline.objects.create(item=item, number=1200, origin="old board, read 2026-11-01")
    with django_assert_num_queries(1):
        assert counts.downloads(item) == 1207


def test_equal_numbers_here_and_on_the_old_site_are_both_counted(item):
    Total.objects.create(item=item, kind=Kind.VIEW, human=5)
    Baseline.objects.create(item=item, number=5, origin="old board")
    assert counts.views(item) == 10


def test_many_items_are_one_query_and_unread_ones_are_zero(item, django_assert_num_queries):
    Total.objects.create(item=item, kind=Kind.VIEW, human=3)
    others = [uuid4() for _ in range(50)]
    with django_assert_num_queries(1):
        assert counts.views_of([item, *others]) == {item: 3, **dict.fromkeys(others, 0)}
    with django_assert_num_queries(0):
        assert counts.views_of([]) == {}


def test_days_without_a_hit_are_there_with_zeros(item):
    DailyCount.objects.create(item=item, kind=Kind.VIEW, day=TODAY, human=3, robots=2, visitors=1)
    DailyCount.objects.create(
        item=item, kind=Kind.VIEW, day=date(2026, 8, 26), human=9
    )  # 91 days ago
    days = counts.by_day(item, Kind.VIEW, at=NOON)
    assert len(days) == 90
    assert days[0] == counts.Day(date(2026, 8, 27))
    assert days[-1] == counts.Day(TODAY, human=3, robots=2, visitors=1)
    assert sum(day.human for day in days) == 3


def test_the_chart_is_an_image_with_its_numbers_in_its_label_and_no_inline_style(item):
    DailyCount.objects.create(item=item, kind=Kind.VIEW, day=TODAY, human=30)
    DailyCount.objects.create(item=item, kind=Kind.VIEW, day=date(2026, 11, 1), human=1)
    svg = ElementTree.fromstring(chart.bars(counts.by_day(item, Kind.VIEW, at=NOON), Kind.VIEW))
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == (
        "Views a day from 27 August 2026 to 24 November 2026: 31 in all, most on 24 November 2026: 30."
    )
    bars = list(svg)
    assert [bar.get("height") for bar in bars] == ["2", "48"]
    assert not any(element.get("style") for element in svg.iter())


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.VIEW, "No views in the last 90 days."),
        (Kind.DOWNLOAD, "No downloads in the last 90 days."),
    ],
)
def test_an_empty_chart_says_so(item, kind, words):
    assert words in chart.bars(counts.by_day(item, kind), kind)
    assert "<p" in chart.bars([], kind)


class ReachAdmin(ReachMixin, admin.ModelAdmin):
    reach_kinds = tuple(Kind)
    list_display = ["origin", "reach_views"]
    readonly_fields = ["reach"]

    def reach_item(self, record):
        return record.item


def changelist(model_admin):
    request = RequestFactory().get("/")
    request.user = User(role=User.Role.ADMINISTRATOR)
    return model_admin.get_changelist_instance(request)


def test_the_list_asks_for_the_views_of_a_whole_page_at_once(django_assert_num_queries):
    model_admin = ReachAdmin(Baseline, admin.site)
    for number in range(20):
        row = Baseline.objects.create(number=number, origin="old board")
        Total.objects.create(item=row.item, kind=Kind.VIEW, human=100)
    listed = changelist(model_admin)
    with django_assert_num_queries(0):
        shown = sorted(model_admin.reach_views(record) for record in listed.result_list)
    assert shown == list(range(100, 120))


def test_the_form_shows_views_downloads_robots_and_two_charts(item):
    row = Baseline.objects.create(item=item, number=1, origin="old board")
    Total.objects.create(item=item, kind=Kind.VIEW, human=4, robots=6)
    Total.objects.create(item=item, kind=Kind.DOWNLOAD, human=3)
    shown = ReachAdmin(Baseline, admin.site).reach(row)
    assert "5 views, 4 downloads; robots, counted apart: 6." in shown
    assert "No views in the last 90 days." in shown
    assert "No downloads in the last 90 days." in shown


def test_a_form_speaks_of_no_kind_of_hit_its_item_cannot_have(item):
    row = Baseline.objects.create(item=item, number=1, origin="old board")
    Total.objects.create(item=item, kind=Kind.DOWNLOAD, human=3, robots=2)
    model_admin = ReachAdmin(Baseline, admin.site)
    model_admin.reach_kinds = (Kind.DOWNLOAD,)
    shown = model_admin.reach(row)
    assert "4 downloads; robots, counted apart: 2." in shown
    assert "views" not in shown


def test_the_form_of_a_new_record_has_no_numbers():
    assert ReachAdmin(Baseline, admin.site).reach(Baseline()) == "Nobody can have read this yet."


BROKEN = {
    "hits_total_one_per_item_and_kind": lambda i: [
        Total(item=i, kind="view"),
        Total(item=i, kind="view"),
    ],
    "hits_day_one_per_item_kind_and_day": lambda i: [
        DailyCount(item=i, kind="view", day=TODAY),
        DailyCount(item=i, kind="view", day=TODAY),
    ],
    "hits_day_no_visitor_without_a_hit": lambda i: [
        DailyCount(item=i, kind="view", day=TODAY, visitors=1)
    ],
    "hits_baseline_says_where_from": lambda i: [Baseline(item=i, number=1, origin="")],
    "one baseline an item": lambda i: [
        Baseline(item=i, number=1, origin="a"),
        Baseline(item=i, number=1, origin="b"),
    ],
    "no negative baseline": lambda i: [Baseline(item=i, number=-1, origin="a")],
    "hits_trouble_one_per_machine_and_kind": lambda i: [
        Trouble(machine="a", what="fold", first_at=NOON, last_at=NOON),
        Trouble(machine="a", what="fold", first_at=NOON, last_at=NOON),
    ],
}


@pytest.mark.parametrize("rows", BROKEN.values(), ids=BROKEN)
def test_what_must_never_be_false_cannot_be_stored(item, rows):
    with pytest.raises(IntegrityError), transaction.atomic():
        for row in rows(item):
            row.save()
