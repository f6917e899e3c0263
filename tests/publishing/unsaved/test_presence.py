"""Who else has a text open."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy.news.models import Article
from advocacy.publishing.models import Presence, Unsaved
from tests.people import person
from tests.publishing.browsing import opened
from tests.publishing.forms import change_url
from tests.publishing.unsaved.keeping import ADD

pytestmark = pytest.mark.django_db


def here(client, record, /, **more):
    fields = {
        "kind": record._meta.label_lower,
        "record": record.live.uuid,
        "row": record.uuid,
        "version": record.version,
        **more,
    }
    return client.post(reverse("publishing:here"), fields)


@pytest.fixture
def colleague():
    client = Client()
    client.force_login(person("editor", "Lee"))
    return client


def test_a_notice_says_who_else_has_it_open_and_since_when(client, author, draft, colleague):
    assert here(colleague, draft).json()["said"] == ""
    clock = timezone.localtime(Presence.objects.get().since).strftime("%H:%M")
    said = f"Others have this open: Lee (since {clock}, Seoul)."
    assert here(client, draft).json()["said"] == said
    assert said in opened(client, change_url(draft)).words


def test_it_is_over_when_the_browser_tells_no_more(client, author, draft, colleague, time_machine):
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    here(colleague, draft)
    time_machine.move_to(now + timedelta(seconds=60), tick=False)
    here(colleague, draft)
    time_machine.move_to(now + timedelta(seconds=134), tick=False)
    assert f"(since {timezone.localtime(now):%H:%M}, Seoul)" in here(client, draft).json()["said"]
    time_machine.move_to(now + timedelta(seconds=136), tick=False)
    assert here(client, draft).json()["said"] == ""


def test_it_is_over_when_the_page_is_left(client, author, draft, colleague):
    here(colleague, draft)
    here(colleague, draft, leaving="1")
    assert here(client, draft).json()["said"] == ""


def test_it_says_that_a_colleague_has_saved(client, author, draft, colleague):
    form = opened(colleague, change_url(draft))
    assert here(client, draft).json()["changed"] == ""
    form.type(title="New").save()
    assert "A colleague has saved this text" in here(client, draft).json()["changed"]


def test_nobody_learns_who_has_open_what_is_not_theirs(client, author, colleague):
    other = Article.objects.create(title="Another", created_by=None)
    here(colleague, other)
    assert here(client, other).status_code == 404
    assert here(client, other, kind="auth.user").status_code == 400
    assert here(client, other, record="x").status_code == 400


def test_opening_a_form_writes_nothing(client, author, draft, django_assert_num_queries):
    opened(client, change_url(draft))
    opened(client, ADD)
    assert not Presence.objects.exists()
    assert not Unsaved.objects.exists()
