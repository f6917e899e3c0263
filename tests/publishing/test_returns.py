"""A record goes back to what it was, as far as that still fits."""

from __future__ import annotations

import pytest
from django.utils import timezone

from advocacy.attachments.models import Attachment
from advocacy.meetings.models import Meeting
from advocacy.milestones.models import Milestone
from advocacy.news.models import Article
from advocacy.pages.models import StandingPage
from advocacy.publishing import actions
from advocacy.publishing.revisions import keeping, returning
from tests.facts import article, meeting, milestone
from tests.publishing.forms import change_url, form, words
from tests.publishing.versions import entries, full_article, saved

pytestmark = pytest.mark.django_db


# Going back


def test_a_draft_goes_back_to_what_it_was(admin_client, admin_user):
    one = full_article()
    keeping.keep(one)
    first = entries(one)[0]
    one.coverage.all().delete()
    one.documents.all().delete()
    one.tags.clear()
    saved(one, title="Spoilt", body="<p>Gone.</p>", event_date="2014")
    answer = admin_client.post(change_url(one, "return_to"), {"entry": first.pk})
    assert answer.url == change_url(one)
    one = Article.objects.get()
    assert (one.title, one.event_date) == ("Full", "")
    assert "Words of weight." in one.body
    assert [str(use) for use in one.documents.all()] == ["A statement"]
    assert [str(use) for use in one.coverage.all()] == ["A headline"]
    assert one.figures.count() == 1
    assert list(one.tags.names()) == ["Camps"]
    last = entries(one)[-1]
    assert (last.verb, last.source, last.revision.user) == ("returned", first, admin_user)


def test_of_a_public_text_going_back_makes_changes_that_wait(admin_client):
    live = article("First")
    first = entries(live)[0]
    copy = actions.open_working_copy(record=live)
    saved(copy, title="Second")
    live = actions.publish(record=copy)
    admin_client.post(change_url(live, "return_to"), {"entry": first.pk})
    assert Article.objects.published().get().title == "Second"
    waiting = live.changes()
    assert waiting.title == "First"
    assert actions.publish(record=waiting).title == "First"


def test_changes_that_wait_are_kept_before_they_are_written_over(admin_client):
    live = article("First")
    copy = actions.open_working_copy(record=live)
    waited = saved(copy, title="Waiting")
    admin_client.post(change_url(live, "return_to"), {"entry": entries(live)[0].pk})
    assert live.changes().title == "First"
    admin_client.post(change_url(live, "return_to"), {"entry": waited.pk})
    assert live.changes().title == "Waiting"


def test_a_colleague_with_the_form_open_is_told(admin_client):
    one = article("First", public=False)
    first = saved(one)
    saved(one, title="Second")
    admin_client.post(change_url(one, "return_to"), {"entry": first.pk})
    answer = admin_client.post(change_url(one), form(title="Typed", seen_version=1))
    assert "A colleague has saved this text" in words(answer)


def test_address_times_and_corrections_stay_as_they_are_now(admin_client):
    live = article("First")
    first = entries(live)[0]
    copy = actions.open_working_copy(record=live)
    copy.corrections.create(note="It was four, not three.")
    end = timezone.now() + timezone.timedelta(days=3)
    saved(copy, title="Second", slug="second", unpublish_at=end)
    live = actions.publish(record=copy)
    copy = returning.return_to(record=live, entry=first)
    assert (copy.title, copy.slug, copy.unpublish_at) == ("First", "second", end)
    assert [note.note for note in copy.corrections.all()] == ["It was four, not three."]


def test_a_fact_goes_back_in_the_languages_it_was_told_in(admin_client):
    one = milestone(titles={"en": "Vote"}, symbols=("A/HRC/RES/22/13",), public=False)
    other = article("Related")
    one.articles.add(other)
    keeping.keep(one)
    first = entries(one)[0]
    one.symbols.all().delete()
    one.articles.clear()
    one.kind = "report"
    one.save()
    text = one.texts.get()
    text.title = "Spoilt"
    text.save()
    one.texts.create(language="ko", title="표결")
    keeping.keep(one)
    returning.return_to(record=one, entry=first)
    one = Milestone.objects.get()
    assert one.kind == "resolution"
    assert [str(symbol) for symbol in one.symbols.all()] == ["A/HRC/RES/22/13"]
    assert list(one.articles.all()) == [other]
    assert {t.language: t.title for t in one.texts.all()} == {"en": "Vote", "ko": "표결"}


def test_a_language_that_was_deleted_comes_back_as_a_draft():
    one = meeting(titles={"en": "Met", "ko": "만남"}, public=False)
    keeping.keep(one)
    one.texts.filter(language="ko").delete()
    returning.return_to(record=one, entry=entries(one)[0])
    back = Meeting.objects.get().texts.get(language="ko")
    assert (back.title, back.status) == ("만남", "draft")


def test_a_participant_comes_back_in_the_same_place():
    one = meeting(public=False)
    for place, name in enumerate(("First", "Second"), 1):
        one.participants.create(role="official", name_en=name, position=place)
    keeping.keep(one)
    one.participants.all().delete()
    returning.return_to(record=one, entry=entries(one)[0])
    assert [str(p) for p in Meeting.objects.get().participants.all()] == ["First", "Second"]


# What no longer fits


def test_what_names_a_file_that_is_gone_is_refused_and_then_taken_without_it(admin_client):
    one = full_article()
    keeping.keep(one)
    entry = entries(one)[0]
    one.documents.all().delete()
    Attachment.objects.filter(title="A statement").delete()
    saved(one, title="Second")
    answer = admin_client.post(change_url(one, "return_to"), {"entry": entry.pk})
    assert "Nothing has changed yet" in words(answer)
    assert "A statement" in words(answer)
    assert Article.objects.get().title == "Second"
    without = {"entry": entry.pk, "without_missing": "1"}
    admin_client.post(change_url(one, "return_to"), without)
    one = Article.objects.get()
    assert (one.title, one.documents.count()) == ("Full", 0)
    assert list(one.tags.names()) == ["Camps"]


def test_a_tag_or_a_related_record_that_is_gone_is_named():
    one, other = milestone(public=False), article("Related", public=False)
    one.articles.add(other)
    keeping.keep(one)
    actions.trash(record=other)
    actions.remove(record=other)
    with pytest.raises(returning.NoLongerFits, match="no longer there: article"):
        returning.return_to(record=one, entry=entries(one)[0])


def test_what_another_record_holds_by_now_is_refused_with_its_sentence(admin_client):
    page = StandingPage.objects.create(title="Contact", key="contact", body="<p>.</p>")
    entry = saved(page)
    saved(page, key="")
    StandingPage.objects.create(title="New contact", key="contact", body="<p>.</p>")
    answer = admin_client.post(change_url(page, "return_to"), {"entry": entry.pk}, follow=True)
    assert "Another page in this language has this key." in words(answer)
    page.refresh_from_db()
    assert (page.key, len(entries(page))) == ("", 2)


def test_nothing_is_returned_to_in_the_trash(admin_client):
    one = article(public=False)
    entry = saved(one)
    actions.trash(record=one)
    with pytest.raises(returning.NoLongerFits, match="trash"):
        returning.return_to(record=one, entry=entry)
    admin_client.post(change_url(one, "return_to"), {"entry": entry.pk})
    assert len(entries(one)) == 1


def test_an_entry_of_another_record_or_none_is_not_found(admin_client):
    one, other = article(public=False), article("Other", public=False)
    for entry in ("", "x", saved(other).pk):
        answer = admin_client.post(change_url(one, "return_to"), {"entry": entry})
        assert answer.status_code == 404
