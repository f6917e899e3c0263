"""What colleagues can open of a record, and readers cannot, is looked at before publication as well."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from advocacy.protection import usage
from advocacy.protection.models import Use
from advocacy.protection.router import ALIAS
from advocacy.publishing import actions, checks, reviewing
from advocacy.publishing.revisions import keeping
from tests.facts import article, meeting
from tests.people import person

from .entries import agree, protect

pytestmark = pytest.mark.django_db(databases=["default", ALIAS])

NAME = "Shin Dong-hyuk"


def kept_with(body: str, **fields):
    """An article that once said so in the version that was kept, and says something else now."""
    one = article("A statement", public=False, **fields)
    saved(one, body)
    return saved(one, "<p>First.</p><p>A survivor spoke.</p>")


def saved(one, body: str):
    one.body = body
    one.save()
    keeping.keep(one)
    return one


def warnings(record) -> list[checks.Finding]:
    return [one for one in checks.report(record).consider if "protected" in one.sentence]


def test_a_name_in_a_kept_version_is_told_and_hinders_nothing(key):
    protect("신동혁")
    with time_machine.travel("2026-05-03 09:30:00+09:00", tick=False):
        one = kept_with(f"<p>First.</p><p>{NAME} spoke.</p>")
    [told] = warnings(one)
    assert told.sentence.startswith("A protected name in the version of 3 May 2026, 09:30,")
    assert told.url == f"/admin/news/article/{one.pk}/history/"
    assert actions.publish(record=one).is_public()


def test_the_last_version_with_a_name_is_the_one_that_is_named(key):
    protect("신동혁")
    one = article("A statement", public=False)
    for day, body in enumerate([NAME, f"{NAME} again", "A survivor", "Somebody"], 1):
        with time_machine.travel(f"2026-05-0{day} 09:30:00+09:00", tick=False):
            saved(one, f"<p>{body}</p>")
    [told] = warnings(one)
    assert "2 May 2026" in told.sentence


def test_what_the_record_says_now_is_told_where_it_stands_and_not_again(key):
    protect("신동혁")
    one = article("A statement", public=False)
    saved(one, f"<p>{NAME}</p>")
    assert warnings(one) == []
    assert checks.problems(one) == ["A protected name: text, paragraph 1."]


def test_a_fact_is_looked_at_with_what_was_kept_of_its_texts(key):
    protect("신동혁")
    fact = meeting(public=False, titles={"en": f"{NAME} in Geneva"})
    keeping.keep(fact)
    text = fact.texts.get()
    text.title, text.slug, text.summary = "A meeting", "a-meeting", ""
    text.save()
    [told] = warnings(type(fact).objects.get(pk=fact.pk))
    assert "in the version of" in told.sentence


def test_a_name_in_a_comment_is_told(key):
    protect("신동혁")
    one = article("A statement", public=False)
    assert warnings(one) == []
    reviewing.comment(record=one, by=person("editor"), text=f"Is this {NAME}?")
    [told] = warnings(one)
    assert told.sentence.startswith("A protected name in a comment of")


def test_a_consent_covers_what_was_kept(key):
    consent = agree(protect("신동혁"))
    one = kept_with(f"<p>{NAME} spoke.</p>")
    assert warnings(one) == []
    assert actions.publish(record=one).unpublish_at is None  # it rests on nothing
    assert consent.ends_at


def test_what_was_taken_out_of_a_version_is_told_no_more(key):
    protect("신동혁")
    one = kept_with(f"<p>{NAME} spoke.</p>")
    assert warnings(one)
    for row in keeping.rows_of(one):
        row.serialized_data = row.serialized_data.replace(NAME, "A survivor")
        row.save()
    assert warnings(one) == []


def test_publishing_is_no_other_text_to_look_at(key):
    protect("신동혁")
    one = kept_with("<p>Nobody</p>")
    checks.report(one)
    looks = Use.objects.count()
    live = actions.publish(record=one)
    live.opened_by = person("editor")
    checks.report(live)
    assert Use.objects.count() == looks


def test_who_tries_out_names_in_comments_is_slowed_down_and_old_versions_slow_nobody(key):
    names = ["신동혁", "김영수", "박지원", "최은희", "윤동주", "안창호"]
    for name in names:
        protect(name)
    editor = person("editor")
    with time_machine.travel(timezone.now() - timedelta(days=2), tick=False):
        one = kept_with("".join(f"<p>{name}</p>" for name in names))
    one.opened_by = editor
    assert len(warnings(one)) == 1
    assert usage.waits_until(editor, timezone.now()) is None
    for name in names:
        reviewing.comment(record=one, by=editor, text=name)
    warnings(one)
    assert usage.waits_until(editor, timezone.now()) is not None
