"""What a reader's first visit weighs, as it is sent: the site is also read where lines are slow."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from .record import LANGUAGES

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

BUDGET = 14_000  # bytes: about what a server may send before it waits for a first answer (RFC 6928)


def compressed(content: bytes) -> int:
    return len(gzip.compress(content, compresslevel=6))


@pytest.mark.parametrize("kind", ["article", "meeting", "milestone", "page: introduction"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_and_its_style_sheet_stay_within_the_budget(record, language, kind):
    page = Client().get(record.paths[language, kind]).content
    style = Path(finders.find("site.css")).read_bytes()
    assert compressed(page) + compressed(style) < BUDGET
