"""Before a public text is changed it is asked whether readers are to be told what was wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from advocacy.milestones.models import Milestone
from advocacy.news.models import Article
from advocacy.publishing import actions, correcting
from tests.facts import milestone
from tests.people import person
from tests.publishing.forms import change_url, form, words
from tests.publishing.side_by_side.pages import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def live():
    made = Article.objects.create(title="A statement in Geneva", body="<p>On Monday.</p>")
    return actions.publish(record=made, at=timezone.now() - timedelta(days=3))


@pytest.fixture
def copy(live):
    return actions.open_working_copy(record=live)


def press_publish(client, copy, **typed):
    sent = form(seen_version=fresh(copy).version, _publish="1", **typed)
    return client.post(change_url(copy), sent)


def test_publishing_a_change_asks_first_and_loses_nothing_that_was_typed(admin_client, live, copy):
    answer = press_publish(admin_client, copy, body="<p>On Tuesday.</p>")
    assert answer.url == change_url(copy, "publish")
    assert fresh(copy).body == "<p>On Tuesday.</p>"
    assert fresh(live).body == "<p>On Monday.</p>"
    page = words(admin_client.get(answer.url))
    assert "Correction or small change?" in page
    assert fresh(live).body == "<p>On Monday.</p>"


def test_a_correction_is_dated_and_shown_to_readers_and_feeds(admin_client, client, live, copy):
    press_publish(admin_client, copy, body="<p>On Tuesday.</p>")
    said = "It was a Tuesday, not a Monday."
    admin_client.post(change_url(copy, "publish"), {"kind_en": "correction", "note_en": said})
    [note] = fresh(live).corrections.all()
    assert (note.note, note.corrected_on) == (said, timezone.localdate())
    client.logout()
    assert said in words(client.get(live.get_absolute_url()))
    assert said in words(client.get("/en/news/feed.atom"))
    assert fresh(live).body == "<p>On Tuesday.</p>"


def test_a_small_change_goes_to_readers_without_a_note(admin_client, live, copy):
    press_publish(admin_client, copy, body="<p>On Tuesday.</p>")
    admin_client.post(change_url(copy, "publish"), {"kind_en": "small", "note_en": "ignored"})
    assert fresh(live).body == "<p>On Tuesday.</p>"
    assert not fresh(live).corrections.exists()


@pytest.mark.parametrize("answer", [{}, {"kind_en": "correction"}, {"kind_en": "other"}])
def test_without_an_answer_nothing_is_published(admin_client, live, copy, answer):
    press_publish(admin_client, copy, body="<p>On Tuesday.</p>")
    page = admin_client.post(change_url(copy, "publish"), answer)
    assert page.status_code == 200
    assert "errorlist" in words(page)
    assert fresh(live).body == "<p>On Monday.</p>"
    assert not fresh(copy).corrections.exists()


def test_what_changes_nothing_for_readers_is_not_asked_about(admin_client, live, copy):
    press_publish(admin_client, copy, title=live.title, body=live.body, slug=live.slug)
    assert not Article.objects.filter(replaces=live).exists()


def test_a_correction_that_was_written_in_the_form_answers_the_question(live, copy):
    copy.body = "<p>On Tuesday.</p>"
    copy.save()
    assert [text.language for text in correcting.to_ask(copy)] == ["en"]
    copy.corrections.create(note="It was a Tuesday.")
    assert correcting.to_ask(copy) == []


def test_what_readers_cannot_read_is_not_asked_about(live, copy):
    copy.body = "<p>On Tuesday.</p>"
    copy.save()
    assert correcting.to_ask(fresh(live)) == []
    actions.withdraw(publication=fresh(live))
    assert correcting.to_ask(fresh(copy)) == []


def test_a_text_that_cannot_be_published_is_led_to_its_checks_and_not_asked(
    admin_client, live, copy
):
    answer = press_publish(admin_client, copy, body="")
    assert answer.url == f"{change_url(copy)}#checks"
    answer = admin_client.post(change_url(copy, "publish"), {"kind_en": "small"})
    assert answer.url == f"{change_url(copy)}#checks"
    assert fresh(live).body == "<p>On Monday.</p>"


def test_each_language_of_a_fact_is_asked_about_that_is_changed(admin_client):
    live = milestone(titles={"en": "An inquiry", "ko": "조사"})
    copy = actions.open_working_copy(record=live)
    korean = copy.texts.get(language="ko")
    korean.title = "조사위원회"
    korean.save()
    page = words(admin_client.get(change_url(copy, "publish")))
    assert 'name="kind_ko"' in page
    assert 'name="kind_en"' not in page
    typed = {"kind_ko": "correction", "note_ko": "이름을 바로잡았습니다."}
    admin_client.post(change_url(copy, "publish"), typed)
    [note] = Milestone.objects.get(pk=live.pk).corrections.all()
    assert (note.language, note.note) == ("ko", "이름을 바로잡았습니다.")


def test_what_is_told_in_both_languages_is_asked_of_both(admin_client):
    live = milestone(titles={"en": "An inquiry", "ko": "조사"})
    copy = actions.open_working_copy(record=live)
    copy.symbols.create(symbol="A/HRC/RES/22/13")
    page = words(admin_client.get(change_url(copy, "publish")))
    assert "Correction or small change? (English)" in page
    assert "Correction or small change? (한국어)" in page
    admin_client.post(change_url(copy, "publish"), {"kind_en": "small"})
    assert not fresh(live).symbols.exists()
    typed = {"kind_en": "small", "kind_ko": "correction", "note_ko": "문서 번호를 더했습니다."}
    admin_client.post(change_url(copy, "publish"), typed)
    assert [note.language for note in fresh(live).corrections.all()] == ["ko"]


def test_only_who_may_publish_answers_it(client, live, copy):
    client.force_login(person("editor"))
    copy.body = "<p>On Tuesday.</p>"
    copy.save()
    answer = client.post(change_url(copy, "publish"), {"kind_en": "small"})
    assert answer.status_code == 403
    assert fresh(live).body == "<p>On Monday.</p>"
