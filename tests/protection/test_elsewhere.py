"""What readers get of a text beside its page is looked at too: proved against every address there is."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from itertools import count
from urllib.parse import unquote

import pytest
from django.db import models
from django.utils import timezone

from advocacy.attachments.models import Attachment
from advocacy.dates.fields import EDTFField
from advocacy.exports.calendar import FOLD
from advocacy.meetings.models import Meeting, MeetingText, Participant
from advocacy.milestones.models import Milestone, MilestoneSymbol, MilestoneText
from advocacy.news.models import Article
from advocacy.pages.models import StandingPage
from advocacy.protection.router import ALIAS
from advocacy.protection.surfaces import output, words
from advocacy.publishing import actions
from advocacy.publishing.models import Record
from advocacy.publishing.richtext import RichTextField
from advocacy.publishing.whole import whole
from tests.attachments import makers
from tests.test_channels import STARTS, crawl

pytestmark = [pytest.mark.django_db(databases=["default", ALIAS]), pytest.mark.one_database]

NUMBERS = count(1)
NO_WORDS = {"slug", "language", "status", "kind", "role", "outcome", "body", "uuid", "key"}
SYMBOL = "A/HRC/25/63"
LISTS = ["", "meetings/", "meetings/calendar.ics", "milestones/", "milestones/export.csv"]
LISTS += [
    "milestones/export.xlsx",
    "milestones/export.jsonl",
    "documents/",
    "documents/export.json",
]
LISTS += [f"un/{SYMBOL}/"]


def marked(row: models.Model, mark: str) -> models.Model:
    """Saved, with two words of its own in each field that is written by hand."""
    for field in row._meta.concrete_fields:
        if isinstance(field, EDTFField):
            continue
        said = f"{mark}{next(NUMBERS)}x {mark}{next(NUMBERS)}x"
        if isinstance(field, RichTextField):
            value = f'<p>{said} {SYMBOL}</p><p>{said}<span data-note="{said}"></span></p>'
        elif isinstance(field, models.URLField):
            value = f"https://example.org/{said.replace(' ', '-')}"
        elif isinstance(field, models.CharField | models.TextField):
            value = said if field.name not in NO_WORDS and not field.choices else ""
        else:
            value = ""
        if value and not getattr(row, field.attname):
            setattr(row, field.attname, value)
    row.save()
    return row


def document(mark: str) -> Attachment:
    return makers.attachment(title=f"{mark}{next(NUMBERS)}x {mark}{next(NUMBERS)}x")


def an_article() -> Article:
    one = marked(Article(), "zqa")
    one.documents.create(attachment=document("zqa"))
    marked(one.coverage.model(article=one, date="2014-03-18", language="en"), "zqa")
    marked(one.corrections.model(article=one), "zqa")
    return one


def a_meeting() -> Meeting:
    fact = marked(Meeting(date="2012-12"), "zqm")
    for language in ("en", "ko"):
        marked(MeetingText(fact=fact, language=language), "zqm")
        marked(fact.corrections.model(meeting=fact, language=language), "zqm")
    marked(Participant(meeting=fact, role="official"), "zqm")
    fact.documents.create(attachment=document("zqm"))
    return fact


def a_milestone() -> Milestone:
    fact = marked(Milestone(date="2014-03-17", body="hrc", kind="report"), "zqs")
    MilestoneSymbol.objects.create(milestone=fact, position=1, symbol=SYMBOL)
    for language in ("en", "ko"):
        marked(MilestoneText(fact=fact, language=language), "zqs")
        marked(fact.corrections.model(milestone=fact, language=language), "zqs")
    fact.documents.create(attachment=document("zqs"))
    return fact


def a_page() -> StandingPage:
    one = marked(StandingPage(key="introduction"), "zqp")
    one.documents.create(attachment=document("zqp"))
    return one


MADE = {"zqa": an_article, "zqm": a_meeting, "zqs": a_milestone, "zqp": a_page}


def together(text: str, mark: str) -> set[tuple[str, ...]]:
    """All words of a record, and all pairs and threes of them that nothing parts: a name is no more."""
    found = set()
    plain = unquote(html.unescape(html.unescape(text.replace(FOLD, ""))))
    for read in (plain, words(plain)):
        all_words = re.findall(r"\w+|…", read)  # an excerpt that begins within a passage
        for at in range(len(all_words)):
            for length in (1, 2, 3):
                some = tuple(all_words[at : at + length])
                if all(word.startswith(mark) for word in some):
                    found.add(some)
    return found


def looked_at(record: Record, mark: str) -> set[tuple[str, ...]]:
    found = set()
    for surface in output(whole(type(record)).get(pk=record.pk), timezone.now()):
        found |= together(surface.text, mark)
    return found


def test_no_answer_of_the_site_puts_words_of_a_record_together_that_were_not_looked_at(client):
    records = {mark: make() for mark, make in MADE.items()}
    seen = {mark: looked_at(record, mark) for mark, record in records.items()}
    for record in records.values():
        actions.publish(record=record)
    every = sorted(some[0] for found in seen.values() for some in found if len(some) == 1)
    searches = [f"/en/search/?q={word}" for word in every[::12]]
    met: dict[str, set[str]] = defaultdict(set)
    for path, answer in crawl(client, [*STARTS, *searches]).items():
        if answer.status_code != 200 or path.startswith(("/documents/", "/pictures/")):
            continue  # files are looked at by themselves
        for mark, known in seen.items():
            found = together(answer.body.decode(errors="replace"), mark)
            assert found <= known, (path, sorted(found - known))
            met[path.partition("?")[0]] |= {mark} if found else set()
    everywhere = {path for path, marks in met.items() if marks}
    assert {f"/{language}/{path}" for language in ("en", "ko") for path in LISTS} <= everywhere
    assert {"/feeds/all.atom", "/feeds/all.json", "/sitemap-news.xml"} <= everywhere
    assert {f"/api/v1/{name}" for name in ("articles", "meetings", "milestones")} <= everywhere
    assert len([path for path in everywhere if "/cite." in path]) > 20
