"""Who was asked, and who asked, at the pages of the desk."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus

from advocacy import letters
from advocacy.news.models import Article
from advocacy.publishing import reviewing
from advocacy.publishing.models import Review
from advocacy.tasks import worker
from advocacy.tasks.models import Task
from tests.facts import article
from tests.people import person
from tests.publishing.forms import change_url, form
from tests.publishing.reviews import Status, said, states

pytestmark = pytest.mark.django_db


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
