"""News: articles, the media coverage they drew, and their tags."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase, TagBase

from advocacy.attachments import figures
from advocacy.attachments.models import Document, Figure
from advocacy.dates.fields import EDTFField
from advocacy.publishing import followers
from advocacy.publishing.addresses import path_of
from advocacy.publishing.models import (
    Correction,
    Language,
    ShownAtOnce,
    ShownAtOnceQuerySet,
    Translatable,
)
from advocacy.publishing.records import trash_index
from advocacy.publishing.richtext import RichTextField

from .archives import day_of_copy
from .queryset import ArticleQuerySet


class TagQuerySet(ShownAtOnceQuerySet):
    @transaction.atomic
    def delete(self) -> tuple[int, dict[str, int]]:
        articles = list(Article.objects.live().filter(tagged__tag__in=self).distinct())
        deleted = super().delete()
        for article in articles:
            followers.tell(article)
        return deleted


class Tag(ShownAtOnce, TagBase):
    """A subject readers can follow, named in both languages."""

    name_ko = models.CharField(_("name in Korean"), max_length=100, blank=True)

    objects: ClassVar[Any] = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        followers.tell(self)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        return Tag.objects.filter(pk=self.pk).delete()

    def named(self, language: str) -> str:
        return (self.name_ko or self.name) if language == Language.KO else self.name


class TaggedArticle(ItemBase):
    if TYPE_CHECKING:
        _default_manager: ClassVar[Any]  # taggit is untyped

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_articles")
    content_object = models.ForeignKey("Article", models.CASCADE, related_name="tagged")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "content_object"], name="news_taggedarticle_once"
            )
        ]

    def __str__(self) -> str:
        """Names no article: who deletes a tag is shown all of these, also of others' drafts."""
        return str(self.tag)


class Article(Translatable):
    """One article in one language."""

    parts = ("documents", "figures", "coverage", "corrections")
    if TYPE_CHECKING:
        is_corrected: bool  # of a row from `noting_corrections()`

    kicker = models.CharField(
        _("line above the title"),
        max_length=120,
        blank=True,
        help_text=_("Where or about what, in a few words."),
    )
    body = RichTextField(_("text"), blank=True)
    event_date = EDTFField(
        _("date of the event"),
        blank=True,
        help_text=_(
            "When it happened, as exactly as it is known, if that is not the day of publication."
        ),
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    tags = TaggableManager(
        _("tags"), through=TaggedArticle, blank=True, help_text=_("Separated by commas.")
    )

    objects: ClassVar[Any] = ArticleQuerySet.as_manager()

    class Meta(Translatable.Meta):
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [
            # All that finding one page of a long list asks for, so that no row is read to skip it.
            models.Index(
                fields=["language", "status", "-published_at", "-id", "unpublish_at"],
                name="%(class)s_public",
            ),
            # The order of the desk's list, where drafts stand too, and what it leaves out.
            models.Index(
                fields=[
                    *("-published_at", "-id", "working", "trashed_at"),
                    *("status", "language", "unpublish_at"),
                ],
                name="%(class)s_desk",
            ),
            # What somebody has begun, for the front page of the desk.
            models.Index(fields=["created_by", "status", "-id"], name="%(class)s_mine"),
            # What ends by itself, of which there is little.
            models.Index(
                fields=["unpublish_at"],
                condition=models.Q(unpublish_at__isnull=False),
                name="%(class)s_ends",
            ),
            trash_index(),
        ]

    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        if "body" in (kwargs.get("update_fields") or {"body"}):
            figures.sync(self.figures, self.body)

    def get_absolute_url(self) -> str:
        return path_of("news:detail", self.language, self.year, self.slug)

    @property
    def year(self) -> int:
        """Of first publication, in Seoul; then it stays."""
        moment = self.first_published_at or self.published_at or timezone.now()
        return timezone.localtime(moment).year


class ArticleDocument(Document):
    article = models.ForeignKey(Article, models.CASCADE, related_name="documents")

    class Meta(Document.Meta):
        abstract = False


class ArticleFigure(Figure):
    article = models.ForeignKey(Article, models.CASCADE, related_name="figures")


class ArticleCorrection(Correction):
    article = models.ForeignKey(Article, models.CASCADE, related_name="corrections")

    class Meta(Correction.Meta):
        abstract = False


class Coverage(models.Model):
    """What another outlet published on the matter. Of it, often no more than the outlet is known."""

    #: Since when the address is known to lead nowhere; told to pages of readers (coverage.py).
    dead_since: datetime.datetime | None = None

    article = models.ForeignKey(Article, models.CASCADE, related_name="coverage")
    position = models.PositiveSmallIntegerField(
        _("order"), default=1, help_text=_("1 comes first.")
    )
    outlet = models.CharField(_("outlet"), max_length=200)
    description = models.CharField(
        _("description"),
        max_length=300,
        blank=True,
        help_text=_("Where the headline is not known: what kind of piece it is."),
    )
    headline = models.CharField(_("headline"), max_length=300, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    archived_url = models.URLField(
        _("archived address"),
        max_length=1000,
        blank=True,
        help_text=_("A copy kept by a web archive."),
    )
    date = EDTFField(_("date"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("media coverage")
        verbose_name_plural = _("media coverage")

    def __str__(self) -> str:
        return self.headline or self.outlet

    @property
    def is_shown_by_its_copy(self) -> bool:
        return bool(self.archived_url and self.dead_since)

    @property
    def leads_to(self) -> str:
        """Where readers are led: to the original while it is there."""
        return self.archived_url if self.is_shown_by_its_copy else self.url

    @property
    def archived_on(self) -> datetime.date | None:
        """The day of the archived copy, where its address tells it."""
        return day_of_copy(self.archived_url)
