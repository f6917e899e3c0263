"""A prepared query answers what the same queryset answers."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models import DateTimeField, F, Q, UUIDField
from django.utils import timezone

from advocacy.news.models import Article, Coverage
from advocacy.prepared import Prepared, Slot
from tests.facts import article

pytestmark = pytest.mark.django_db


def test_it_answers_instances():
    first, second = article("First", event_date="2012-12"), article("Second")
    asked = Prepared(lambda: Article.objects.filter(pk=Slot("pk")))
    (found,) = asked(pk=first.pk)
    assert found == first
    for field in Article._meta.concrete_fields:
        read = getattr(Article.objects.get(pk=first.pk), field.attname)
        assert getattr(found, field.attname) == read, field
    assert not found._state.adding
    assert asked(pk=second.pk) == [second]
    assert asked(pk=0) == []


def test_its_instances_can_be_saved():
    one = article()
    (found,) = Prepared(lambda: Article.objects.filter(pk=Slot("pk")))(pk=one.pk)
    found.place = "Geneva"
    found.save()
    assert Article.objects.get().place == "Geneva"


def test_it_answers_tuples():
    one = article("One", event_date="2012-12")
    columns = ["title", "uuid", "published_at", "event_date", "working", F("place")]
    asked = Prepared(lambda: Article.objects.filter(pk=Slot("pk")).values_list(*columns))
    assert asked(pk=one.pk) == list(Article.objects.values_list(*columns))


def test_it_brings_related_instances_and_annotations(django_assert_num_queries):
    one = article(place="Geneva")
    Coverage.objects.create(article=one, outlet="Reuters")
    asked = Prepared(
        lambda: (
            Coverage.objects.filter(article=Slot("article"))
            .select_related("article")
            .annotate(place=F("article__place"))
        )
    )
    with django_assert_num_queries(1):
        (report,) = asked(article=one.pk)
        assert (report.outlet, report.article, report.place) == ("Reuters", one, "Geneva")


def test_a_relation_that_leads_nowhere_is_none():
    one = article()
    asked = Prepared(lambda: Article.objects.filter(pk=Slot("pk")).select_related("replaces"))
    (found,) = asked(pk=one.pk)
    assert found.replaces is None


def test_moments_and_uuids_are_written_as_the_database_keeps_them():
    one = article()
    by_group = Prepared(
        lambda: Article.objects.filter(translation_group=Slot("group", UUIDField()))
    )
    assert by_group(group=one.translation_group) == [one]
    by_time = Prepared(lambda: Article.objects.published(Slot("at", DateTimeField())))
    now = timezone.now()
    assert by_time(at=now) == [one]
    assert by_time(at=now - dt.timedelta(days=1)) == []


def test_a_value_may_stand_in_several_places_and_in_subqueries_and_unions():
    one = article("One")
    Coverage.objects.create(article=one, outlet="One")
    by_title = Article.objects.filter(title=Slot("word")).order_by()
    asked = Prepared(
        lambda: (
            Coverage.objects.filter(outlet=Slot("word"), article__in=by_title.values("pk"))
            .order_by()
            .values_list("outlet", "pk")
            .union(by_title.values_list("title", "pk"), all=True)
        )
    )
    assert [name for name, _pk in asked(word="One")] == ["One", "One"]
    assert asked(word="Two") == []


def test_what_is_fixed_needs_no_slot():
    one = article("100% of it")
    asked = Prepared(lambda: Article.objects.filter(Q(title="100% of it") | Q(pk=Slot("pk"))))
    assert asked(pk=0) == [one]


def test_its_sql_is_written_once_for_a_kind_of_database():
    made = []

    def make():
        made.append(connection.vendor)
        return Article.objects.filter(pk=Slot("pk"))

    asked = Prepared(make)
    asked(pk=1)
    asked(pk=2)
    assert made == [connection.vendor]


def test_a_value_that_is_not_given_is_an_error():
    with pytest.raises(KeyError, match="pk"):
        Prepared(lambda: Article.objects.filter(pk=Slot("pk")))()


@pytest.mark.parametrize(
    "queryset",
    [
        lambda: Article.objects.values("pk"),
        lambda: Article.objects.values_list("pk", flat=True),
        lambda: Article.objects.prefetch_related("coverage"),
    ],
)
def test_what_it_cannot_answer_it_refuses(queryset):
    with pytest.raises(TypeError, match="prepared query"):
        Prepared(queryset)()
