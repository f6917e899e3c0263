"""Whose text is whose, and what may be done with what is open."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from advocacy.attachments.models import Attachment
from advocacy.meetings.models import Meeting
from advocacy.milestones.models import Milestone
from advocacy.news.models import Article
from advocacy.pages.models import MenuItem
from advocacy.publishing import actions, reviewing
from advocacy.publishing.models import Language
from tests.attachments import makers
from tests.facts import article, hide, meeting, milestone
from tests.people import allow, person
from tests.publishing.forms import change_url, form
from tests.publishing.hidden import SECRET, copy_of

pytestmark = pytest.mark.django_db


# The two words


def test_a_draft_is_open_to_whom_made_it_and_to_who_edits_all_texts(author, colleague, editor):
    draft = article(SECRET, public=False, created_by=colleague)
    assert [draft in Article.objects.open_to(one) for one in (author, colleague, editor)] == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize("how", ["draft", "embargoed", "withdrawn", "ended", "trashed"])
def test_of_a_colleagues_texts_what_readers_cannot_read_now_is_not_open(author, colleague, how):
    hidden = [
        hide(article(public=False, created_by=colleague), how),
        hide(meeting(public=False, created_by=colleague), how),
    ]
    for record in hidden:
        assert record not in type(record).objects.open_to(author)
        assert record in type(record).objects.open_to(colleague)


def test_a_colleagues_published_text_can_be_opened_and_not_worked_on(author, colleague):
    for live in (article(created_by=colleague), milestone(created_by=colleague)):
        assert live in type(live).objects.open_to(author)
        assert live not in type(live).objects.editable_by(author)


def test_the_changes_that_wait_belong_to_whoever_began_the_text(author, colleague, editor):
    live = article(created_by=author)
    copy = actions.open_working_copy(record=live, by=editor)
    assert copy.created_by == editor
    assert copy in Article.objects.editable_by(author)
    assert copy not in Article.objects.open_to(colleague)


def test_a_text_is_also_its_reviewers_as_long_as_it_is_in_review(author, monkeypatch):
    reviewer = allow(monkeypatch, person("author", "reviewer"), "publishing.review_text")
    draft = article(public=False, created_by=author)
    reviewing.ask(record=draft, by=author, reviewer=reviewer)
    assert draft in Article.objects.editable_by(reviewer)
    reviewing.send_back(record=draft, by=reviewer, note="Shorter.")
    assert draft not in Article.objects.open_to(reviewer)


def test_what_the_first_run_wrote_is_nobodys_own_and_open_to_all_once_it_is_public(author, editor):
    live, draft = article(), article(public=False)
    assert live in Article.objects.open_to(author)
    assert draft not in Article.objects.open_to(author)
    assert draft in Article.objects.editable_by(editor)


def test_a_record_keeps_who_began_it(client, author, editor):
    client.force_login(author)
    client.post(reverse("admin:news_article_add"), form())
    draft = Article.objects.get()
    client.force_login(editor)
    client.post(change_url(draft), form(title="Edited", seen_version=1))
    draft.refresh_from_db()
    assert (draft.title, draft.created_by) == ("Edited", author)
    live = actions.publish(record=actions.publish(record=draft))
    after = actions.publish(record=actions.open_working_copy(record=live, by=editor))
    assert after.created_by == author


def test_somebody_who_began_a_text_is_not_deleted(author):
    article(created_by=author, public=False)
    with pytest.raises((ProtectedError, TypeError)):
        author.delete()


# What may be done with what is open


def test_a_colleagues_published_text_opens_read_only_and_says_whose_it_is(desk, colleague):
    live = article("Public title", created_by=colleague)
    page = desk.get(change_url(live)).content.decode()
    assert "A colleague’s text, as readers see it." in page
    assert 'name="title"' not in page
    assert "Change it" not in page
    for verb in ("open", "withdraw", "trash", "comment", "ask"):
        assert desk.post(change_url(live, verb), {"comment": "x"}).status_code == 403


def test_an_author_translates_what_readers_can_read_and_the_draft_is_theirs(
    desk, author, colleague
):
    live = article("Public title", created_by=colleague)
    answer = desk.post(change_url(live, "translate"), {"language": "ko"})
    draft = Article.objects.get(language=Language.KO)
    assert answer.url == change_url(draft)
    assert draft.created_by == author


def test_nobody_translates_a_text_they_may_not_open(desk, colleague):
    draft = article(SECRET, public=False, created_by=colleague)
    assert desk.post(change_url(draft, "translate"), {"language": "ko"}).status_code == 404
    live = article("Public title", created_by=colleague)
    copy = copy_of(live)
    assert desk.post(change_url(copy, "translate"), {"language": "ko"}).status_code == 404
    assert not Article.objects.filter(language="ko").exists()


def test_an_author_prepares_a_new_version_of_an_own_published_text_and_cannot_publish_it(
    desk, author
):
    live = article("Before", created_by=author)
    answer = desk.post(change_url(live, "open"))
    copy = Article.objects.get(replaces=live)
    assert answer.url == change_url(copy)
    answer = desk.post(answer.url, form(title="After", seen_version=1, _publish="1"), follow=True)
    assert "It is saved. The rest is not yours to do." in answer.content.decode()
    copy.refresh_from_db()
    assert copy.title == "After"
    assert Article.objects.published().get().title == "Before"


def test_an_author_is_offered_no_publish_button_and_told_who_can(desk, publisher):
    page = desk.get(reverse("admin:news_article_add")).content.decode()
    assert 'name="_publish"' not in page
    assert 'name="_ask"' in page
    desk.post(reverse("admin:news_article_add"), form())
    page = desk.get(change_url(Article.objects.get())).content.decode()
    assert f"Can publish: {publisher.get_username()}." in page


def test_an_editor_edits_all_texts_and_publishes_none(client, editor, colleague):
    draft = article(public=False, created_by=colleague)
    client.force_login(editor)
    client.post(change_url(draft), form(title="Edited", seen_version=1, _publish="1"))
    draft.refresh_from_db()
    assert draft.title == "Edited"
    assert not Article.objects.published().exists()


def test_who_changes_the_record_changes_its_parts_without_further_permissions(desk, author):
    draft = article(public=False, created_by=author)
    coverage = {
        "coverage-TOTAL_FORMS": "1",
        "coverage-0-outlet": "An outlet",
        "coverage-0-position": "1",
    }
    desk.post(change_url(draft), form(seen_version=1, **coverage))
    assert draft.coverage.get().outlet == "An outlet"


def test_a_deed_that_the_state_no_longer_lets_is_answered_with_a_sentence(client, publisher):
    live = article()
    actions.withdraw(publication=live)
    client.force_login(publisher)
    answer = client.post(change_url(live, "withdraw"), follow=True)
    assert "a colleague has changed the state of this text" in answer.content.decode()
    answer = client.post(change_url(live, "restore"), follow=True)
    assert "a colleague has changed the state of this text" in answer.content.decode()


def test_the_desk_tells_everybody_who_may_do_what(desk, client):
    page = desk.get(reverse("publishing:roles")).content.decode()
    assert "Does not learn of colleagues’ drafts." in page
    client.logout()
    assert client.get(reverse("publishing:roles")).status_code == 302


def test_drafts_and_changes_of_ones_own_are_in_progress_until_they_are_public(author, editor):
    draft = article(public=False, created_by=author)
    live = article(created_by=author)
    copy = actions.open_working_copy(record=live, by=author)
    fact = meeting(public=False, created_by=author)
    article(public=False, created_by=editor)
    assert set(Article.objects.mine_in_progress(author)) == {draft, copy}
    assert list(Meeting.objects.mine_in_progress(author)) == [fact]
    assert not Milestone.objects.mine_in_progress(author).exists()
    actions.trash(record=live)
    actions.trash(record=fact)
    actions.publish(record=draft)
    assert not Article.objects.mine_in_progress(author).exists()
    assert not Meeting.objects.mine_in_progress(author).exists()


def test_a_link_to_the_page_of_a_text_leads_there_once_it_is_public(desk, author):
    soon = article(
        public=False, published_at=timezone.now() + timedelta(hours=1), created_by=author
    )
    kind = ContentType.objects.get_for_model(Article).pk
    assert desk.get(f"/admin/r/{kind}/{actions.publish(record=soon).pk}/").status_code == 404
    live = article("Now")
    assert desk.get(f"/admin/r/{kind}/{live.pk}/").url == live.get_absolute_url()
    pdf = makers.attachment()
    files = ContentType.objects.get_for_model(Attachment).pk
    assert desk.get(f"/admin/r/{files}/{pdf.pk}/").url.endswith(pdf.get_absolute_url())
    assert MenuItem.objects.count() == 0
