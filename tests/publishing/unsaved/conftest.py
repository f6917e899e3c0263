"""Somebody at the desk, and their draft."""

from __future__ import annotations

import pytest

from advocacy.news.models import Article
from tests.people import person


@pytest.fixture
def author(client):
    client.force_login(user := person("author"))
    return user


@pytest.fixture
def draft(author):
    return Article.objects.create(title="Saved", body="<p>Saved.</p>", created_by=author)
