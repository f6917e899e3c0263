"""Meetings as an iCalendar feed (RFC 5545, RFC 7986). No day is made up.

Where a month is known the entry spans the month, and says so in its title. A set of dates has an entry
for each of its members.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from advocacy.citing.work import line
from advocacy.datasets.fields import Told
from advocacy.datasets.terms import Terms
from advocacy.dates.edtf import Date
from advocacy.publishing.head import absolute

ASK_AGAIN = timedelta(hours=12)
ONE_DAY = timedelta(days=1)
LAST_DAY = date.max - ONE_DAY  # of what a program can count; a slip of the finger reaches beyond
FOLD = "\r\n "  # where a long line is broken, which says nothing (RFC 5545, 3.1)


def feed(title: str, entries: Iterable[Told], terms: Terms, *, language: str) -> bytes:
    """In the language that is active."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{terms.publisher or 'NKHR'}//{title}//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    made = _("Made on %(day)s.") % {"day": terms.made[:10]}
    said = " ".join(filter(None, [terms.licence, terms.url, made]))
    for name in ("name", "x-wr-calname"):
        calendar.add(name, title)
    for name in ("description", "x-wr-caldesc"):
        calendar.add(name, said)
    calendar.add("source", terms.source, parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    for one in entries:
        for event in _events(one, language):
            calendar.add_component(event)
    return calendar.to_ical()


def _events(one: Told, language: str) -> Iterator[Event]:
    when: Date = one.record.date
    for number, (first, last) in enumerate(when.spans):
        yield _event(one, when, first, last, number, language)


def _event(one: Told, when: Date, first: date, last: date, number: int, language: str) -> Event:
    address = absolute(one.text.get_absolute_url())
    is_exact = is_known_to_the_day(when)
    known = when.format(language)
    title = line(one.text.title) if is_exact else f"{line(one.text.title)} ({known})"
    of_date = "" if is_exact else _("What is known of the date: %s.") % known
    said = [line(one.text.summary), of_date, address]
    changed: datetime = one.record.as_of.astimezone(UTC)
    event = Event()
    event.add("uid", _uid(one, number))
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", first)
    event.add("dtend", min(last, LAST_DAY) + ONE_DAY)  # the first day after it
    event.add("summary", title)
    event.add("description", "\n\n".join(filter(None, said)))
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED" if is_exact else "TENTATIVE")
    event.add("x-edtf", str(when))
    if place := one.record.place(language):
        event.add("location", place)
    return event


def is_known_to_the_day(when: Date) -> bool:
    is_certain = not (when.is_approximate or when.is_uncertain)
    return is_certain and all(part.precision == "day" for part in when.parts)


def _uid(one: Told, number: int) -> str:
    """The same for as long as the meeting is there, in both languages."""
    suffix = f"-{number}" if number else ""
    return f"{one.record.uuid}{suffix}@{urlsplit(settings.SITE_URL).hostname}"
