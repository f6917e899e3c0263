"""Articles as data: a row for each language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from advocacy.news.models import Article

from . import texts
from .fields import TEXT, Field, Told, list_of, object_of


def rows(at: datetime) -> Any:
    """Those that are public, with `as_of` and all that their fields ask for."""
    found = Article.objects.published(at).annotate(as_of=texts.last_change())
    return texts.with_documents(found).prefetch_related("tags", "coverage")


def tell(found: Iterable[Article], at: datetime) -> Iterator[Told]:
    """Each with its translations. One query more."""
    articles: list[Any] = [*found]
    groups = {article.translation_group for article in articles}
    public: defaultdict[Any, list[Article]] = defaultdict(list)
    for text in Article.objects.published(at).filter(translation_group__in=groups).defer("body"):
        public[text.translation_group].append(text)
    for article in articles:
        article.public_texts = public[article.translation_group]
        yield Told(article, article, at)


def _tags(one: Told) -> list[dict[str, str]]:
    language = one.text.language
    return [{"slug": tag.slug, "name": tag.named(language)} for tag in one.record.tags.all()]


def _coverage(one: Told) -> list[dict[str, str]]:
    return [
        {
            "outlet": row.outlet,
            "headline": row.headline,
            "description": row.description,
            "date": str(row.date or ""),
            "language": row.language,
            "url": row.url,
            "archived_url": row.archived_url,
        }
        for row in one.record.coverage.all()
    ]


FIELDS = [
    texts.identifier(_("Identifier of the article in this language, which never changes.")),
    texts.ADDRESS,
    *texts.WORDS,
    Field("kicker", TEXT, _("The line above the title."), lambda one: one.text.kicker),
    Field("byline", TEXT, _("Who wrote it."), lambda one: one.text.byline),
    Field("place", TEXT, _("Where it happened."), lambda one: one.text.place),
    Field(
        "event_date",
        TEXT,
        _("When it happened, as exactly as it is known (EDTF); empty if not said."),
        lambda one: str(one.text.event_date or ""),
    ),
    *texts.MOMENTS,
    Field("tags", list_of(object_of(slug=TEXT, name=TEXT)), _("Subjects."), _tags),
    texts.TRANSLATIONS,
    texts.DOCUMENTS,
    Field(
        "coverage",
        list_of(
            object_of(
                outlet=TEXT,
                headline=TEXT,
                description=TEXT,
                date=TEXT,
                language=TEXT,
                url=TEXT,
                archived_url=TEXT,
            )
        ),
        _("What other outlets published on it, as far as it is known."),
        _coverage,
    ),
    texts.CORRECTIONS,
    *texts.BODY,
]
