from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from advocacy.attachments.illustrated import IllustratedMixin
from advocacy.attachments.inlines import DocumentInline
from advocacy.forms import InOrder
from advocacy.hits.admin import ReachMixin
from advocacy.publishing.admin import TranslatableAdmin
from advocacy.publishing.at_once import LookedAtMixin
from advocacy.publishing.forms import RecordForm
from advocacy.publishing.parts import CorrectionInline, PartInline
from advocacy.publishing.queryset import related

from .models import Article, ArticleCorrection, ArticleDocument, Coverage, Tag, TaggedArticle

MOST_TAGS_NAMED = 60


class ArticleDocumentInline(DocumentInline):
    model = ArticleDocument


class CoverageInline(PartInline, admin.StackedInline):
    model = Coverage
    formset = InOrder
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


class ArticleForm(RecordForm):
    """Knows each tag by either of its names, and says which there are."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("tags"):
            names = [
                f"{tag.name} ({tag.name_ko})" if tag.name_ko else tag.name
                for tag in Tag.objects.order_by("name")[:MOST_TAGS_NAMED]
            ]
            said = gettext("Separated by commas. In use: %(tags)s.") % {"tags": ", ".join(names)}
            field.help_text = escape(said) if names else field.help_text

    def clean_tags(self) -> list[str]:
        by_korean = {tag.name_ko.casefold(): tag.name for tag in Tag.objects.exclude(name_ko="")}
        named = (by_korean.get(name.casefold(), name) for name in self.cleaned_data["tags"])
        return list({name.casefold(): name for name in named}.values())


@admin.register(Article)
class ArticleAdmin(IllustratedMixin, ReachMixin, TranslatableAdmin):
    form = ArticleForm
    list_display = (
        "picture",
        "title",
        "language",
        "state",
        "since",
        "until",
        "reach_views",
        "waits",
        "side_by_side",
    )
    list_display_links = ("title",)
    readonly_fields = ("reach", "named_by")
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
        (_("Links to the record"), {"fields": ("tags", "named_by")}),
        (_("Reach"), {"fields": ("reach",), "classes": ["collapse"]}),
    )

    def reach_item(self, record: Article) -> UUID:
        return record.live.uuid

    @admin.display(description=_("meetings and milestones on it"))
    def named_by(self, article: Article) -> str:
        """They know their articles, never the reverse by field; here they are met coming back."""
        rows: list[tuple[str, Any, str]] = []
        if article.opened_by is None:  # on the form of a new one
            return ""
        for relation in ("meetings", "milestones"):
            facts = related(Article, relation).objects.live().open_to(article.opened_by)
            named = facts.filter(articles__translation_group=article.translation_group).distinct()
            for fact in named.order_by("date_earliest", "pk"):
                change = f"admin:{fact._meta.app_label}_{fact._meta.model_name}_change"
                rows.append((reverse(change, args=[fact.pk]), fact, fact.date.format()))
        if not rows:
            return gettext("None. Open a meeting or a milestone and choose this article there.")
        items = format_html_join("", '<li><a href="{}">{}</a>, {}</li>', rows)
        return format_html("<ul>{}</ul>", items)


def _number(rows: Any) -> Any:
    counted = rows.order_by().values("tag").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


@admin.register(Tag)
class TagAdmin(LookedAtMixin, admin.ModelAdmin):
    list_display = ("name", "name_ko", "articles")
    search_fields = ("name", "name_ko")
    fields = ("name", "name_ko", "slug")

    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> Any:
        # Counted by an index, less the few working copies: no article is read.
        tagged = TaggedArticle.objects.filter(tag=OuterRef("pk"))
        working = Article.objects.filter(replaces__isnull=False).values("pk")
        every, again = _number(tagged), _number(tagged.filter(content_object__in=working))
        found: Any = super().get_queryset(request)
        return found.annotate(named=every - again)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "slug":
            kwargs["label"] = _("address")
            kwargs["help_text"] = _("The last part of the address of its page.")
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("articles"), ordering="named")
    def articles(self, tag: Any) -> int:
        return tag.named
