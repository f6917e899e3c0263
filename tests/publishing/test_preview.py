"""Previews for staff: the real page, from what is saved and from what was only typed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy.meetings.models import Meeting
from advocacy.milestones.models import Milestone
from advocacy.news.models import Article, Tag
from advocacy.pages.models import MenuItem, Organisation, StandingPage
from advocacy.publishing import actions, generation, remembered
from advocacy.publishing.models import Unsaved
from tests.answers import words
from tests.attachments import makers
from tests.attachments.records import figure
from tests.facts import meeting, milestone
from tests.people import person
from tests.publishing.browsing import Opened, opened
from tests.publishing.forms import change_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client):
    client.force_login(user := person("author"))
    return user


def draft(kind: str, by, title: str = "A draft"):
    match kind:
        case "article":
            return Article.objects.create(title=title, body="<p>Words of it.</p>", created_by=by)
        case "page":
            return StandingPage.objects.create(
                title=title, body="<p>Words of it.</p>", created_by=by
            )
        case "meeting":
            return meeting(
                titles={"en": title, "ko": "초안"},
                public=False,
                created_by=by,
                text="<p>Words of it.</p>",
            )
    return milestone(
        titles={"en": title, "ko": "초안"}, public=False, created_by=by, text="<p>Words of it.</p>"
    )


KINDS = ["article", "page", "meeting", "milestone"]


def saved(client: Client, record, language: str = "en"):
    return client.get(f"{change_url(record, 'preview')}{language}/")


def typed(form: Opened):
    """The answer to Preview, pressed in an open form."""
    address = form.address.replace("change/", "preview/").replace("add/", "preview/")
    return form.client.post(address, form.fields, follow=True)


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_is_shown_as_its_page_will_be_and_says_that_it_is_none(client, author, kind):
    record = draft(kind, author)
    answer = client.get(change_url(record, "preview"), follow=True)
    assert answer.status_code == 200
    said = words(answer)
    assert "Preview, not public. As it was saved last." in said
    assert "A draft" in said
    assert "Words of it." in said


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_is_the_very_page_readers_get_later(client, author, kind):
    record = draft(kind, author)
    before = page_alone(saved(client, record))
    live = actions.publish(record=record)
    text = next(text for text in live.publications() if text.language == "en")
    after = page_alone(Client().get(text.get_absolute_url()))
    assert before == after


def page_alone(answer) -> str:
    """What stands in the page, without the time of publication."""
    main = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]
    without_paths = re.sub(r'href="[^"]*"', "", main)
    return re.sub(r"(?s)<time.*?</time>", "", without_paths)


@pytest.mark.parametrize("kind", ["meeting", "milestone"])
def test_both_languages_of_a_fact_are_shown_in_their_own_words(client, author, kind):
    record = draft(kind, author)
    answer = saved(client, record, "ko")
    assert "미리 보기이며 공개되지 않은 글입니다." in words(answer)
    assert "초안" in words(answer)
    assert answer.headers["Content-Language"] == "ko"
    assert f'{change_url(record, "preview")}en/"' in answer.content.decode()


def test_the_preview_of_an_article_leads_to_that_of_its_translation(client, author):
    record = draft("article", author)
    korean = actions.start_translation(record=record, language="ko", by=author)
    assert f'{change_url(korean, "preview")}ko/"' in ribbon(saved(client, record))


def ribbon(answer) -> str:
    return re.search(r'<aside class="preview".*?</aside>', answer.content.decode(), re.DOTALL)[0]


def test_the_preview_does_not_lead_to_a_translation_that_is_not_ones_own(client, author):
    record = draft("article", author)
    actions.start_translation(record=record, language="ko", by=person("editor"))
    assert "/ko/" not in ribbon(saved(client, record))


@pytest.mark.parametrize("kind", KINDS)
def test_the_working_copy_is_shown_and_not_what_readers_know(client, author, kind):
    live = actions.publish(record=draft(kind, author, "Known title"))
    copy = actions.open_working_copy(record=live, by=author)
    for text in copy.publications():
        text.title, text.summary, text.slug = "Coming title", "", ""
        text.save()
    said = words(saved(client, copy))
    assert "Coming title" in said
    assert "Known title" not in said


def test_a_working_copy_keeps_its_readers_and_stands_where_readers_know_it(client, author):
    live = actions.publish(record=draft("milestone", author))
    led = meeting()
    live.meetings.add(led)
    milestone("2010", titles={"en": "Before it"})
    copy = actions.open_working_copy(record=live, by=author)
    said = words(saved(client, copy))
    assert "Before it" in said
    assert "Meeting of 2012-12" in said


def test_nothing_else_that_is_not_public_stands_on_the_page(client, author):
    record = draft("milestone", author)
    hidden = meeting(titles={"en": "A hidden meeting"}, public=False)
    record.meetings.add(hidden)
    milestone("2012", titles={"en": "A hidden neighbour"}, public=False)
    said = words(saved(client, record))
    assert "hidden" not in said


def test_pictures_and_documents_of_a_draft_are_on_the_page(client, author):
    shown, statement = makers.attachment(kind="picture"), makers.attachment()
    record = Article.objects.create(
        title="A draft", body=f"<p>Words.</p>{figure(shown)}", created_by=author
    )
    record.documents.create(attachment=statement)
    page = saved(client, record).content.decode()
    assert shown.thumbnail(960).url in page
    assert statement.get_absolute_url() in page
    assert client.get(statement.get_absolute_url()).status_code == 200


# From what is typed


def test_what_is_typed_is_shown_and_not_saved(client, author):
    record = draft("article", author)
    Tag.objects.create(name="Known")
    answer = typed(
        opened(client, change_url(record)).type(
            title="Typed title", body="<p>Typed words.</p>", tags="Geneva, Known"
        )
    )
    said = words(answer)
    assert "it is not saved" in said
    assert "Typed title" in said
    assert "Typed words." in said
    assert "Geneva" in said
    record.refresh_from_db()
    assert (record.title, record.version) == ("A draft", 1)
    assert not record.tags.exists()
    assert not Tag.objects.filter(name="Geneva").exists()


def test_a_new_article_is_shown_before_it_was_ever_saved(client, author):
    address = reverse("admin:news_article_add")
    answer = typed(opened(client, address).type(title="New", body="<p>Words.</p>"))
    assert "New" in words(answer)
    assert not Article.objects.exists()


def test_parts_typed_a_moment_ago_are_shown(client, author):
    statement = makers.attachment(title="The statement")
    record = draft("meeting", author)
    form = opened(client, change_url(record))
    form.fields |= {
        "documents-TOTAL_FORMS": ["1"],
        "documents-0-attachment": [str(statement.pk)],
        "documents-0-title": [""],
        "documents-0-position": ["1"],
        "documents-0-id": [""],
        "documents-0-meeting": [str(record.pk)],
        "participants-TOTAL_FORMS": ["1"],
        "participants-0-role": ["official"],
        "participants-0-name_en": ["Navi Pillay"],
        "participants-0-position": ["1"],
        "participants-0-id": [""],
        "participants-0-meeting": [str(record.pk)],
    }
    said = words(typed(form))
    assert "The statement" in said
    assert "Navi Pillay" in said
    assert not record.documents.exists()
    assert not record.participants.exists()


def test_each_language_of_a_fact_is_drawn_as_it_is_typed(client, author):
    record = draft("milestone", author)
    form = opened(client, change_url(record))
    number = next(n for n in (0, 1) if form[f"texts-{n}-language"] == "ko")
    answer = typed(form.type(**{f"texts__{number}__title": "새 제목"}))
    korean = client.get(answer.request["PATH_INFO"].replace("/en/", "/ko/"))
    assert "새 제목" in words(korean)


def test_looking_at_it_again_and_as_on_a_phone_changes_nothing(
    client, author, django_assert_num_queries
):
    answer = typed(opened(client, change_url(draft("article", author))).type(title="Typed"))
    address = answer.request["PATH_INFO"]
    kept = Unsaved.objects.values_list("typed_at", "pages").get()
    phone = client.get(f"{address}phone/")
    assert f'<iframe src="{address}" width="390"' in phone.content.decode()
    assert "Typed" in words(client.get(address))
    assert Unsaved.objects.values_list("typed_at", "pages").get() == kept


def test_what_is_wrong_is_said_where_no_page_can_be_drawn(client, author):
    record = draft("article", author)
    answer = typed(opened(client, change_url(record)).type(title="", event_date="2013-45"))
    said = words(answer)
    assert "It cannot be drawn as a page yet." in said
    assert "Title: This field is required." in said
    assert "2013-45" in Unsaved.objects.get().fields["event_date"]


def test_a_colleague_who_has_saved_meanwhile_does_not_stand_in_the_way_of_looking(client, author):
    record = draft("article", author)
    form = opened(client, change_url(record)).type(title="Mine")
    other = Client()
    other.force_login(person("editor"))
    opened(other, change_url(record)).type(title="Theirs").save()
    assert "Mine" in words(typed(form))


def test_drawing_what_is_typed_leaves_nothing_behind_in_what_is_remembered(client, author):
    """The transaction is undone; the next public change gets the number its generation had."""
    Organisation.objects.create(language="en", name="NKHR", short_name="NKHR")
    before = generation.look()
    typed(opened(client, change_url(draft("article", author))).type(tags="A new tag"))
    assert generation.look() == before
    MenuItem.objects.create(place="main", language="en", label="New in the menu", path="/en/news/")
    assert "New in the menu" in words(Client().get("/en/"))


# Who may, and what is told of it


def test_a_preview_is_nobodys_but_whose_text_it_is(client, author):
    record = draft("article", author)
    form = opened(client, change_url(record)).type(title="Typed")
    address = typed(form).request["PATH_INFO"]
    colleague = Client()
    colleague.force_login(person("author", "colleague"))
    assert saved(colleague, record).status_code == 404
    assert colleague.get(address).status_code == 404
    assert colleague.get(f"{address}phone/").status_code == 404
    assert colleague.post(change_url(record, "preview"), form.fields).status_code == 404
    for path in (change_url(record, "preview"), address):
        assert "login" in Client().get(path).headers["Location"]


def test_what_was_typed_is_not_even_shown_to_those_who_edit_all_texts(client, author):
    address = typed(opened(client, change_url(draft("article", author)))).request["PATH_INFO"]
    editor = Client()
    editor.force_login(person("administrator"))
    assert editor.get(address).status_code == 404


def test_what_is_in_the_trash_has_no_preview(client, author):
    record = draft("article", author)
    actions.trash(record=record)
    assert saved(client, record).status_code == 404


@pytest.mark.parametrize("from_typed", [False, True])
def test_a_preview_is_kept_by_nobody_found_by_nobody_and_runs_no_script(client, author, from_typed):
    record = draft("article", author)
    answer = typed(opened(client, change_url(record))) if from_typed else saved(client, record)
    assert answer.status_code == 200
    assert not hasattr(answer, "page_params")
    assert not hasattr(answer, "counted")
    assert answer.headers["Cache-Control"].startswith("private, no-store")
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    policy = answer.headers["Content-Security-Policy"]
    assert "script" not in policy
    assert "frame-ancestors 'self'" in policy
    page = answer.content.decode()
    assert "<script" not in page
    assert 'content="noindex"' in page
    assert "canonical" not in page


def test_the_page_is_drawn_as_of_the_moment_it_appears(client, author):
    """An embargo is printed as it will be, and a text without a time as if it were published now."""
    at = timezone.now() + timedelta(days=400)
    record = draft("article", author)
    record.published_at = at
    record.save()
    assert str(timezone.localtime(at).year) in words(saved(client, record))


def test_the_form_leads_to_the_preview_of_what_stands_in_it(client, author):
    record = draft("article", author)
    page = client.get(change_url(record)).content.decode()
    assert f'formaction="{change_url(record, "preview")}" formtarget="_blank"' in page
    page = client.get(reverse("admin:news_article_add")).content.decode()
    assert f'formaction="{reverse("admin:news_article_preview_new")}"' in page


def test_records_are_undone_whatever_their_kind(client, author):
    for record in (draft("meeting", author), draft("milestone", author), draft("page", author)):
        before = (Meeting.objects.count(), Milestone.objects.count(), StandingPage.objects.count())
        assert typed(opened(client, change_url(record))).status_code == 200
        assert before == (
            Meeting.objects.count(),
            Milestone.objects.count(),
            StandingPage.objects.count(),
        )
        assert type(record).objects.get(pk=record.pk).version == 1


def test_nothing_is_remembered_while_a_transaction_is_tried():
    remembered.remembered("x", lambda: "before")
    with remembered.nothing_kept():
        assert remembered.remembered("x", lambda: "tried") == "tried"
    assert remembered.remembered("x", lambda: "after") == "before"
