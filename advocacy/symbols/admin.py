from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from advocacy.publishing.at_once import LookedAtMixin
from advocacy.publishing.parts import PartInline
from advocacy.un.filters import BodyFilter
from advocacy.un.templatetags.un import body_short

from .models import Relation, UNDocument


class RelationInline(PartInline, admin.TabularInline):
    model = Relation
    extra = 0
    fields = ("kind", "other")


@admin.register(UNDocument)
class UNDocumentAdmin(LookedAtMixin, admin.ModelAdmin):
    list_display = ("symbol", "title", "when", "of", "kind", "page")
    list_filter = (BodyFilter, "kind")
    search_fields = ("symbol", "title_en", "title_ko")
    inlines = (RelationInline,)
    show_full_result_count = False
    fieldsets = (
        (None, {"fields": ("symbol", ("title_en", "title_ko"), "date")}),
        (
            _("What its symbol says, unless it says otherwise"),
            {"fields": ("kind", "body", "session")},
        ),
        (_("Where it came from"), {"fields": ("agenda_item", "sponsors")}),
        (
            _("Outcome"),
            {"fields": ("outcome", ("votes_for", "votes_against", "votes_abstaining"))},
        ),
    )

    @admin.display(description=_("title"))
    def title(self, document: UNDocument) -> str:
        return document.title(get_language() or "en")

    @admin.display(description=_("date"), ordering="date_earliest", empty_value="")
    def when(self, document: Any) -> str:
        return document.date.format() if document.date else ""

    @admin.display(description=_("UN body"), ordering="body")
    def of(self, document: UNDocument) -> str:
        return body_short(document.body)

    @admin.display(description=_("page"))
    def page(self, document: UNDocument) -> str:
        read = document.read
        if read is None:
            return ""
        return format_html(
            '<a href="{}">{}</a>', read.page(get_language() or "en"), gettext("Open")
        )
