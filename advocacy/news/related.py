"""Articles as cards on the pages of what they tell of."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from advocacy.publishing.lists import Rec, day

from .models import Article
from .queryset import ArticleQuerySet


def cards(articles: ArticleQuerySet, language: str, at: datetime | None = None) -> list[Rec]:
    """One card a piece, newest first: its public text in `language`, else in the other one.

    One query. Which language of a piece was chosen in the admin makes no difference.
    """
    groups = articles.order_by().values("translation_group")
    texts = Article.objects.published(at).filter(translation_group__in=groups).newest_first()
    best: dict[object, Article] = {}
    for text in texts.defer("body"):
        if text.translation_group not in best or text.language == language:
            best[text.translation_group] = text
    return [card(text) for text in best.values()]


def card(article: Article) -> Rec:
    return Rec(
        kind=_("Article"),
        when=day(article.published_at),
        path=article.get_absolute_url(),
        title=article.title,
        language=article.language,
    )
