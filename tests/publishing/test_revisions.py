"""What is kept of a record: each save and each publication, on one line over its working copies."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from reversion.models import Revision, Version

from advocacy.meetings.models import Meeting, MeetingText, Participant
from advocacy.news.models import Article, Tag
from advocacy.publishing import actions
from advocacy.publishing.models import HistoryEntry
from advocacy.publishing.revisions import keeping, snapshots
from tests.attachments import makers, records
from tests.facts import article, meeting, milestone
from tests.people import person
from tests.publishing.versions import entries, full_article

pytestmark = pytest.mark.django_db


def last(record) -> snapshots.Kept:
    return snapshots.read(entries(record)[-1])


# What is kept


def test_an_article_is_kept_with_all_its_parts():
    one = full_article()
    keeping.keep(one)
    kept = last(one)
    assert kept.row.title == "Full"
    assert {
        accessor: [part.called for part in parts] for accessor, parts in kept.parts.items()
    } == {
        "documents": ["A statement"],
        "figures": [one.figures.get().attachment.title],
        "coverage": ["A headline"],
        "corrections": [str(one.corrections.get())],
        "tagged": ["Camps"],
    }


def test_a_fact_is_kept_with_its_texts_and_their_parts():
    picture = makers.attachment("picture", alt_en="A hall", content=makers.jpeg())
    one = milestone(
        titles={"en": "Vote", "ko": "표결"},
        symbols=("A/HRC/RES/22/13",),
        text=records.figure(picture),
        public=False,
    )
    one.articles.add(article())
    keeping.keep(one)
    kept = last(one)
    assert [text.row.title for text in kept.parts["texts"]] == ["Vote", "표결"]
    assert [len(text.parts["figures"]) for text in kept.parts["texts"]] == [1, 1]
    assert [part.called for part in kept.parts["symbols"]] == ["A/HRC/RES/22/13"]
    assert kept.tied["articles"] == [Article.objects.get().pk]


def test_a_participant_is_kept_as_named_then():
    one = meeting(public=False)
    Participant.objects.create(meeting=one, role="survivor", name_en="A survivor")
    keeping.keep(one)
    Participant.objects.update(name_en="Somebody else")
    assert last(one).parts["participants"][0].row.name_en == "A survivor"


def test_every_kind_of_record_can_be_kept():
    for one in (article(public=False), meeting(public=False), milestone(public=False)):
        keeping.keep(one)
        assert type(last(one).row) is type(one)


def test_who_and_when_are_kept_with_what_changed():
    author, moment = person("author"), timezone.now() - timedelta(hours=1)
    one = article(public=False)
    keeping.keep(one, by=author, at=moment, changed=[{"changed": {"fields": ["Title"]}}])
    [entry] = entries(one)
    assert (entry.revision.user, entry.revision.date_created) == (author, moment)
    assert entry.revision.get_comment() == "Changed Title."
    assert json.loads(entry.revision.comment) == [{"changed": {"fields": ["Title"]}}]


# One line


def test_publishing_is_kept_as_what_readers_then_knew():
    author = person("author")
    live = actions.publish(record=article("First", public=False), by=author)
    [entry] = entries(live)
    assert (entry.verb, entry.revision.user) == (HistoryEntry.Verb.PUBLISHED, author)
    assert snapshots.read(entry).row.title == "First"


def test_the_history_goes_on_over_a_working_copy_that_is_published_and_gone():
    live = article("First")
    copy = actions.open_working_copy(record=live)
    copy.title = "Second"
    copy.save()
    keeping.keep(copy)
    live = actions.publish(record=copy)
    assert not Article.objects.filter(replaces__isnull=False).exists()
    assert [(entry.verb, snapshots.read(entry).row.title) for entry in entries(live)] == [
        ("published", "First"),
        ("saved", "Second"),
        ("published", "Second"),
    ]


def test_what_was_saved_of_changes_that_were_dropped_is_still_there():
    live = article("First")
    copy = actions.open_working_copy(record=live)
    copy.title = "Dropped"
    copy.save()
    keeping.keep(copy)
    actions.discard_working_copy(record=copy)
    assert [snapshots.read(entry).row.title for entry in entries(live)] == ["First", "Dropped"]


def test_a_translation_has_a_history_of_its_own():
    live = article("First")
    draft = actions.start_translation(record=live, language="ko")
    keeping.keep(draft)
    assert [len(entries(one)) for one in (live, draft)] == [1, 1]


def test_of_a_text_that_was_public_before_anything_was_kept_the_public_state_is_kept_first():
    live = article("Before")
    Revision.objects.all().delete()
    copy = actions.open_working_copy(record=live)
    copy.title = "After"
    copy.save()
    keeping.keep(copy)
    first, second = entries(live)
    assert (snapshots.read(first).row.title, first.verb) == ("Before", "published")
    assert first.revision.date_created == live.last_changed
    assert snapshots.read(second).row.title == "After"


# What goes


def test_with_a_record_that_is_removed_for_good_goes_all_that_was_kept_of_it():
    live, other = full_article(), article("Another")
    actions.trash(record=actions.publish(record=live))
    actions.remove(record=live)
    assert {entry.record for entry in HistoryEntry.objects.all()} == {other.uuid}
    assert {version.object_repr for version in Version.objects.all()} == {"Another"}


def test_publishing_that_is_refused_keeps_nothing():
    one = Article.objects.create(title="Empty")
    with pytest.raises(actions.NotPublishable):
        actions.publish(record=one)
    assert not Revision.objects.exists()


# Cost


def test_keeping_costs_the_same_for_many_parts_as_for_one(django_assert_max_num_queries):
    one = full_article()
    for number in range(20):
        one.documents.create(attachment=makers.attachment(title=f"Paper {number}"))
        one.tags.add(Tag.objects.create(name=f"Tag {number}"))
        one.coverage.create(outlet=f"Outlet {number}")
    keeping.keep(one)  # content types are asked for once
    with django_assert_max_num_queries(20):
        keeping.keep(one)


def test_keeping_a_fact_costs_the_same_for_both_languages(django_assert_max_num_queries):
    one = Meeting.objects.create(date="2012-12")
    for language in ("en", "ko"):
        MeetingText.objects.create(fact=one, language=language, title=f"Meeting {language}")
    keeping.keep(one)
    with django_assert_max_num_queries(18):
        keeping.keep(one)
