"""Nobody learns of another's text, by whatever way the desk offers."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from advocacy.attachments.models import Attachment
from advocacy.meetings.models import MeetingText
from advocacy.news.models import Tag
from advocacy.pages.models import StandingPage
from advocacy.publishing import actions
from tests.attachments import makers
from tests.facts import article, hide, meeting, milestone
from tests.people import allow, person
from tests.publishing.forms import change_url
from tests.publishing.hidden import GUESS, SECRET, TITLE, copy_of

pytestmark = pytest.mark.django_db


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
