"""Nothing is changed by a link, nor by a form that is not ours: over every address there is."""

from __future__ import annotations

import re

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from advocacy.news.models import Article
from advocacy.publishing.admin import RecordAdmin
from tests.addresses import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

#: What is kept of the asking browser itself, and of how often it asked.
OF_THE_BROWSER = ('"accounts_session"', '"accounts_throttle"')
WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain")


@pytest.fixture
def staff(record, django_user_model):
    """Somebody who may do everything, whose browser is asked for the token of each form."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(
        django_user_model.objects.create_superuser(
            "everything", password="orbit mango candle river"
        )
    )
    return client


def written(captured) -> list[str]:
    return [
        query["sql"]
        for query in captured.captured_queries
        if WRITES.match(query["sql"]) and not any(table in query["sql"] for table in OF_THE_BROWSER)
    ]


def test_following_a_link_changes_nothing(staff):
    opened = 0
    for address in addresses():
        for method in (staff.get, staff.head):
            with CaptureQueriesContext(connection) as captured:
                answer = method(address.path)
            assert answer.status_code < 500, address.path
            assert not written(captured), address.path
        opened += answer.status_code == 200
    assert opened > 60


def test_what_only_changes_something_refuses_to_be_followed(staff):
    names = ["admin:logout"] + [
        f"admin:{model._meta.app_label}_{model._meta.model_name}_{verb}"
        for model, of_it in admin.site._registry.items()
        if isinstance(of_it, RecordAdmin)
        for verb in of_it.pressed
    ]
    assert len(names) > 20
    paths = {address.name: address.path for address in addresses()}
    for name in names:
        answer = staff.get(paths[name.removeprefix("admin:")])
        assert answer.status_code == 405, name
        assert "POST" in answer["Allow"]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_from_elsewhere_is_refused_whatever_it_is_sent_to(staff, form):
    refused = 0
    for address in addresses():
        with CaptureQueriesContext(connection) as captured:
            answer = staff.post(address.path, b"language=ko", form)
        assert answer.status_code in (403, 405), address.path
        assert not written(captured), address.path
        if address.is_staff:
            assert b"Nothing was changed" in answer.content, address.path
            refused += 1
    assert refused > 80


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_no_other_method_is_a_way_around_that(staff, method):
    for address in addresses():
        with CaptureQueriesContext(connection) as captured:
            answer = staff.generic(method, address.path, b"language=ko")
        assert answer.status_code in (403, 405), address.path
        assert not written(captured), address.path


def test_a_form_of_ours_is_taken_and_writes(staff):
    """Were every form refused, or no writing seen, the tests above would pass."""
    token = staff.get("/admin/").context["csrf_token"]
    article = Article.objects.live().published().first()
    with CaptureQueriesContext(connection) as captured:
        answer = staff.post(
            reverse("admin:news_article_open", args=[article.pk]), {"csrfmiddlewaretoken": token}
        )
    assert answer.status_code == 302
    assert written(captured)
