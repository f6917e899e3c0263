"""A fact is written on one page, with its texts in every language and all its rows."""

import pytest
from django.urls import reverse

from advocacy.meetings.models import MeetingText
from advocacy.milestones.models import Milestone, MilestoneText
from advocacy.publishing import actions
from tests import facts
from tests.publishing.forms import change_url, texts_form

pytestmark = pytest.mark.django_db


def test_a_milestone_is_written_in_two_languages_on_one_page(admin_client):
    fields = {
        "date": "2013-03-21",
        "body": "hrc",
        "kind": "resolution",
        "symbols-TOTAL_FORMS": "1",
        "symbols-INITIAL_FORMS": "0",
        "symbols-0-symbol": "a/hrc/res/22/13",
        "symbols-0-position": "1",
        "documents-TOTAL_FORMS": "0",
        "documents-INITIAL_FORMS": "0",
        "texts-TOTAL_FORMS": "2",
        "texts-INITIAL_FORMS": "0",
        "texts-0-language": "en",
        "texts-0-title": "A Commission of Inquiry",
        "texts-0-ready": "on",
        "texts-1-language": "ko",
        "texts-1-title": "조사위원회 설치",
        "texts-1-ready": "on",
        "corrections-TOTAL_FORMS": "1",
        "corrections-INITIAL_FORMS": "0",
        "corrections-0-language": "ko",
        "corrections-0-corrected_on": "2015-05-04",
        "corrections-0-note": "날짜를 바로잡았다.",
        "_publish": "1",
    }
    admin_client.post(reverse("admin:milestones_milestone_add"), fields)
    fact = Milestone.objects.published().get()
    assert [str(row.symbol) for row in fact.symbols.all()] == ["A/HRC/RES/22/13"]
    assert MilestoneText.objects.published().count() == 2
    assert [(row.language, row.note) for row in fact.corrections.all()] == [
        ("ko", "날짜를 바로잡았다.")
    ]


def test_a_mistyped_symbol_is_answered_with_a_sentence(admin_client):
    fields = {
        "date": "2013-03-21",
        "body": "hrc",
        "kind": "resolution",
        "symbols-TOTAL_FORMS": "1",
        "symbols-INITIAL_FORMS": "0",
        "symbols-0-symbol": "A/HRC/RSE/22/13",
        "symbols-0-position": "1",
        "documents-TOTAL_FORMS": "0",
        "documents-INITIAL_FORMS": "0",
        "texts-TOTAL_FORMS": "0",
        "texts-INITIAL_FORMS": "0",
        "corrections-TOTAL_FORMS": "0",
        "corrections-INITIAL_FORMS": "0",
    }
    answer = admin_client.post(reverse("admin:milestones_milestone_add"), fields)
    assert answer.status_code == 200
    assert "A/HRC/RSE/22/13" in answer.content.decode()
    assert not Milestone.objects.exists()


def test_what_was_typed_last_is_what_is_published(admin_client):
    fact = facts.meeting(titles={"en": "Before", "ko": "전"}, public=False)
    english, korean = fact.texts.get(language="en"), fact.texts.get(language="ko")
    rows = [
        {"id": english.pk, "language": "en", "title": "After", "ready": "on"},
        {"id": korean.pk, "language": "ko", "title": "후"},
    ]
    admin_client.post(change_url(fact), texts_form(fact, rows, _publish="1"))
    assert [text.title for text in MeetingText.objects.published()] == ["After"]


def test_a_language_added_and_published_in_one_press_is_public(admin_client):
    fact = facts.meeting(titles={"en": "A meeting"}, public=False)
    rows = [
        {"id": fact.texts.get().pk, "language": "en", "title": "A meeting", "ready": "on"},
        {"language": "ko", "title": "면담", "ready": "on"},
    ]
    admin_client.post(change_url(fact), texts_form(fact, rows, _publish="1"))
    assert {text.title for text in MeetingText.objects.published()} == {"A meeting", "면담"}


def test_two_texts_in_one_language_are_refused_in_a_sentence(admin_client):
    fact = facts.meeting(titles={"en": "A meeting"}, public=False)
    rows = [
        {"id": fact.texts.get().pk, "language": "en", "title": "A meeting", "ready": "on"},
        {"language": "en", "title": "Another", "ready": "on"},
    ]
    page = admin_client.post(change_url(fact), texts_form(fact, rows)).content.decode()
    assert "Two texts are in the same language. Choose the other language for one." in page
    assert "Another" in page


def test_the_next_text_of_a_fact_begins_in_the_language_it_lacks(admin_client):
    def next_language(url: str) -> str:
        page = admin_client.get(url)
        texts = page.context["inline_admin_formsets"][0].formset
        return texts.empty_form["language"].value()

    korean = facts.meeting(titles={"ko": "면담"}, public=False)
    assert next_language(change_url(korean)) == "en"
    assert next_language(reverse("admin:meetings_meeting_add")) == "ko"


def test_a_row_is_added_at_the_end_unless_its_place_is_said(admin_client):
    fact = facts.meeting(titles={"en": "A meeting"}, public=False)
    for place, name in ((1, "First"), (2, "Second")):
        fact.participants.create(position=place, role="official", name_en=name)
    known = [
        {"id": row.pk, "role": row.role, "name_en": row.name_en, "position": row.position}
        for row in fact.participants.all()
    ]
    new = [
        {"role": "official", "name_en": "Fourth", "position": 1},  # as the form offers it
        {"role": "official", "name_en": "Fifth", "position": 1},
        {"role": "official", "name_en": "Said", "position": 3},
    ]
    rows = {
        f"participants-{number}-{name}": value
        for number, row in enumerate([*known, *new])
        for name, value in {**row, "meeting": fact.pk}.items()
    }
    sizes = {"participants-TOTAL_FORMS": 5, "participants-INITIAL_FORMS": 2}
    text = {"id": fact.texts.get().pk, "language": "en", "title": "A meeting", "ready": "on"}
    admin_client.post(change_url(fact), texts_form(fact, [text], **rows | sizes))
    placed = fact.participants.values_list("name_en", "position")
    assert dict(placed) == {"First": 1, "Second": 2, "Fourth": 3, "Fifth": 4, "Said": 3}


def test_each_language_is_viewed_on_site_while_it_is_public(admin_client):
    def links(record) -> list[str]:
        page = admin_client.get(change_url(record))
        forms = list(page.context["inline_admin_formsets"][0])
        return [form.absolute_url for form in forms if form.original and form.show_url]

    fact = facts.meeting(titles={"en": "A meeting", "ko": "면담"}, public=False)
    assert links(fact) == []
    fact = actions.publish(record=fact)
    english, korean = fact.texts.order_by("language")
    both = [english.get_absolute_url(), korean.get_absolute_url()]
    assert sorted(links(fact)) == both
    copy = actions.open_working_copy(record=fact)
    assert sorted(links(copy)) == both  # what readers see, not what waits
    actions.withdraw(publication=korean)
    assert links(fact) == both[:1]
