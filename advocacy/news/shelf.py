"""How many articles of a language there are, by tag and by year: the numbers in the news filters."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count
from django.db.models.functions import ExtractYear

from advocacy.publishing.models import Language
from advocacy.publishing.remembered import remembered

from .models import Article, TaggedArticle


@dataclass(frozen=True)
class Shelf:
    """Counts by (tag, year); the tag is a primary key, or None for all articles."""

    counts: Counter[tuple[int | None, int]] = field(default_factory=Counter)

    def total(self, tag: int | None = None, year: int | None = None) -> int:
        if year is not None:
            return self.counts[tag, year]
        return sum(n for (of_tag, _year), n in self.counts.items() if of_tag == tag)

    def years(self, tag: int | None = None) -> dict[int, int]:
        """The years that have articles, newest first."""
        years = {year: n for (of_tag, year), n in self.counts.items() if of_tag == tag}
        return dict(sorted(years.items(), reverse=True))

    def tags(self, year: int | None = None) -> Counter[int]:
        """The tags that have articles."""
        found: Counter[int] = Counter()
        for (tag, of_year), n in self.counts.items():
            if tag is not None and year in (None, of_year):
                found[tag] += n
        return found


def shelves() -> dict[str, Shelf]:
    """The counts of each language now; worked out once for each change of the public record."""
    return remembered("news", lambda: {language: count(language) for language in Language.values})


def count(language: str, at: datetime | None = None) -> Shelf:
    articles = Article.objects.published(at).filter(language=language)
    all_of_year = (
        articles.order_by().values_list(ExtractYear("first_published_at")).annotate(Count("pk"))
    )
    tagged = (
        TaggedArticle.objects.filter(content_object__in=articles)
        .order_by()
        .values_list("tag", ExtractYear("content_object__first_published_at"))
        .annotate(Count("pk"))
    )
    counts: Counter[tuple[int | None, int]] = Counter()
    counts.update({(None, year): n for year, n in all_of_year})
    counts.update({(tag, year): n for tag, year, n in tagged})
    return Shelf(counts)
