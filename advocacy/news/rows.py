"""Articles as lines of a list."""

from __future__ import annotations

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import ngettext

from advocacy.publishing.lists import Paging, Row, day

from .models import Article, ArticleDocument, Coverage
from .queryset import ArticleQuerySet

THUMBNAIL = 272  # px: shown at half of that, so that it is sharp on fine screens


def page_of(articles: ArticleQuerySet, paging: Paging) -> list[Row]:
    """The articles of one page. One query, whose cost hardly grows with the number of the page."""
    # Their places are found in the index alone; only then are the rows themselves read.
    page = articles.newest_first().values("pk")[paging.start : paging.end]
    return newest(Article.objects.filter(pk__in=page))


def newest(articles: ArticleQuerySet, number: int | None = None) -> list[Row]:
    """The newest `number` of these articles, or all. One query."""
    counted = articles.newest_first().annotate(
        document_count=_number_of(ArticleDocument), coverage_count=_number_of(Coverage)
    )
    return [
        row(article, article.document_count, article.coverage_count)
        for article in counted.defer("body")[:number]
    ]


def row(article: Article, documents: int, coverage: int) -> Row:
    return Row(
        when=day(article.published_at),
        path=article.get_absolute_url(),
        title=article.title,
        language=article.language,
        summary=article.summary,
        place=article.place,
        note=_note(documents, coverage),
    )


def with_first_page(rows: list[Row], articles: ArticleQuerySet) -> list[Row]:
    """The same lines, the first of them with the first page of its first document. One query."""
    newest_ones = articles.newest_first().values("pk")[:1]
    uses = ArticleDocument.objects.filter(article__in=newest_ones).select_related("attachment")
    use = uses.first()
    if use is None:
        return rows
    first, *others = rows
    return [first._replace(picture=use.attachment.thumbnail(THUMBNAIL)), *others]


def _note(documents: int, coverage: int) -> str:
    said = []
    if documents:
        said.append(ngettext("%(n)d document", "%(n)d documents", documents) % {"n": documents})
    if coverage:
        said.append(
            ngettext("%(n)d media report", "%(n)d media reports", coverage) % {"n": coverage}
        )
    return ", ".join(said)


def _number_of(part: type[ArticleDocument] | type[Coverage]) -> Coalesce:
    """How many of them an article has."""
    counted = part._default_manager.filter(article=OuterRef("pk")).order_by().values("article")
    return Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0)
