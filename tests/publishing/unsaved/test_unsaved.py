"""Text that was typed and not saved: where it is offered, and when it is gone."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy.news.models import Article, Tag
from advocacy.publishing import actions, trash, unsaved
from advocacy.publishing.models import Unsaved
from tests.facts import milestone
from tests.people import person
from tests.publishing.browsing import opened
from tests.publishing.forms import change_url
from tests.publishing.unsaved.keeping import ADD, keep

pytestmark = pytest.mark.django_db


def test_what_is_typed_is_kept_in_a_table_of_its_own_and_no_row_of_a_record_changes(
    client, author, draft
):
    answer = keep(opened(client, change_url(draft)).type(title="Typed"), author)
    clock = timezone.localtime(Unsaved.objects.get().typed_at).strftime("%H:%M")
    assert answer.json() == {"said": f"Kept at {clock} (Seoul), not saved yet."}
    draft.refresh_from_db()
    assert (draft.title, draft.version) == ("Saved", 1)


def test_it_is_offered_with_what_differs_and_when_it_was_typed(client, author, draft):
    keep(opened(client, change_url(draft)).type(title="Typed", kicker="Typed too"), author)
    page = opened(client, change_url(draft))
    assert "Text you typed on" in page.words
    assert "It differs from what is saved in: Line above the title, Title." in page.words
    assert ["[removed: Saved]", "[added: Typed]"] in page.compared()
    assert page["title"] == "Saved"


def test_taken_up_it_stands_in_the_form_and_is_not_saved_by_that(client, author, draft):
    keep(opened(client, change_url(draft)).type(title="Typed"), author)
    kept = Unsaved.objects.get()
    page = opened(client, f"{change_url(draft)}?unsaved={kept.key}")
    assert page["title"] == "Typed"
    assert "It is not saved yet." in page.words
    assert "Please correct" not in page.words
    draft.refresh_from_db()
    assert draft.title == "Saved"
    page.save()
    draft.refresh_from_db()
    assert draft.title == "Typed"
    assert not Unsaved.objects.exists()


def test_a_new_article_is_offered_where_one_begins_a_new_one(client, author):
    keep(opened(client, ADD).type(title="Begun", tags="One, two"), author)
    page = opened(client, ADD)
    assert "was not saved" in page.words
    kept = Unsaved.objects.get()
    page = opened(client, f"{ADD}?unsaved={kept.key}")
    assert (page["title"], page["tags"]) == ("Begun", "One, two")
    page.type(body="<p>Words.</p>").save()
    assert Article.objects.get().title == "Begun"
    assert not Unsaved.objects.exists()
    assert "was not saved" not in opened(client, ADD).words


def test_parts_that_were_typed_come_back_with_it(client, author, draft):
    draft.coverage.create(outlet="A")
    form = opened(client, change_url(draft)).type(coverage__0__outlet="A, corrected")
    form.fields |= {
        "coverage-TOTAL_FORMS": ["2"],
        "coverage-1-outlet": ["B"],
        "coverage-1-position": ["2"],
        "coverage-1-id": [""],
        "coverage-1-article": [str(draft.pk)],
        "coverage-1-date": ["2013"],
    }
    keep(form, author)
    kept = Unsaved.objects.get()
    opened(client, f"{change_url(draft)}?unsaved={kept.key}").save()
    assert [row.outlet for row in draft.coverage.order_by("pk")] == ["A, corrected", "B"]


def test_a_fact_with_all_its_languages_comes_back(client, author):
    fact = milestone(titles={"en": "Saved", "ko": "저장됨"}, public=False, created_by=author)
    form = opened(client, change_url(fact))
    number = next(n for n in (0, 1) if form[f"texts-{n}-language"] == "ko")
    form.type(**{f"texts__{number}__title": "입력한 제목", "symbols__TOTAL_FORMS": "1"})
    form.fields |= {
        "symbols-0-symbol": ["A/HRC/RES/22/13"],
        "symbols-0-position": ["1"],
        "symbols-0-id": [""],
        "symbols-0-milestone": [str(fact.pk)],
    }
    keep(form, author, kind="milestones.milestone")
    kept = Unsaved.objects.get()
    opened(client, f"{change_url(fact)}?unsaved={kept.key}").save()
    assert {text.title for text in fact.texts.all()} == {"Saved", "입력한 제목"}
    assert [str(use.symbol) for use in fact.symbols.all()] == ["A/HRC/RES/22/13"]


def test_what_a_colleague_has_saved_since_is_asked_about_when_it_is_taken_up(client, author, draft):
    keep(opened(client, change_url(draft)).type(title="Typed"), author)
    other = Client()
    other.force_login(person("editor"))
    opened(other, change_url(draft)).type(title="Of a colleague").save()
    kept = Unsaved.objects.get()
    page = opened(client, f"{change_url(draft)}?unsaved={kept.key}")
    assert "A colleague has saved this text" in page.words
    assert page["title"] == "Typed"
    page.choose(title="mine").save()
    draft.refresh_from_db()
    assert draft.title == "Typed"


def test_what_was_typed_before_changes_were_published_is_taken_up_in_new_ones(client, author):
    live = actions.publish(
        record=Article.objects.create(title="A", body="<p>A</p>", created_by=author)
    )
    copy = actions.open_working_copy(record=live, by=author)
    keep(opened(client, change_url(copy)).type(title="Typed"), author)
    actions.publish(record=copy)
    page = client.get(change_url(live)).content.decode()
    assert "Change it, and take this up" in page
    kept = Unsaved.objects.get()
    answer = client.post(change_url(live, "open"), {"unsaved": str(kept.key)})
    assert opened(client, answer.headers["Location"])["title"] == "Typed"


def test_thrown_away_it_is_offered_no_more(client, author, draft):
    keep(opened(client, change_url(draft)).type(title="Typed"), author)
    kept = Unsaved.objects.get()
    address = reverse("publishing:throw_away", args=[kept.key])
    answer = client.post(address, {"opened": draft.pk})
    assert answer.headers["Location"] == change_url(draft)
    assert not Unsaved.objects.exists()
    assert "was not saved" not in opened(client, change_url(draft)).words


def test_dropping_the_changes_drops_what_was_typed_into_them(client, author):
    live = actions.publish(
        record=Article.objects.create(title="A", body="<p>A</p>", created_by=author)
    )
    copy = actions.open_working_copy(record=live, by=author)
    keep(opened(client, change_url(copy)).type(title="Typed"), author)
    client.post(change_url(copy, "discard"))
    assert not Unsaved.objects.exists()


def test_text_that_says_what_is_saved_is_not_offered(client, author, draft):
    keep(opened(client, change_url(draft)), author)
    assert "was not saved" not in opened(client, change_url(draft)).words


def test_a_form_that_comes_back_with_a_mistake_keeps_what_was_kept(client, author, draft):
    form = opened(client, change_url(draft)).type(title="Typed", event_date="2013-45")
    keep(form, author)
    form.sent_back()
    assert Unsaved.objects.exists()


def test_what_was_typed_and_undone_is_kept_no_longer(client, author, draft):
    form = opened(client, change_url(draft))
    keep(form.type(title="Typed"), author)
    keep(form.type(title="Saved"), author, isAsSaved=True)
    assert not Unsaved.objects.exists()


def test_typing_on_in_one_form_keeps_one_text_and_two_forms_keep_two(client, author, draft):
    one, other = opened(client, change_url(draft)), opened(client, change_url(draft))
    keep(one.type(title="One"), author)
    keep(one.type(title="One and more"), author)
    keep(other.type(title="Other"), author)
    assert sorted(kept.fields["title"][0] for kept in Unsaved.objects.all()) == [
        "One and more",
        "Other",
    ]


# Its end


def test_after_fourteen_days_it_is_gone(client, author, draft, time_machine):
    now = timezone.now()
    keep(opened(client, change_url(draft)).type(title="Typed"), author)
    kept = Unsaved.objects.get()
    time_machine.move_to(now + timedelta(days=13, hours=23))
    client.force_login(author)
    assert "was not saved" in opened(client, change_url(draft)).words
    time_machine.move_to(now + timedelta(days=14, minutes=1))
    client.force_login(author)
    assert "was not saved" not in opened(client, change_url(draft)).words
    assert client.get(f"{change_url(draft)}?unsaved={kept.key}").status_code == 404
    keep(opened(client, ADD).type(title="Another"), author)
    assert not Unsaved.objects.filter(pk=kept.pk).exists()


def test_it_goes_with_the_trash_even_if_nobody_types_any_more(client, author, draft):
    keep(opened(client, change_url(draft)).type(title="Typed"), author)
    kept = Unsaved.objects.get()
    trash.empty(kept.typed_at + timedelta(days=13))
    assert Unsaved.objects.exists()
    trash.empty(kept.typed_at + timedelta(days=14))
    assert not Unsaved.objects.exists()


def test_with_a_record_that_is_removed_for_good_goes_what_was_typed_into_it(client, author, draft):
    keep(opened(client, change_url(draft)).type(title="A name"), author)
    actions.trash(record=draft)
    actions.remove(record=draft)
    assert not Unsaved.objects.exists()


def test_of_one_person_so_much_is_kept_and_the_oldest_goes(author):
    now = timezone.now()
    for number in range(Unsaved.MOST + 3):
        unsaved.keep(
            user=author,
            key=uuid4(),
            kind="news.article",
            record=None,
            row=None,
            fields={"title": [str(number)]},
            at=now + timedelta(seconds=number),
        )
    titles = {kept.fields["title"][0] for kept in Unsaved.objects.all()}
    assert len(titles) == Unsaved.MOST
    assert "2" not in titles
    assert "3" in titles


def test_keeping_makes_no_tag_and_no_log_entry(client, author, draft):
    keep(opened(client, change_url(draft)).type(tags="New"), author)
    opened(client, f"{change_url(draft)}?unsaved={Unsaved.objects.get().key}")
    assert not Tag.objects.exists()
