"""Nobody outside reads a protected name in a draft by a link either."""

from __future__ import annotations

import pytest
from django.test import Client

from advocacy.protection.models import Use
from advocacy.protection.router import ALIAS
from advocacy.publishing.models import ShareLink
from tests.facts import article
from tests.people import person
from tests.publishing.forms import change_url
from tests.publishing.test_sharing import link

from .entries import agree, protect

pytestmark = pytest.mark.django_db(databases=["default", ALIAS])

NAME = "Shin Dong-hyuk"


@pytest.fixture
def author(client):
    client.force_login(user := person("author"))
    return user


@pytest.fixture
def draft(author):
    return article("A statement", public=False, created_by=author)


def says(draft, body: str) -> None:
    draft.body = f"<p>{body}</p>"
    draft.save()


def test_a_link_leads_nowhere_while_a_protected_name_is_in_the_text(key, draft, author):
    path = link(draft, author)
    one = protect("신동혁")
    says(draft, NAME)
    assert Client().get(path).status_code == 404
    says(draft, "A survivor")
    assert Client().get(path).status_code == 200
    says(draft, NAME)
    agree(one)
    assert Client().get(path).status_code == 200


def test_no_link_is_made_to_it_and_its_maker_is_told_why(key, draft, author, client):
    protect("신동혁")
    says(draft, NAME)
    answer = client.post(change_url(draft, "share"))
    assert "A protected name: text, paragraph 1." in answer.content.decode()
    assert not ShareLink.objects.exists()


def test_a_link_is_no_way_to_try_out_names_unseen(key, draft, author):
    path = link(draft, author)
    one = protect("신동혁")
    says(draft, NAME)
    Client().get(path)
    assert [(use.by, use.people) for use in Use.objects.all()] == [(author.pk, [str(one.pk)])]


def test_a_register_that_cannot_be_read_keeps_drafts_in_the_house(key, draft, author, settings):
    path = link(draft, author)
    protect("신동혁")
    settings.REGISTER_KEYS = ["wrong"]
    assert Client().get(path).status_code == 404
