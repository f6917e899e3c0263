"""Whose text is whose, and that nobody learns of another's, by whatever way the desk offers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from advocacy.attachments.models import Attachment
from advocacy.meetings.models import Meeting, MeetingText
from advocacy.milestones.models import Milestone
from advocacy.news.models import Article, Tag
from advocacy.pages.models import MenuItem, StandingPage
from advocacy.publishing import actions, reviewing
from advocacy.publishing.models import Language
from tests.attachments import makers
from tests.facts import article, hide, meeting, milestone
from tests.people import allow, person
from tests.publishing.test_admin import change_url, form

pytestmark = pytest.mark.django_db

#: What a curious colleague has heard of, and what stands beside it in a title.
GUESS, SECRET = "zzguess", "zzsecret"
TITLE = f"{GUESS} {SECRET}"


@pytest.fixture
def author():
    return person("author")


@pytest.fixture
def colleague():
    return person("author", "colleague")


@pytest.fixture
def editor():
    return person("editor")


@pytest.fixture
def publisher():
    return person("publisher")


@pytest.fixture
def desk(client, author):
    client.force_login(author)
    return client


def copy_of(record):
    return actions.open_working_copy(record=record, by=None)


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


# Nothing tells of a text one may not know of


def places_at_the_desk(record) -> list[str]:
    """Whatever address of the desk could show a record, or name it in a list, an answer or a choice."""
    opts = record._meta
    name = f"admin:{opts.app_label}_{opts.model_name}"
    autocomplete = reverse("admin:autocomplete")
    chooser = f"{autocomplete}?app_label=milestones&model_name=milestone&field_name=%s&term="
    content_types = [ContentType.objects.get_for_model(text) for text in record.publications()]
    return [
        reverse("admin:index"),
        reverse(f"{name}_changelist"),
        reverse(f"{name}_changelist") + f"?q={GUESS}",
        reverse(f"{name}_changelist") + "?state=draft",
        reverse(f"{name}_changelist") + "?_popup=1&_to_field=id",
        reverse(f"{name}_add"),
        *(reverse(f"{name}_{view}", args=[record.pk]) for view in ("change", "history", "delete")),
        reverse(f"{name}_change", args=[record.pk]) + "?_popup=1&_to_field=uuid",
        *(chooser % field for field in ("articles", "meetings")),
        *(chooser % field + GUESS for field in ("articles", "meetings")),
        *(
            f"/admin/r/{kind.pk}/{text.pk}/"
            for kind, text in zip(content_types, record.publications(), strict=True)
        ),
        reverse("publishing:trash"),
        reverse("admin:news_tag_changelist"),
    ]


def make(kind: str, colleague):
    if kind == "article":
        return article(TITLE, public=False, created_by=colleague)
    if kind == "page":
        return StandingPage.objects.create(title=TITLE, body="<p>.</p>", created_by=colleague)
    maker = {"meeting": meeting, "milestone": milestone}[kind]
    return maker(titles={"en": TITLE}, public=False, created_by=colleague)


@pytest.mark.parametrize("how", ["draft", "embargoed", "withdrawn", "ended", "trashed"])
@pytest.mark.parametrize("kind", ["article", "page", "meeting", "milestone"])
def test_no_page_of_the_desk_names_a_colleagues_hidden_text(desk, colleague, kind, how):
    record = hide(make(kind, colleague), how)
    for address in places_at_the_desk(record):
        answer = desk.get(address)
        assert SECRET not in answer.content.decode(), address
        assert SECRET not in answer.headers.get("Location", ""), address
    assert desk.get(change_url(record)).status_code == 404


def test_the_answer_is_the_same_as_where_there_is_nothing(desk, colleague):
    draft = article(SECRET, public=False, created_by=colleague)
    for view in ("change", "history", "delete", "withdraw", "ask"):
        hidden, nothing = (
            desk.post(reverse(f"admin:news_article_{view}", args=[pk])) for pk in (draft.pk, 9999)
        )
        assert (hidden.status_code, nothing.status_code) == (404, 404)
        assert hidden.content.replace(f"/{draft.pk}/".encode(), b"/9999/") == nothing.content


def test_the_changes_a_colleague_prepares_are_not_noticed(desk, colleague):
    live = article("Public title", created_by=colleague)
    copy = actions.open_working_copy(record=live, by=colleague)
    copy.title = TITLE
    copy.save()
    for address in [*places_at_the_desk(copy), change_url(live)]:
        page = desk.get(address).content.decode()
        assert SECRET not in page
        assert "Changes wait" not in page
        assert "changes that wait" not in page


def test_a_language_that_is_not_public_stays_unseen_in_a_public_fact(desk, colleague):
    fact = milestone(titles={"en": "Public title"}, created_by=colleague)
    korean = fact.texts.model.objects.create(fact=fact, language="ko", title=TITLE, body=SECRET)
    fact.corrections.create(language="ko", note=SECRET)
    for address in [
        change_url(fact),
        reverse("admin:milestones_milestone_changelist"),
        f"/admin/r/{ContentType.objects.get_for_model(korean).pk}/{korean.pk}/",
    ]:
        assert SECRET not in desk.get(address).content.decode()
    found = desk.get(reverse("admin:milestones_milestone_changelist") + f"?q={GUESS}")
    assert "Public title" not in found.content.decode()
    found = desk.get(reverse("admin:milestones_milestone_changelist") + "?q=public+title")
    assert "Public title" in found.content.decode()


def test_an_own_fact_is_found_by_a_text_that_is_not_public(desk, author):
    meeting(titles={"en": TITLE}, public=False, created_by=author)
    page = desk.get(reverse("admin:meetings_meeting_changelist") + f"?q={GUESS}")
    assert SECRET in page.content.decode()


def test_what_a_colleague_tied_to_an_own_record_is_not_named_and_stays_tied(
    desk, author, colleague
):
    hidden = article(SECRET, public=False, created_by=colleague)
    seen, own = article("Seen"), meeting(public=False, created_by=author)
    own.articles.set([hidden, seen])
    assert SECRET not in desk.get(change_url(own)).content.decode()
    fields = {
        f"{prefix}-{name}": "0"
        for prefix in ("texts", "participants", "documents", "corrections")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    answer = desk.post(change_url(own), {"date": "2012-12", "articles": [], **fields})
    assert answer.status_code == 302
    assert list(own.articles.all()) == [hidden]
    answer = desk.post(change_url(own), {"date": "2012-12", "articles": [hidden.pk], **fields})
    assert answer.status_code == 200, "what is not offered cannot be chosen"


def test_a_read_only_form_names_of_related_records_only_what_may_be_opened(desk, colleague):
    led = meeting(titles={"en": "Public meeting"})
    hidden = meeting(titles={"en": SECRET}, public=False)
    fact = milestone(created_by=colleague)
    fact.meetings.set([led, hidden])
    fact.articles.set([article(SECRET, public=False)])
    page = desk.get(change_url(fact)).content.decode()
    assert "Public meeting" in page
    assert SECRET not in page


def test_an_article_names_of_the_facts_on_it_only_what_may_be_opened(desk, author):
    own = article(public=False, created_by=author)
    meeting(titles={"en": "Public meeting"}).articles.add(own)
    meeting(titles={"en": SECRET}, public=False).articles.add(own)
    page = desk.get(change_url(own)).content.decode()
    assert "Public meeting" in page
    assert SECRET not in page


def test_a_file_names_of_its_uses_only_what_may_be_opened(desk, colleague):
    pdf = makers.attachment()
    hidden = article(SECRET, public=False, created_by=colleague)
    hidden.documents.create(attachment=pdf)
    addresses = [
        reverse("admin:attachments_attachment_changelist"),
        reverse("admin:attachments_attachment_change", args=[pdf.pk]),
    ]
    for address in addresses:
        page = desk.get(address).content.decode()
        assert SECRET not in page
        assert "a text that is not open to you" in page


def test_a_file_in_use_is_not_deleted_and_the_answer_names_no_hidden_text(
    client, colleague, monkeypatch
):
    pdf = makers.attachment()
    article(SECRET, public=False, created_by=colleague).documents.create(attachment=pdf)
    cleaner = person("author", "cleaner")
    client.force_login(allow(monkeypatch, cleaner, "attachments.delete_attachment"))
    answer = client.post(
        reverse("admin:attachments_attachment_delete", args=[pdf.pk]), {"post": "yes"}, follow=True
    )
    assert SECRET not in answer.content.decode()
    assert Attachment.objects.filter(pk=pdf.pk).exists()


def test_deleting_a_tag_names_no_article(client, colleague):
    draft = article(SECRET, public=False, created_by=colleague)
    draft.tags.add("Camps")
    client.force_login(person("administrator"))
    address = reverse("admin:news_tag_delete", args=[Tag.objects.get().pk])
    assert SECRET not in client.get(address).content.decode()


def test_a_menu_offers_of_pages_only_what_may_be_opened(client, colleague, monkeypatch):
    StandingPage.objects.create(title=SECRET, created_by=colleague)
    keeper = person("author", "keeper")
    client.force_login(allow(monkeypatch, keeper, "pages.add_menuitem"))
    assert SECRET not in client.get(reverse("admin:pages_menuitem_add")).content.decode()


@pytest.mark.parametrize("lookup", ["texts__title", "working_copy__date", "replaces__date"])
def test_no_filter_of_a_list_can_ask_about_hidden_texts(desk, colleague, lookup):
    fact = meeting(created_by=colleague)
    MeetingText.objects.create(fact=fact, language="ko", title=SECRET)
    copy_of(fact)
    address = reverse("admin:meetings_meeting_changelist")
    answer = desk.get(address, {f"{lookup}__startswith": "zz"}, follow=True)
    assert answer.status_code in (200, 400)
    assert (
        not answer.context or "e=1" in answer.request["QUERY_STRING"] or answer.status_code == 400
    )


def test_the_history_of_a_colleagues_published_text_is_not_shown(desk, colleague):
    live = article(created_by=colleague)
    assert desk.get(change_url(live, "history")).status_code == 403
    assert change_url(live, "history") not in desk.get(change_url(live)).content.decode()


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
