"""When a text appears and ends, typed on the clocks of one city and shown on those of three."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.milestones.models import Milestone, MilestoneText
from advocacy.news.models import Article
from advocacy.publishing import actions
from advocacy.publishing.moments import NotOneMoment, moment
from tests import facts
from tests.publishing.forms import change_url, form

SEOUL, GENEVA, NEW_YORK = "Asia/Seoul", "Europe/Zurich", "America/New_York"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def meant(day: str, at: str, zone: str) -> datetime:
    return moment(date.fromisoformat(day), time.fromisoformat(at), ZoneInfo(zone))


@pytest.mark.parametrize(
    ("day", "at", "zone", "expected"),
    [
        ("2026-03-21", "09:00", SEOUL, "2026-03-21T00:00"),
        ("2026-03-28", "09:00", GENEVA, "2026-03-28T08:00"),
        ("2026-03-29", "01:59", GENEVA, "2026-03-29T00:59"),
        ("2026-03-29", "03:00", GENEVA, "2026-03-29T01:00"),
        ("2026-03-30", "09:00", GENEVA, "2026-03-30T07:00"),
        ("2026-10-25", "01:59", GENEVA, "2026-10-24T23:59"),
        ("2026-10-25", "03:00", GENEVA, "2026-10-25T02:00"),
        ("2026-03-08", "01:59", NEW_YORK, "2026-03-08T06:59"),
        ("2026-03-08", "03:00", NEW_YORK, "2026-03-08T07:00"),
        ("2026-11-01", "00:59", NEW_YORK, "2026-11-01T04:59"),
        ("2026-11-01", "02:00", NEW_YORK, "2026-11-01T07:00"),
    ],
)
def test_a_time_is_taken_by_the_clocks_of_its_city(day, at, zone, expected):
    assert meant(day, at, zone) == utc(expected)


@pytest.mark.parametrize(
    ("day", "at", "zone", "said"),
    [
        ("2026-03-29", "02:30", GENEVA, "put forward and never show 02:30"),
        ("2026-03-29", "02:00", GENEVA, "perhaps 03:00"),
        ("2026-03-08", "02:59", NEW_YORK, "On 8 March 2026 the clocks in New York"),
    ],
)
def test_a_time_the_clocks_skip_is_refused_with_the_time_that_is_meant(day, at, zone, said):
    with pytest.raises(NotOneMoment, match=said):
        meant(day, at, zone)


@pytest.mark.parametrize(
    ("day", "at", "zone", "said"),
    [
        ("2026-10-25", "02:30", GENEVA, "on 25 October 2026 09:30 for the first, 10:30 for"),
        ("2026-11-01", "01:00", NEW_YORK, "on 1 November 2026 14:00 for the first, 15:00 for"),
    ],
)
def test_a_time_the_clocks_show_twice_is_asked_for_in_seoul(day, at, zone, said):
    with pytest.raises(NotOneMoment, match=said):
        meant(day, at, zone)


@pytest.mark.parametrize("zone", [GENEVA, NEW_YORK])
def test_every_minute_of_a_year_is_one_moment_or_refused(zone):
    """And what is taken is shown as it was typed."""
    at, refused = datetime(2026, 1, 1), 0  # noqa: DTZ001  on the clocks of that city
    while at.year == 2026:
        try:
            taken = moment(at.date(), at.time(), ZoneInfo(zone))
        except NotOneMoment:
            refused += 1
        else:
            assert taken.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == at
        at += timedelta(minutes=15)
    assert refused == 8  # an hour in spring and one in autumn


@pytest.mark.django_db
def test_an_embargo_in_geneva_is_kept_and_shown_on_three_clocks(admin_client):
    typed = {"published_at_0": "2030-06-03", "published_at_1": "09:00", "published_at_2": GENEVA}
    admin_client.post(reverse("admin:news_article_add"), form(**typed, _save="1"))
    one = Article.objects.get()
    assert one.published_at == utc("2030-06-03T07:00")
    page = " ".join(admin_client.get(change_url(one)).content.decode().split())
    assert 'name="published_at_1" value="16:00:00"' in page
    assert "Seoul June 3, 16:00 · Geneva June 3, 09:00 · New York June 3, 03:00" in page


@pytest.mark.django_db
def test_a_form_without_the_city_means_seoul(admin_client):
    typed = {"published_at_0": "2030-06-03", "published_at_1": "09:00"}
    admin_client.post(reverse("admin:news_article_add"), form(**typed, _save="1"))
    assert Article.objects.get().published_at == utc("2030-06-03T00:00")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("2030-03-31", "02:30", GENEVA), "never show 02:30"),
        (("2030-10-27", "02:30", GENEVA), "twice. Give the time in Seoul instead"),
        (("2030-06-03", "", GENEVA), "Enter a valid time."),
        (("", "09:00", GENEVA), "Enter a valid date."),
        (("2030-06-03", "09:00", "Mars/Olympus"), "Select a valid choice."),
        (("2030-06-31", "25:00", SEOUL), "Enter a valid date."),
    ],
)
def test_what_is_no_moment_is_answered_with_a_sentence_and_stays_typed(admin_client, typed, said):
    sent = dict(zip(("unpublish_at_0", "unpublish_at_1", "unpublish_at_2"), typed, strict=True))
    answer = admin_client.post(reverse("admin:news_article_add"), form(**sent, _save="1"))
    page = answer.content.decode()
    assert said in page
    assert typed[1] in page
    assert not Article.objects.exists()


@pytest.mark.django_db
def test_no_time_at_all_is_no_time(admin_client):
    sent = {"published_at_0": "", "published_at_1": "", "published_at_2": GENEVA}
    admin_client.post(reverse("admin:news_article_add"), form(**sent, _save="1"))
    assert Article.objects.get().published_at is None


@pytest.mark.django_db
def test_lists_show_when_a_text_appears_and_when_it_ends(admin_client):
    facts.article("One", published_at=utc("2030-06-03T07:00"), unpublish_at=utc("2030-12-01T00:00"))
    page = admin_client.get(reverse("admin:news_article_changelist")).content.decode()
    assert "3 June 2030, 16:00" in page
    assert "Geneva June 3, 09:00 · New York June 3, 03:00" in page
    assert "1 December 2030, 09:00" in page
    assert "Geneva December 1, 01:00 · New York November 30, 19:00" in page


@pytest.mark.django_db
def test_lists_of_facts_show_them_by_language_where_they_differ(admin_client):
    fact = facts.milestone(titles={"en": "A step", "ko": "한 걸음"}, public=False)
    MilestoneText.objects.get(language="ko")
    for text in fact.texts.all():
        text.published_at = utc("2030-06-03T07:00")
        if text.language == "ko":
            text.unpublish_at = utc("2030-12-01T00:00")
        text.save()
    actions.publish(record=Milestone.objects.get())
    page = admin_client.get(reverse("admin:milestones_milestone_changelist")).content.decode()
    assert page.count("3 June 2030, 16:00<br>") == 1
    assert "한국어: 1 December 2030, 09:00" in page


@pytest.mark.django_db
def test_a_server_clock_that_is_set_back_hides_what_is_not_due_and_forward_shows_it(time_machine):
    due = timezone.now().replace(microsecond=0) + timedelta(hours=1)
    one = facts.article("Later", published_at=due, unpublish_at=due + timedelta(hours=1))
    seen = []
    for minutes in (59, 61, 59, 60, 119, 121, 90):
        time_machine.move_to(due + timedelta(minutes=minutes - 60), tick=False)
        seen.append(one.is_public() and Article.objects.published().exists())
    assert seen == [False, True, False, True, True, False, True]
