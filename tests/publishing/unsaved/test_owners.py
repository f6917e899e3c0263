"""Whose it is, and from what it is kept."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from advocacy.news.models import Article
from advocacy.publishing.models import Unsaved
from tests.people import person
from tests.publishing.browsing import opened
from tests.publishing.forms import change_url
from tests.publishing.unsaved.keeping import ADD, keep

pytestmark = pytest.mark.django_db


def test_only_whoever_typed_it_reads_it(client, author, draft):
    keep(opened(client, change_url(draft)).type(title="zzsecret"), author)
    kept = Unsaved.objects.get()
    for role in ("editor", "administrator"):
        other = Client()
        other.force_login(person(role))
        assert "zzsecret" not in other.get(change_url(draft)).content.decode()
        assert other.get(f"{change_url(draft)}?unsaved={kept.key}").status_code == 404
        assert other.post(reverse("publishing:throw_away", args=[kept.key])).status_code == 404
    assert Unsaved.objects.exists()


def test_somebody_elses_key_overwrites_nothing(client, author, draft):
    form = opened(client, change_url(draft)).type(title="Mine")
    keep(form, author)
    other = Client()
    other.force_login(editor := person("editor"))
    form.client = other
    keep(form.type(title="Theirs"), editor)
    assert Unsaved.objects.get(user=author).fields["title"] == ["Mine"]


def test_it_is_not_kept_for_somebody_else_who_has_signed_in_meanwhile(client, author, draft):
    form = opened(client, change_url(draft)).type(title="Typed")
    client.force_login(person("editor"))
    answer = keep(form, author)
    assert answer.status_code == 409
    assert not Unsaved.objects.exists()


def test_whoever_is_signed_out_is_told_so_and_how_to_go_on(client, author, draft):
    form = opened(client, change_url(draft)).type(title="Typed")
    client.logout()
    answer = keep(form, author)
    assert (answer.status_code, answer.json()) == (403, {"signed_out": True})
    answer = client.get(reverse("publishing:session"))
    assert (answer.status_code, answer.json()) == (403, {"signed_out": True})
    client.force_login(author)
    known = client.get(reverse("publishing:session")).json()
    assert known["user"] == str(author.pk)
    assert known["csrf"]


def test_it_is_kept_from_a_form_of_ours_alone(author, draft):
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    form = opened(client, change_url(draft)).type(title="Typed")
    assert keep(form, author).status_code == 403
    assert not Unsaved.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"user": "1", "kind": "auth.user", "record": null, "row": null, "fields": {}}',
        b'{"user": "1", "kind": "news.article", "record": "x", "row": null, "fields": {}}',
        b'{"user": "1", "kind": "news.article", "record": null, "row": null, "fields": []}',
        b'{"user": "1", "kind": "news.article", "record": null, "row": null, "fields": {"a": 1}}',
    ],
)
def test_nonsense_is_refused(client, author, body):
    address = reverse("publishing:keep", args=[uuid4()])
    assert client.post(address, body, "application/json").status_code == 400


def test_characters_no_database_takes_are_left_out(client, author, draft):
    form = opened(client, change_url(draft)).type(title="A\x00B\ud800")
    body = json.dumps(
        {
            "user": str(author.pk),
            "kind": "news.article",
            "record": None,
            "row": None,
            "fields": form.fields,
        }
    )
    address = reverse("publishing:keep", args=[form["unsaved"]])
    assert client.post(address, body, "application/json").status_code == 200
    assert Unsaved.objects.get().fields["title"] == ["AB?"]


def test_more_than_a_form_may_send_is_not_kept(client, author, draft, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    form = opened(client, change_url(draft)).type(title="x" * 10_000)
    assert keep(form, author).status_code == 400


def test_keys_that_are_none_lead_nowhere(client, author, draft):
    for key in ("x", uuid4(), ""):
        answer = client.get(f"{change_url(draft)}?unsaved={key}")
        assert answer.status_code == (200 if key == "" else 404)


def test_text_of_one_record_is_not_taken_up_in_another(client, author, draft):
    keep(opened(client, change_url(draft)).type(title="Typed"), author)
    other = Article.objects.create(title="Another", created_by=author)
    kept = Unsaved.objects.get()
    assert client.get(f"{change_url(other)}?unsaved={kept.key}").status_code == 404
    assert client.get(f"{ADD}?unsaved={kept.key}").status_code == 404
