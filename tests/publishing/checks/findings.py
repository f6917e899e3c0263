"""Texts, and what the checks find in them."""

from __future__ import annotations

from advocacy.news.models import Article
from advocacy.publishing import checks
from advocacy.publishing.checks import Finding


def found(record) -> list[str]:
    """Every sentence, what must be fixed first."""
    report = checks.report(record)
    return [one.sentence for one in (*report.must_fix, *report.consider)]


def finding(record, part: str) -> Finding | None:
    report = checks.report(record)
    some = [one for one in (*report.must_fix, *report.consider) if part in one.sentence]
    assert len(some) < 2
    return some[0] if some else None


def draft(body: str = "<p>Words.</p>", **fields) -> Article:
    return Article.objects.create(**{"title": "A statement in Geneva", "body": body, **fields})


def change(record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()
    return record


def link(path: str) -> str:
    return f'<p><a href="{path}">There</a></p>'
