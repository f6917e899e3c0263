"""What the admin does alike for every fact: one page for all its languages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from .admin import CorrectionInline, RecordAdmin
from .models import Fact, Language
from .queryset import related
from .richtext import rich_texts
from .states import StateFilter, badge_by_language


class FactAdmin(RecordAdmin):
    """Records with a text per language, edited on one page."""

    list_filter: ClassVar[tuple[Any, ...]] = (StateFilter,)
    search_fields: ClassVar[tuple[str, ...]] = ("texts__title", "texts__summary")

    @admin.display(description=_("title"))
    def title(self, fact: Fact) -> str:
        return str(fact)

    @admin.display(description=_("date"), ordering="date_earliest")
    def when(self, fact: Any) -> str:
        return fact.date.format()

    @admin.display(description=_("state"))
    def state(self, fact: Fact) -> str:
        return format_html_join(" ", "{}", ((badge_by_language(t),) for t in fact.texts.all()))

    def get_queryset(self, request: HttpRequest):
        texts = related(self.model, "texts")
        told = texts.objects.defer(*rich_texts(texts))
        return super().get_queryset(request).prefetch_related(Prefetch("texts", told))


class FactTextInline(admin.StackedInline):
    """The texts of a fact, one a language. What readers know is withdrawn, not deleted."""

    extra = 0
    max_num = len(Language)
    min_num = 1
    fields: ClassVar[Any] = (
        "language",
        "title",
        "slug",
        "summary",
        "body",
        ("published_at", "unpublish_at"),
        "ready",
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or not (obj.is_working_copy or obj.is_known_to_readers())


class FactCorrectionInline(CorrectionInline):
    fields = ("language", "corrected_on", "note")
