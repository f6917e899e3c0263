from uuid import UUID

from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.attachments.illustrated import IllustratedMixin
from advocacy.attachments.inlines import DocumentInline
from advocacy.forms import InOrder
from advocacy.hits.admin import ReachMixin
from advocacy.publishing.fact_admin import FactAdmin, FactCorrectionInline, FactTextInline
from advocacy.publishing.parts import PartInline
from advocacy.un.filters import BodyFilter
from advocacy.un.templatetags.un import body_short

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
    fields = (
        "language",
        "title",
        "summary",
        "slug",
        "body",
        "our_part",
        ("published_at", "unpublish_at"),
        "ready",
        "reach",
    )

    def reach_item(self, record: MilestoneText) -> UUID:
        return record.standing.uuid


class SymbolInline(PartInline, admin.TabularInline):
    model = MilestoneSymbol
    formset = InOrder
    extra = 0
    fields = ("symbol", "position")


class MilestoneDocumentInline(DocumentInline):
    model = MilestoneDocument


class MilestoneCorrectionInline(FactCorrectionInline):
    model = MilestoneCorrection


@admin.register(Milestone)
class MilestoneAdmin(IllustratedMixin, FactAdmin):
    pictured_by = ("texts__figures", "documents")
    list_display_links = ("title",)
    list_display = (
        "picture",
        "title",
        "when",
        "acted",
        "kind",
        "turns",
        "state",
        "since",
        "until",
        "waits",
        "side_by_side",
    )
    list_filter = (*FactAdmin.list_filter, BodyFilter, "kind", "turning_point", "own_step")
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

    @admin.display(description=_("UN body"), ordering="body", empty_value="")
    def acted(self, milestone: Milestone) -> str:
        """In its short form: of full names, a line of the list would have no end."""
        return body_short(milestone.body)

    @admin.display(description=_("turning point"), ordering="turning_point", empty_value="")
    def turns(self, milestone: Milestone) -> str:
        return gettext("Turning point") if milestone.turning_point else ""
