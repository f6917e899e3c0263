"""A text goes to somebody, and comes back or goes public; what is said about it stays at the desk."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus

from advocacy import letters
from advocacy.accounts.actions import off_board
from advocacy.meetings.models import Meeting
from advocacy.milestones.models import Milestone
from advocacy.news.models import Article
from advocacy.publishing import actions, reviewing
from advocacy.publishing.models import Publication, Remark, Review
from advocacy.tasks import worker
from advocacy.tasks.models import Task
from tests.facts import article, meeting, milestone
from tests.people import person
from tests.publishing.test_admin import change_url, form

pytestmark = pytest.mark.django_db

Status = Publication.Status
TITLE = "zzsecret title"


@pytest.fixture
def author():
    return person("author")


@pytest.fixture
def editor():
    return person("editor")


@pytest.fixture
def publisher():
    return person("publisher")


@pytest.fixture
def sent():
    """Does something, and gives the letters that tell of it."""

    def told(do, *args, **kwargs):
        before = len(mail.outbox)
        do(*args, **kwargs)
        return mail.outbox[before:]

    return told


def states(record) -> set[str]:
    return {text.status for text in type(record).objects.get(pk=record.pk).publications()}


def said(record) -> list[tuple]:
    rows = Remark.objects.filter(record=record.live.uuid)
    return [(row.kind, row.by.get_username(), row.text) for row in rows]


# The verbs


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


# At the desk


def ask(client, record, reviewer, note=""):
    address = change_url(record, "ask")
    return client.post(address, {"reviewer": reviewer.pk, "note": note}, follow=True)


def test_ask_for_a_review_saves_first_and_then_asks_whom(client, author, editor, publisher):
    client.force_login(author)
    answer = client.post(reverse("admin:news_article_add"), form(_ask="1"))
    draft = Article.objects.get()
    assert answer.url == change_url(draft, "ask")
    page = client.get(answer.url).content.decode()
    assert re.findall(r'<option value="\d+">([^<]+)', page) == [
        "editor",
        "publisher (can publish it)",
    ]
    page = ask(client, draft, editor, "Look at the date.").content.decode()
    assert "In review. editor was asked." in page
    assert "Look at the date." in page
    assert states(draft) == {Status.IN_REVIEW}


def test_nobody_asks_themselves_or_somebody_who_may_not_review(client, editor):
    draft = article(public=False)
    client.force_login(editor)
    page = client.get(change_url(draft, "ask")).content.decode()
    assert "Nobody else may review texts yet." in page
    for pk in (editor.pk, person("author").pk, 999):
        assert client.post(change_url(draft, "ask"), {"reviewer": pk}).status_code == 200
    assert not Review.objects.exists()


def test_in_review_the_text_is_locked_for_its_author_who_can_comment_and_take_it_back(
    client, author, editor
):
    draft = article("Before", public=False, created_by=author)
    reviewing.ask(record=draft, by=author, reviewer=editor)
    client.force_login(author)
    page = client.get(change_url(draft)).content.decode()
    assert 'name="title"' not in page
    assert "editor has it since" in page
    assert client.post(change_url(draft), form(title="Over", seen_version=1)).status_code == 403
    client.post(change_url(draft, "comment"), {"comment": "One more thing."})
    assert said(draft)[-1] == ("comment", "author", "One more thing.")
    client.post(change_url(draft, "take_back"))
    client.post(change_url(draft), form(title="After", seen_version=1))
    draft.refresh_from_db()
    assert (draft.title, draft.status) == ("After", Status.DRAFT)


def test_an_editor_who_was_not_asked_reads_and_comments(client, author, editor):
    draft = article(public=False, created_by=author)
    reviewing.ask(record=draft, by=author, reviewer=person("editor", "another"))
    client.force_login(editor)
    page = client.get(change_url(draft)).content.decode()
    assert 'name="title"' not in page
    assert 'name="comment"' in page
    assert client.post(change_url(draft, "send_back"), {"note": "."}).status_code == 403


def test_the_reviewer_edits_and_sends_back_with_a_note(client, author, editor):
    draft = article("Before", public=False, created_by=author)
    reviewing.ask(record=draft, by=author, reviewer=editor)
    client.force_login(editor)
    typed = form(title="Better", seen_version=1, _send_back="1")
    answer = client.post(change_url(draft), typed)
    assert answer.url == change_url(draft, "send_back")
    draft.refresh_from_db()
    assert (draft.title, draft.status) == ("Better", Status.IN_REVIEW)
    assert client.post(answer.url, {"note": " "}).status_code == 200
    assert states(draft) == {Status.IN_REVIEW}
    client.post(answer.url, {"note": "Cut the end."})
    assert states(draft) == {Status.DRAFT}
    assert said(draft)[-1] == ("sent_back", "editor", "Cut the end.")


def test_an_editor_who_reviews_cannot_publish_and_hands_it_on(client, author, editor, publisher):
    draft = article(public=False, created_by=author)
    reviewing.ask(record=draft, by=author, reviewer=editor)
    client.force_login(editor)
    page = client.get(change_url(draft)).content.decode()
    assert 'name="_publish"' not in page
    assert "Ask somebody else" in page
    ask(client, draft, publisher)
    client.force_login(publisher)
    client.post(change_url(draft), form(seen_version=1, _publish="1"))
    assert Article.objects.published().exists()


def test_a_comment_is_plain_text_with_who_and_when(client, author):
    draft = article(public=False, created_by=author)
    client.force_login(author)
    typed = form(seen_version=1, title="Also saved", comment="<b>Bold</b>\nline", _comment="1")
    answer = client.post(change_url(draft), typed)
    assert answer.url == change_url(draft) + "#conversation"
    draft.refresh_from_db()
    assert draft.title == "Also saved"
    page = client.get(change_url(draft)).content.decode()
    assert "&lt;b&gt;Bold&lt;/b&gt;<br>line" in page
    assert re.search(r"<b>author</b> <time datetime=", page)


def test_an_empty_comment_says_nothing(client, author):
    draft = article(public=False, created_by=author)
    client.force_login(author)
    client.post(change_url(draft, "comment"), {"comment": "  "})
    assert said(draft) == []


def test_a_comment_is_not_lost_when_the_form_is_refused(client, author):
    draft = article(public=False, created_by=author)
    client.force_login(author)
    typed = form(title="", comment="Typed already", _comment="1", seen_version=1)
    page = client.post(change_url(draft), typed).content.decode()
    assert ">Typed already</textarea>" in page
    assert said(draft) == []


def test_the_conversation_is_for_those_whose_text_it_is(client, author, editor):
    live = article(created_by=author)
    reviewing.comment(record=live, by=author, text="Between us.")
    for who, sees in ((author, True), (editor, True), (person("author", "colleague"), False)):
        client.force_login(who)
        page = client.get(change_url(live)).content.decode()
        assert ("Between us." in page) is sees


def test_no_reader_meets_a_word_of_the_conversation(client, author):
    live = article(created_by=author)
    reviewing.comment(record=live, by=author, text="zzsecret")
    assert "zzsecret" not in client.get(live.get_absolute_url()).content.decode()


@pytest.mark.django_db(transaction=True)
def test_with_a_mail_server_that_is_away_it_is_asked_all_the_same_and_the_letter_tried_again(
    client, author, editor, settings, monkeypatch
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    draft = article(public=False, created_by=author)
    client.force_login(author)
    with monkeypatch.context() as away:
        away.setattr(letters, "send_mail", lambda *args: (_ for _ in ()).throw(OSError("away")))
        ask(client, draft, editor)
        assert worker.do_next("here")
    assert states(draft) == {Status.IN_REVIEW}
    [task] = Task.objects.all()
    assert task.status == TaskResultStatus.READY
    Task.objects.update(run_after=timezone.now())
    assert worker.do_next("here")
    assert [letter.to for letter in mail.outbox] == [["editor@example.org"]]
    assert str(task) == "to send a letter to staff"
