"""A record as data: it says what readers can read, and nothing that is not looked at."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import count

import pytest
from django.db.models import CharField, TextField
from django.utils import timezone

from advocacy.datasets import articles, documents, meetings, milestones
from advocacy.datasets.chunks import in_chunks
from advocacy.datasets.fields import told
from advocacy.dates.fields import EDTFField
from advocacy.meetings.models import Participant
from advocacy.milestones.models import Milestone
from advocacy.milestones.timeline import NO_BODY, Choice
from advocacy.news.models import Article, Tag
from advocacy.protection.surfaces import surfaces
from advocacy.publishing import actions
from advocacy.publishing.whole import whole
from advocacy.un.fields import SymbolField
from tests.attachments import makers
from tests.facts import meeting, milestone

pytestmark = pytest.mark.django_db

SETS = {"articles": articles, "milestones": milestones, "meetings": meetings}
_numbers = count(1)


def data(of, at=None, language="en") -> list[dict]:
    """Every field of every record that is public."""
    at = at or timezone.now()
    rows = of.rows(at).order_by("as_of", "uuid")
    found = of.tell(rows, at) if of is articles else of.tell(rows, language, at)
    return [told(one, of.FIELDS) for one in found]


def article(**fields) -> Article:
    made = Article.objects.create(**{"title": "An article", "body": "<p>Text.</p>", **fields})
    return actions.publish(record=made)


def filled(row):
    """Each text of a row that is free says something of its own."""
    for field in row._meta.concrete_fields:
        is_free = isinstance(field, CharField | TextField) and not (
            field.choices or isinstance(field, EDTFField | SymbolField)
        )
        if is_free and field.editable and field.name not in ("language", "slug", "name", "key"):
            is_address = "url" in field.name
            word = f"zzword{next(_numbers)}"
            setattr(row, field.name, f"https://example.org/{word}" if is_address else word)
    row.save()
    return row


def talkative(kind: str):
    """A public record with something of its own in every text that it can hold."""
    if kind == "articles":
        record = Article.objects.create(title="x", body="<p>x</p>")
        record.tags.add(filled(Tag.objects.create(name="tag", slug="tag")))
        filled(record.coverage.create(outlet="x"))
        texts = [record]
    else:
        record = (milestone if kind == "milestones" else meeting)(public=False)
        texts = list(record.texts.all())
        if kind == "meetings":
            filled(Participant(meeting=record, role="official", name_en="x"))
    for text in texts:
        filled(text)
        text.body = f'<p>zzword{next(_numbers)}<span data-note="zzword{next(_numbers)}"></span></p>'
        text.save()
    filled(record.documents.create(attachment=makers.attachment("pdf", title="zzworddocument")))
    filled(record.corrections.create(corrected_on=date(2020, 1, 2), note="x"))
    record = type(record).objects.get(pk=record.pk)
    if kind != "articles":
        filled(record)
    return actions.publish(record=record)


@pytest.mark.parametrize("kind", SETS)
def test_nothing_is_told_to_programs_that_is_not_searched_for_protected_names(kind):
    record = talkative(kind)
    looked_at = " ".join(s.text for s in surfaces(whole(type(record)).get(pk=record.pk)))
    (one,) = data(SETS[kind])
    told_words = {word for word in json.dumps(one).replace('"', " ").split() if "zzword" in word}
    words = {word[word.index("zzword") :].strip(".,;\\") for word in told_words}
    assert len(words) >= 4
    for word in words:
        assert word.partition(".pdf")[0] in looked_at, word


def test_who_met_whom_is_told_to_no_program():
    talkative("meetings")
    names = {row.name_en for row in Participant.objects.all()}
    assert not any(name in json.dumps(data(meetings)) for name in names)


def test_a_record_is_in_the_data_as_soon_and_as_long_as_it_is_public():
    now = timezone.now()
    article(published_at=now + timedelta(hours=1), unpublish_at=now + timedelta(hours=2))
    seen = [bool(data(articles, now + timedelta(hours=hours))) for hours in (0, 1.5, 2.5)]
    assert seen == [False, True, False]


def test_an_embargo_that_ends_is_a_change():
    now = timezone.now()
    made = article(published_at=now + timedelta(hours=1))
    (one,) = data(articles, now + timedelta(hours=2))
    assert one["changed"] == one["published"]
    assert made.published_at.isoformat()[:19] == one["changed"][:19]


def test_a_fact_changes_with_each_of_its_texts():
    fact = milestone(titles={"en": "Inquiry", "ko": "조사"})
    (before,) = data(milestones)
    copy = actions.open_working_copy(record=fact)
    text = copy.texts.get(language="ko")
    text.title = "조사위원회"
    text.save()
    actions.publish(record=copy)
    (after,) = data(milestones)
    assert after["changed"] > before["changed"]
    assert (before["id"], before["text_id"]) == (after["id"], after["text_id"])


def test_a_milestone_is_told_in_the_language_asked_for_or_else_in_the_other():
    milestone("2013", titles={"en": "Inquiry", "ko": "조사"})
    milestone("2014", titles={"en": "Report"})
    assert [one["title"] for one in data(milestones, language="ko")] == ["조사", "Report"]
    assert [one["body_name"] for one in data(milestones, language="ko")] == [
        "유엔 인권이사회",
        "Human Rights Council",
    ]


def test_a_date_is_told_as_exactly_as_it_is_known():
    milestone("2012-12")
    (one,) = data(milestones)
    assert (one["date"], one["date_earliest"], one["date_latest"]) == (
        "2012-12",
        "2012-12-01",
        "2012-12-31",
    )


def test_a_document_names_the_pages_it_stands_on():
    made = article()
    copy = actions.open_working_copy(record=made)
    copy.documents.create(attachment=makers.attachment("pdf", language="en"))
    assert data(documents) == []
    actions.publish(record=copy)
    (one,) = data(documents)
    assert [page["title"] for page in one["told_in"]] == ["An article"]


def test_the_database_chooses_milestones_as_the_page_does():
    for day in ("2003-04-16", "1999", "199X", "2009-12/2010-03", "{2010,2024}", "2012-12", "2020~"):
        milestone(day)
    milestone("2014", "", own_step=True)
    milestone("2005", "ga")
    record = list(Milestone.objects.published())
    for body in ("", "hrc", "ga", "sc", NO_BODY):
        for decade in (None, *range(1980, 2040, 10)):
            choice = Choice(body, decade)
            chosen = choice.narrowed(Milestone.objects.published())
            assert {one.pk for one in chosen} == {one.pk for one in record if choice.admits(one)}


def test_a_long_list_is_read_in_pieces_in_its_order_and_leaves_out_what_was_taken_back():
    made = [milestone(str(year)) for year in range(2001, 2008)]
    rows = Milestone.objects.published(timezone.now()).in_order()
    pieces = in_chunks(rows, 3)
    assert next(pieces) == made[:3]
    actions.withdraw(publication=made[4].texts.get())
    assert list(pieces) == [[made[3], made[5]], [made[6]]]
