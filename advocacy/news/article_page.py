"""One article with everything that belongs to it, each part read once and in one query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.utils import timezone

from advocacy.attachments import citing as documents_cited
from advocacy.attachments import figures
from advocacy.citing.work import Work
from advocacy.hits import counts
from advocacy.prepared import Prepared, Slot
from advocacy.publishing import citing
from advocacy.publishing.addresses import path_of
from advocacy.publishing.head import Crumb, Head, absolute, other_than, social_picture
from advocacy.publishing.lists import Rec
from advocacy.publishing.richtext import Footnoted, footnoted

from . import coverage
from .mentions import mentions
from .models import Article, ArticleCorrection, ArticleDocument, Coverage, Tag

_article = Slot("article")
_documents = Prepared(
    lambda: ArticleDocument.objects.filter(article=_article).select_related("attachment")
)
_corrections = Prepared(lambda: ArticleCorrection.objects.filter(article=_article))
_tags = Prepared(lambda: Tag.objects.filter(tagged_articles__content_object=_article))


class ArticlePage:
    """What the template of an article asks for; `translations` are its public ones by language."""

    def __init__(self, article: Article, translations: Mapping[str, Article]) -> None:
        self.article, self.translations = article, translations

    @cached_property
    def text(self) -> Footnoted:
        return footnoted(
            figures.render(self.article.body, self.article.language), self.article.language
        )

    @cached_property
    def views(self) -> int:
        return counts.views(self.article.live.uuid)

    @cached_property
    def documents(self) -> list[ArticleDocument]:
        return _documents(article=self.article.pk)

    @cached_property
    def coverage(self) -> list[Coverage]:
        return coverage.of_article(self.article.pk)

    @cached_property
    def corrections(self) -> list[ArticleCorrection]:
        is_corrected = getattr(self.article, "is_corrected", True)  # said by `noting_corrections()`
        return _corrections(article=self.article.pk) if is_corrected else []

    @cached_property
    def tags(self) -> list[tuple[str, str]]:
        """Path and name of each."""
        language = self.article.language
        tags = _tags(article=self.article.pk)
        named = [(path_of("news:tag", language, t.slug), t.named(language)) for t in tags]
        return sorted(named, key=lambda tag: tag[1].casefold())

    @cached_property
    def mentions(self) -> list[Rec]:
        return mentions(self.article)

    @cached_property
    def path(self) -> str:
        return self.article.get_absolute_url()

    @cached_property
    def url(self) -> str:
        return absolute(self.path)

    @cached_property
    def work(self) -> Work:
        article = self.article
        pdfs = documents_cited.pdfs(self.documents, article.language)
        return citing.work(article, event=article.event_date or None, pdfs=pdfs)

    def head(self, crumbs: Sequence[Crumb]) -> Head:
        article = self.article
        return Head(
            title=article.title,
            language=article.language,
            path=self.path,
            description=article.summary,
            translations={
                language: text.get_absolute_url() for language, text in self.translations.items()
            },
            counterpart=path_of("news:index", other_than(article.language)),
            crumbs=crumbs,
            kind="article",
            published=article.published_at,
            changed=article.changed_at,
            byline=article.byline,
            ld=[self._news_article()],
            work=self.work,
        )

    def _news_article(self) -> dict[str, Any]:
        article = self.article
        node = {
            "@type": "NewsArticle",
            "@id": self.url,
            "mainEntityOfPage": self.url,
            "headline": article.title,
            "description": article.summary,
            "inLanguage": article.language,
            "datePublished": timezone.localtime(article.published_at).isoformat(),
            "dateModified": timezone.localtime(article.last_changed).isoformat(),
            "creditText": article.byline,
            "author": {"@id": absolute("/#organisation")},
            "publisher": {"@id": absolute("/#organisation")},
            "encoding": [
                {"@type": "MediaObject", "encodingFormat": "application/pdf", "contentUrl": pdf}
                for pdf in self.work.pdfs
            ],
            "image": social_picture(),
        }
        return {name: value for name, value in node.items() if value}
