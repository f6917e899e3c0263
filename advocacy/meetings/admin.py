from uuid import UUID

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from advocacy.attachments.illustrated import IllustratedMixin
from advocacy.attachments.inlines import DocumentInline
from advocacy.forms import InOrder
from advocacy.hits.admin import ReachMixin
from advocacy.publishing.fact_admin import FactAdmin, FactCorrectionInline, FactTextInline
from advocacy.publishing.parts import PartInline

from .models import Meeting, MeetingCorrection, MeetingDocument, MeetingText, Participant


class MeetingTextInline(ReachMixin, FactTextInline):
    model = MeetingText
    readonly_fields = ("reach",)
    fields = (*FactTextInline.fields, "reach")

    def reach_item(self, record: MeetingText) -> UUID:
        return record.standing.uuid


class ParticipantInline(PartInline, admin.StackedInline):
    model = Participant
    formset = InOrder
    extra = 0
    fields = (
        ("role", "position"),
        ("name_en", "name_ko"),
        ("office_en", "office_ko"),
        ("organisation_en", "organisation_ko"),
    )


class MeetingDocumentInline(DocumentInline):
    model = MeetingDocument


class MeetingCorrectionInline(FactCorrectionInline):
    model = MeetingCorrection


@admin.register(Meeting)
class MeetingAdmin(IllustratedMixin, FactAdmin):
    pictured_by = ("texts__figures", "documents")
    list_display_links = ("title",)
    list_display = ("picture", "title", "when", "state", "since", "until", "waits", "side_by_side")
    inlines = (
        MeetingTextInline,
        ParticipantInline,
        MeetingDocumentInline,
        MeetingCorrectionInline,
    )
    ordering = ("-date_earliest", "-pk")
    autocomplete_fields = ("articles",)
    fieldsets = (
        (_("When and where"), {"fields": ("date", ("place_en", "place_ko"))}),
        (_("Links to the record"), {"fields": ("articles",)}),
    )
