"""Texts with a name in them, and what the check says of it."""

from __future__ import annotations

from advocacy.news.models import Article
from advocacy.publishing import checks
from tests.facts import article

NAME = "Shin Dong-hyuk"


def blocks(record) -> list[str]:
    return [one.sentence for one in checks.report(record).must_fix if "protected" in one.sentence]


def draft(**fields) -> Article:
    return article(**{"title": "A statement", "public": False, **fields})


def with_body(body: str) -> Article:
    one = draft()
    one.body = body
    one.save()
    return one
