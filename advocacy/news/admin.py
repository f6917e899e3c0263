from uuid import UUID

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from advocacy.attachments.illustrated import IllustratedMixin
from advocacy.attachments.inlines import DocumentInline
from advocacy.hits.admin import ReachMixin
from advocacy.publishing.admin import CorrectionInline, TranslatableAdmin

from .models import Article, ArticleCorrection, ArticleDocument, Coverage, Tag


class ArticleDocumentInline(DocumentInline):
    model = ArticleDocument


class CoverageInline(admin.StackedInline):
    model = Coverage
    extra = 0
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fields = (
        ("outlet", "language", "date"),
        ("headline", "url"),
        ("description", "archived_url"),
        "position",
    )


class ArticleCorrectionInline(CorrectionInline):
    model = ArticleCorrection


@admin.register(Article)
class ArticleAdmin(IllustratedMixin, ReachMixin, TranslatableAdmin):
    list_display = ("picture", "title", "language", "state", "published_at", "reach_views", "waits")
    list_display_links = ("title",)
    readonly_fields = ("reach",)
    list_filter = (*TranslatableAdmin.list_filter, "published_at")
    inlines = (ArticleDocumentInline, CoverageInline, ArticleCorrectionInline)
    fieldsets = (
        (
            pgettext_lazy("title and summary", "Heading"),
            {"fields": ("language", "kicker", "title", "summary", "slug")},
        ),
        (_("Text"), {"fields": ("body",)}),
        (_("Name, place and dates"), {"fields": (("byline", "place"), "event_date")}),
        (_("Publication"), {"fields": (("published_at", "unpublish_at"),)}),
        (_("Links to the record"), {"fields": ("tags",)}),
        (_("Reach"), {"fields": ("reach",), "classes": ["collapse"]}),
    )

    def reach_item(self, record: Article) -> UUID:
        return record.live.uuid


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    list_display = ("name", "name_ko", "slug")
    search_fields = ("name", "name_ko")
    fields = ("name", "name_ko", "slug")
