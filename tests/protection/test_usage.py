"""Looks into the register: how often, by whom, and what they leave."""

from __future__ import annotations

import pytest
from django.utils import timezone

from advocacy.protection import usage
from advocacy.protection.models import Alert, Use, Verdict
from advocacy.protection.router import ALIAS
from advocacy.publishing import actions, many
from tests.facts import milestone
from tests.people import person
from tests.protection.texts import NAME, blocks, draft, with_body

from .entries import protect

pytestmark = pytest.mark.django_db(databases=["default", ALIAS])


def test_looking_at_the_same_text_again_is_no_look_into_the_register(key):
    protect("신동혁")
    one = with_body(f"<p>{NAME}</p>")
    one.opened_by = person("editor")
    for _time in range(3):
        assert blocks(one)
    assert Use.objects.count() == 1
    use = Use.objects.get()
    assert (use.by, use.record, len(use.people)) == (one.opened_by.pk, one.uuid, 1)


def test_a_verdict_holds_places_and_no_names(key):
    protect("신동혁")
    blocks(with_body(f"<p>{NAME}</p>"))
    [verdict] = Verdict.objects.all()
    assert verdict.found == [["name", "body", "en", 1, 0, ""]]


def test_who_looks_too_often_waits_before_publishing_and_not_before_saving(key, monkeypatch):
    monkeypatch.setattr(usage, "MOST_LOOKS", 3)
    protect("신동혁")
    editor = person("publisher")
    one = draft()
    one.opened_by = editor
    for number in range(5):
        one.body = f"<p>{number}</p>"
        one.save()
        last = blocks(one)
    assert last[0].startswith("The check for protected names is busy.")
    with pytest.raises(actions.NotPublishable):
        actions.publish(record=one, by=editor)
    assert Use.objects.count() == 3
    Use.objects.update(at=timezone.now() - Use.WINDOW)
    assert blocks(one) == []
    assert actions.publish(record=one, by=editor).is_public()


def test_a_change_of_the_register_costs_nobody_a_look(key):
    protect("신동혁")
    one = draft()
    one.opened_by = person("editor")
    blocks(one)
    protect("김영수")
    blocks(one)
    assert Use.objects.count() == 1


def test_who_tries_out_names_is_told_to_case_officers_and_slowed_down(key, mailoutbox, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    names = ["신동혁", "김영수", "박지원", "최은희", "윤동주", "안창호"]
    for name in names:
        protect(name)
    person("author", "officer", is_case_officer=True)
    editor = person("editor")
    one = draft()
    one.opened_by = editor
    for name in names:
        one.body = f"<p>{name}</p>"
        one.save()
        blocks(one)
    [alert] = Alert.objects.all()
    assert alert.by == editor.pk
    [letter] = mailoutbox
    assert letter.bcc == ["officer@example.org"]
    assert not any(name in letter.body + letter.subject for name in names)
    one.body = "<p>once more</p>"
    one.save()
    assert blocks(one)[0].startswith("The check for protected names is busy.")


def test_a_list_of_names_tells_nobody_which_are_protected(key):
    names = ["신동혁", "김영수", "박지원", "최은희", "윤동주", "안창호"]
    for name in names:
        protect(name)
    listed = "".join(f"<p>{name}</p><p>백남순</p>" for name in names)
    assert blocks(with_body(listed)) == ["A protected name: text."]


def test_names_tried_out_by_an_import_are_told_to_case_officers(key):
    names = ["신동혁", "김영수", "박지원", "최은희", "윤동주", "안창호"]
    for name in names:
        protect(name)
    importer = person("administrator")
    tried = [draft(title=name) for name in [*names, "A statement", "Another"]]
    refused = many.publish_drafts(records=tried, by=importer)
    assert len(refused) == len(names)
    [alert] = Alert.objects.all()
    assert alert.by == importer.pk
    assert Use.objects.filter(by=None).count() == 2


def test_what_comes_with_many_others_waits_for_nobody(key, monkeypatch):
    monkeypatch.setattr(usage, "MOST_LOOKS", 2)
    protect("신동혁")
    importer = person("administrator")
    facts = [milestone(public=False, titles={"en": f"Step {number}"}) for number in range(3)]
    for fact in facts:
        actions.publish(record=fact, by=importer, among_many=True)
    named = milestone(public=False, titles={"en": "Shin Dong-hyuk speaks"})
    with pytest.raises(actions.NotPublishable):
        actions.publish(record=named, by=importer, among_many=True)
    assert Use.objects.filter(by=importer.pk).count() == 1  # what it met is its deed


def test_saying_where_costs_the_same_queries_whoever_is_met(key, django_assert_num_queries):
    protect("신동혁")
    protect("김영수")
    texts = [with_body("<p>nobody</p>"), with_body("<p>신동혁</p>"), with_body("<p>김영수</p>")]
    for one in texts:
        blocks(one)
        with django_assert_num_queries(2, using=ALIAS):
            blocks(one)
