"""The calendar of meetings, as a calendar program reads it."""

from __future__ import annotations

from datetime import date

import pytest
from icalendar import Calendar

from advocacy.meetings.models import Participant
from advocacy.pages.models import Organisation
from tests.answers import html
from tests.facts import HIDDEN, hide, meeting

pytestmark = pytest.mark.django_db

FEED = "/en/meetings/calendar.ics"


def read(client, path=FEED) -> Calendar:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content)


def entries(client, path=FEED) -> list:
    return read(client, path).walk("VEVENT")


def days(event) -> tuple[date, date]:
    """The first day of an entry, and the first after it."""
    return event["DTSTART"].dt, event["DTEND"].dt


def test_a_meeting_of_a_known_day_stands_on_that_day(client):
    fact = meeting("2012-12-10", titles={"en": "With the High Commissioner"}, place_en="Geneva")
    (event,) = entries(client)
    assert days(event) == (date(2012, 12, 10), date(2012, 12, 11))
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert (event["SUMMARY"], event["LOCATION"]) == ("With the High Commissioner", "Geneva")
    assert event["STATUS"] == "CONFIRMED"
    assert event["URL"].endswith(fact.texts.get().get_absolute_url())


@pytest.mark.parametrize(
    ("known", "first", "after", "said"),
    [
        ("2012-12", date(2012, 12, 1), date(2013, 1, 1), "December 2012"),
        ("2012", date(2012, 1, 1), date(2013, 1, 1), "2012"),
        ("2012-12-10?", date(2012, 12, 10), date(2012, 12, 11), "10 December 2012 (uncertain)"),
        ("9999", date(9999, 1, 1), date(9999, 12, 31), "9999"),
        ("2009-12/2010-03", date(2009, 12, 1), date(2010, 4, 1), "December 2009 to March 2010"),
    ],
)
def test_a_date_known_less_exactly_spans_all_it_may_have_been_and_says_so(
    client, known, first, after, said
):
    meeting(known, titles={"en": "A meeting"})
    (event,) = entries(client)
    assert days(event) == (first, after)
    assert event["SUMMARY"] == f"A meeting ({said})"
    assert event["STATUS"] == "TENTATIVE"
    assert said in event["DESCRIPTION"]
    assert event["X-EDTF"] == known


def test_days_from_one_to_another_are_one_entry_that_is_certain(client):
    meeting("2012-12-10/2012-12-12", titles={"en": "Three days"})
    (event,) = entries(client)
    assert days(event) == (date(2012, 12, 10), date(2012, 12, 13))
    assert (event["SUMMARY"], event["STATUS"]) == ("Three days", "CONFIRMED")


def test_a_set_of_dates_has_an_entry_for_each(client):
    meeting("{2012-12-10,2014-02-03}")
    found = entries(client)
    assert [days(event)[0] for event in found] == [date(2012, 12, 10), date(2014, 2, 3)]
    assert len({str(event["UID"]) for event in found}) == 2


def test_an_entry_keeps_its_name_in_both_languages_and_over_time(client):
    meeting("2012-12-10", titles={"en": "Meeting", "ko": "면담"})
    (english,), (korean,) = entries(client), entries(client, "/ko/meetings/calendar.ics")
    assert str(english["UID"]) == str(korean["UID"])
    assert (english["SUMMARY"], korean["SUMMARY"]) == ("Meeting", "면담")


@pytest.mark.parametrize("how", HIDDEN)
def test_the_calendar_has_no_meeting_that_is_not_public(client, how):
    hide(meeting(public=False, titles={"en": "Zzhidden"}), how)
    assert entries(client) == []


def test_the_calendar_names_nobody_who_took_part(client):
    fact = meeting(public=False)
    Participant.objects.create(meeting=fact, role="survivor", name_en="Zzname")
    hide(fact, "public")
    assert b"Zzname" not in client.get(FEED).content


def test_the_calendar_says_how_it_may_be_used_and_when_it_was_made(client, time_machine):
    Organisation.objects.create(
        language="en", name="NKHR", short_name="NKHR", data_terms="Name us."
    )
    time_machine.move_to("2026-11-25T03:00:00Z")
    said = read(client)["DESCRIPTION"]
    assert "Name us." in said
    assert "2026-11-25" in said


def test_what_people_write_cannot_begin_a_line_of_its_own(client):
    meeting("2012", titles={"en": "A; b, c\\n d\nEND:VCALENDAR"})
    (event,) = entries(client)
    assert "END:VCALENDAR" in event["SUMMARY"]


def test_the_calendar_is_kept_as_pages_are_and_is_no_hit(client):
    answer = client.get(FEED)
    assert answer.page_params == ()
    assert not hasattr(answer, "counted")


def test_the_page_of_meetings_leads_to_its_calendar(client):
    meeting()
    assert f'href="{FEED}"' in html(client.get("/en/meetings/"))
