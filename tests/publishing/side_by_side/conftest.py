"""An article, and its translation that was begun."""

from __future__ import annotations

import pytest

from advocacy.news.models import Article
from advocacy.publishing import actions


@pytest.fixture
def original():
    return actions.publish(
        record=Article.objects.create(
            title="From a room in Geneva",
            summary="A meeting.",
            body="<p>They met in December.</p><p>Nobody spoke.</p>",
        )
    )


@pytest.fixture
def draft(original):
    return actions.start_translation(record=original, language="ko")
