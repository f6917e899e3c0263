"""A text goes to somebody, and comes back or goes public; what is said about it stays at the desk."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core import mail
from django.db import transaction

from advocacy.accounts.actions import off_board
from advocacy.meetings.models import Meeting
from advocacy.milestones.models import Milestone
from advocacy.news.models import Article
from advocacy.publishing import actions, reviewing
from advocacy.publishing.models import Review
from advocacy.tasks import worker
from advocacy.tasks.models import Task
from tests.facts import article, meeting, milestone
from tests.people import person
from tests.publishing.forms import change_url
from tests.publishing.reviews import Status, said, states

pytestmark = pytest.mark.django_db

TITLE = "zzsecret title"


@pytest.fixture
def sent():
    """Does something, and gives the letters that tell of it."""

    def told(do, *args, **kwargs):
        before = len(mail.outbox)
        do(*args, **kwargs)
        return mail.outbox[before:]

    return told


def test_a_draft_goes_into_review_and_a_letter_goes_to_who_was_asked(author, editor, sent):
    draft = article(TITLE, public=False, created_by=author)
    (letter,) = sent(
        reviewing.ask, record=draft, by=author, reviewer=editor, note="Before Friday, please."
    )
    assert states(draft) == {Status.IN_REVIEW}
    assert letter.to == ["editor@example.org"]
    assert f"{settings.SITE_URL}{change_url(draft)}" in letter.body
    assert said(draft) == [("asked", "author", "Before Friday, please.")]
    assert list(Article.objects.waiting_for(editor)) == [draft]
    assert list(Article.objects.mine_in_progress(author)) == [draft]


def test_a_letter_is_in_both_languages_and_names_neither_title_nor_note(author, editor, sent):
    draft = article(TITLE, public=False, created_by=author)
    (letter,) = sent(reviewing.ask, record=draft, by=author, reviewer=editor, note="zzsecret note")
    assert "zzsecret" not in letter.message().as_string()
    assert "asks you to review" in letter.body
    assert "검토" in letter.body
    assert letter.subject.count(" · ") == 1


@pytest.mark.django_db(transaction=True)
def test_a_letter_tells_only_of_what_has_happened(author, editor, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    draft = article(public=False, created_by=author)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        reviewing.ask(record=draft, by=author, reviewer=editor)
        raise ZeroDivisionError
    assert not Task.objects.exists()
    reviewing.ask(record=draft, by=author, reviewer=editor)
    assert Task.objects.count() == 1
    assert mail.outbox == []  # nobody waits for the mail server
    assert worker.do_next("here")
    assert [letter.to for letter in mail.outbox] == [["editor@example.org"]]


def test_sent_back_it_is_a_draft_again_and_a_letter_goes_to_who_had_asked(author, editor, sent):
    draft = article(public=False, created_by=author)
    reviewing.ask(record=draft, by=author, reviewer=editor)
    (letter,) = sent(reviewing.send_back, record=draft, by=editor, note="Name the source.")
    assert states(draft) == {Status.DRAFT}
    assert letter.to == ["author@example.org"]
    assert said(draft)[-1] == ("sent_back", "editor", "Name the source.")
    assert not Article.objects.waiting_for(editor).exists()
    assert not Review.objects.exists()


def test_taken_back_it_is_a_draft_again(author, editor):
    draft = article(public=False, created_by=author)
    reviewing.ask(record=draft, by=author, reviewer=editor)
    reviewing.take_back(record=draft, by=author)
    assert states(draft) == {Status.DRAFT}
    assert said(draft)[-1] == ("taken_back", "author", "")


def test_a_review_is_handed_on_and_who_asked_first_stays(author, editor, publisher, sent):
    draft = article(public=False, created_by=author)
    reviewing.ask(record=draft, by=author, reviewer=editor)
    (letter,) = sent(reviewing.ask, record=draft, by=editor, reviewer=publisher)
    assert letter.to == ["publisher@example.org"]
    assert draft.review().asked_by == author
    assert list(Article.objects.waiting_for(publisher)) == [draft]
    assert not Article.objects.waiting_for(editor).exists()


def test_only_who_may_review_is_asked(author):
    draft = article(public=False, created_by=author)
    with pytest.raises(reviewing.NotReviewable):
        reviewing.ask(record=draft, by=author, reviewer=person("author", "colleague"))
    assert states(draft) == {Status.DRAFT}


@pytest.mark.parametrize("how", ["public", "in the trash"])
def test_what_is_public_or_in_the_trash_goes_into_no_review(author, editor, how):
    record = article(public=how == "public", created_by=author)
    if how == "in the trash":
        actions.trash(record=record)
    with pytest.raises(reviewing.NotReviewable):
        reviewing.ask(record=record, by=author, reviewer=editor)
    assert not Review.objects.exists()


def test_a_review_that_ended_while_its_page_was_open_is_answered_with_a_sentence(
    client, author, editor, monkeypatch
):
    draft = article(public=False, created_by=author)
    reviewing.ask(record=draft, by=author, reviewer=editor)
    client.force_login(editor)

    def too_late(**kwargs):
        raise reviewing.NotReviewable

    monkeypatch.setattr(reviewing, "send_back", too_late)
    answer = client.post(change_url(draft, "send_back"), {"note": "."}, follow=True)
    assert "a colleague has changed the state of this text" in answer.content.decode()


@pytest.mark.parametrize("verb", ["send_back", "take_back"])
def test_a_review_that_is_not_there_cannot_be_ended(author, verb):
    draft = article(public=False, created_by=author)
    note = {"note": "."} if verb == "send_back" else {}
    with pytest.raises(reviewing.NotReviewable):
        getattr(reviewing, verb)(record=draft, by=author, **note)
    assert said(draft) == []


def test_publishing_ends_the_review_and_tells_who_had_asked(author, editor, publisher, sent):
    draft = article(public=False, created_by=author)
    reviewing.ask(record=draft, by=author, reviewer=editor)
    (letter,) = sent(actions.publish, record=draft, by=publisher)
    assert letter.to == ["author@example.org"]
    assert states(draft) == {Status.PUBLISHED}
    assert not Review.objects.exists()


def test_readers_keep_the_old_text_while_the_new_one_is_in_review(author, editor, publisher):
    live = article("Before", created_by=author)
    copy = actions.open_working_copy(record=live, by=author)
    copy.title = "After"
    copy.save()
    reviewing.ask(record=copy, by=author, reviewer=editor)
    assert (states(copy), states(live)) == ({Status.IN_REVIEW}, {Status.PUBLISHED})
    assert Article.objects.published().get().title == "Before"
    assert list(Article.objects.waiting_for(editor)) == [copy]
    actions.publish(record=Article.objects.get(pk=copy.pk), by=publisher)
    assert Article.objects.published().get().title == "After"
    assert not Review.objects.exists()


def test_every_language_of_a_fact_goes_into_review_and_comes_back(author, editor):
    fact = milestone(titles={"en": "One", "ko": "하나"}, public=False, created_by=author)
    reviewing.ask(record=fact, by=author, reviewer=editor)
    assert states(fact) == {Status.IN_REVIEW}
    assert list(Milestone.objects.waiting_for(editor)) == [fact]
    reviewing.send_back(record=fact, by=editor, note=".")
    assert states(fact) == {Status.DRAFT}


def test_a_language_held_back_is_a_draft_once_the_review_is_over(author, editor, publisher):
    fact = meeting(titles={"en": "One", "ko": "하나"}, public=False, created_by=author)
    korean = fact.texts.get(language="ko")
    korean.ready = False
    korean.save()
    reviewing.ask(record=fact, by=author, reviewer=editor)
    actions.publish(record=Meeting.objects.get(pk=fact.pk), by=publisher)
    assert states(fact) == {Status.PUBLISHED, Status.DRAFT}


@pytest.mark.parametrize("how", ["dropped", "in the trash"])
def test_what_is_dropped_or_put_in_the_trash_waits_for_nobody(author, editor, how):
    live = article(created_by=author)
    copy = actions.open_working_copy(record=live, by=author)
    reviewing.ask(record=copy, by=author, reviewer=editor)
    if how == "dropped":
        actions.discard_working_copy(record=copy)
    else:
        actions.trash(record=live)
    assert not Review.objects.exists()


def test_the_conversation_stays_with_the_text_over_its_versions(author, editor, publisher):
    live = article(created_by=author)
    reviewing.comment(record=live, by=author, text="  First.  ")
    copy = actions.open_working_copy(record=live, by=author)
    reviewing.comment(record=copy, by=editor, text="Second.")
    live = actions.publish(record=copy, by=publisher)
    assert said(live) == [("comment", "author", "First."), ("comment", "editor", "Second.")]


def test_who_has_no_address_is_told_by_who_pressed(author, editor):
    told = []
    editor.email = ""
    draft = article(public=False, created_by=author)
    reviewing.ask(record=draft, by=author, reviewer=editor, unsent=told.append)
    assert told == ["editor has no e-mail address here: pass it on yourself."]
    assert mail.outbox == []


def test_who_has_left_meanwhile_gets_no_letter(author, editor, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    reviewing.ask(record=article(public=False, created_by=author), by=author, reviewer=editor)
    off_board(user=editor)
    while worker.do_next("here"):
        pass
    assert mail.outbox == []
