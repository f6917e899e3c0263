"""A draft to type into."""

from __future__ import annotations

import pytest

from advocacy.news.models import Article


@pytest.fixture
def draft(db):
    return Article.objects.create(title="Saved title", body="<p>Saved words.</p>")
