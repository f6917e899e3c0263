"""What a consent lets be published, and when a text ends with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from advocacy.news.models import Article
from advocacy.protection.router import ALIAS
from advocacy.publishing import actions, checks, generation
from tests.protection.texts import NAME, blocks, draft, with_body

from .entries import agree, protect

pytestmark = pytest.mark.django_db(databases=["default", ALIAS])


def test_a_consent_that_covers_it_lets_a_name_be_published(key):
    agree(protect("신동혁"))
    assert actions.publish(record=with_body(f"<p>{NAME}</p>")).is_public()


def test_a_consent_that_does_not_cover_it_does_not(key):
    one = with_body(f"<p>{NAME}</p>")
    other = draft()
    person_ = protect("신동혁", "Little Bird")
    for terms in (
        {"approved": False},
        {"languages": ["ko"]},
        {"records": [str(other.uuid)]},
        {"scopes": ["photograph"]},
        {"names": ["Little Bird key"]},
        {"until": timezone.localdate() - timedelta(days=1)},
    ):
        agree(person_, **terms)
        assert blocks(one), terms
    agree(person_, records=[str(one.uuid)], languages=["en"])
    assert blocks(one) == []


def test_an_ended_consent_covers_nothing(key):
    consent = agree(protect("신동혁"))
    one = with_body(f"<p>{NAME}</p>")
    assert blocks(one) == []
    consent.ended_at = timezone.now()
    consent.save()
    assert blocks(one)


def test_each_name_needs_its_own_consent(key):
    person_ = protect("신동혁", "Little Bird")
    agree(person_, names=["Little Bird key"])
    assert blocks(with_body("<p>Little Bird</p>")) == []
    assert blocks(with_body("<p>Little Bird is 신동혁</p>"))
    in_hanja = protect("申東赫", "赫堂")
    agree(in_hanja, names=["赫堂 key"])
    assert blocks(with_body("<p>赫堂</p>")) == []
    assert blocks(with_body("<p>赫堂 is 申東赫</p>"))


def test_what_rests_on_a_consent_ends_with_it_by_itself(key):
    consent = agree(protect("신동혁"), until=timezone.localdate() + timedelta(days=10))
    live = actions.publish(record=with_body(f"<p>{NAME}</p>"))
    assert live.unpublish_at == consent.ends_at
    before, after = (consent.ends_at + timedelta(seconds=s) for s in (-1, 1))
    assert Article.objects.published(before).filter(pk=live.pk).exists()
    assert not Article.objects.published(after).filter(pk=live.pk).exists()
    assert generation.current().next_change_at == consent.ends_at
    assert generation.move_on(after)


def test_a_register_that_changes_between_the_check_and_the_deed_stops_it(key, monkeypatch):
    one = with_body(f"<p>{NAME}</p>")
    monkeypatch.setattr(checks, "problems", lambda record: [])  # it was looked at before that
    protect("신동혁")
    with pytest.raises(actions.NotPublishable):
        actions.publish(record=one)


def test_an_earlier_end_of_the_editors_stays(key):
    agree(protect("신동혁"), until=timezone.localdate() + timedelta(days=10))
    one = with_body(f"<p>{NAME}</p>")
    one.unpublish_at = timezone.now() + timedelta(days=2)
    one.save()
    assert actions.publish(record=one).unpublish_at == one.unpublish_at


def test_a_text_that_names_nobody_does_not_end(key):
    agree(protect("신동혁"))
    assert actions.publish(record=draft()).unpublish_at is None
