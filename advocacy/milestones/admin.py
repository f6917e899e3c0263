from uuid import UUID

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from advocacy.attachments.inlines import DocumentInline
from advocacy.hits.admin import ReachMixin
from advocacy.hits.counter import Kind
from advocacy.publishing.admin import FactAdmin, FactCorrectionInline, FactTextInline

from .models import (
    Milestone,
    MilestoneCorrection,
    MilestoneDocument,
    MilestoneSymbol,
    MilestoneText,
)


class MilestoneTextInline(ReachMixin, FactTextInline):
    model = MilestoneText
    readonly_fields = ("reach",)
    reach_kinds = (Kind.VIEW,)
    fields = (
        "language",
        "title",
        "slug",
        "summary",
        "body",
        "our_part",
        ("published_at", "unpublish_at"),
        "ready",
        "reach",
    )

    def reach_item(self, record: MilestoneText) -> UUID:
        return record.standing.uuid


class SymbolInline(admin.TabularInline):
    model = MilestoneSymbol
    extra = 0
    fields = ("symbol", "position")


class MilestoneDocumentInline(DocumentInline):
    model = MilestoneDocument


class MilestoneCorrectionInline(FactCorrectionInline):
    model = MilestoneCorrection


@admin.register(Milestone)
class MilestoneAdmin(FactAdmin):
    list_display = ("title", "date", "body", "kind", "turning_point", "state", "waits")
    list_filter = (*FactAdmin.list_filter, "body", "kind", "turning_point", "own_step")
    search_fields = (*FactAdmin.search_fields, "symbols__symbol")
    inlines = (
        SymbolInline,
        MilestoneTextInline,
        MilestoneDocumentInline,
        MilestoneCorrectionInline,
    )
    ordering = ("-date_earliest", "-pk")
    autocomplete_fields = ("articles", "meetings")
    fieldsets = (
        (_("What happened"), {"fields": ("date", ("body", "kind"), ("own_step", "turning_point"))}),
        (
            _("Outcome"),
            {"fields": ("outcome", ("votes_for", "votes_against", "votes_abstaining"))},
        ),
        (_("Links to the record"), {"fields": ("meetings", "articles")}),
    )
