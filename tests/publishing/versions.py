"""What is kept of a record."""

from __future__ import annotations

from advocacy.news.models import Article, Tag
from advocacy.publishing.models import HistoryEntry
from advocacy.publishing.revisions import keeping
from tests.attachments import makers, records


def entries(record) -> list[HistoryEntry]:
    """The oldest first."""
    return list(keeping.kept_of(record.live).order_by("pk"))


def full_article(**fields) -> Article:
    picture = makers.attachment("picture", title="Hall", alt_en="A hall", content=makers.jpeg())
    body = f"<p>Words of weight.</p>{records.figure(picture)}"
    one = Article.objects.create(title="Full", body=body, **fields)
    one.documents.create(attachment=makers.attachment(title="A statement"))
    one.coverage.create(outlet="An outlet", headline="A headline")
    one.corrections.create(note="It was four, not three.")
    one.tags.add(Tag.objects.create(name="Camps"))
    return one


def saved(record, **fields) -> HistoryEntry:
    """Another save of a draft or a working copy."""
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()
    keeping.keep(record)
    return entries(record)[-1]
