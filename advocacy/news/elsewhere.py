"""What readers get of an article beside its page: its line in lists, its card, its citations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from advocacy.publishing import citing
from advocacy.publishing.showing import piece

from .article_page import ArticlePage
from .models import Article
from .related import card
from .rows import row


def tell(article: Article, at: datetime) -> Iterator[str]:
    line = row(article, article.documents.count(), article.coverage.count())
    yield piece("_partials/_row.html", row=line)
    yield piece("_partials/_rec.html", rec=card(article))
    yield from citing.files(ArticlePage(article, {}).work)
