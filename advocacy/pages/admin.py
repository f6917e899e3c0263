from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from advocacy.attachments.inlines import DocumentInline
from advocacy.publishing.admin import TranslatableAdmin
from advocacy.publishing.at_once import LookedAtMixin
from advocacy.publishing.forms import OpenChoices
from advocacy.publishing.models import Language
from advocacy.publishing.parts import CorrectionInline

from .models import MenuItem, Organisation, PageCorrection, PageDocument, StandingPage


class PageDocumentInline(DocumentInline):
    model = PageDocument


class PageCorrectionInline(CorrectionInline):
    model = PageCorrection


@admin.register(StandingPage)
class StandingPageAdmin(TranslatableAdmin):
    list_display = ("title", "language", "key", "state", "since", "until", "waits", "side_by_side")
    inlines = (PageDocumentInline, PageCorrectionInline)
    fieldsets = (
        (
            pgettext_lazy("title and summary", "Heading"),
            {"fields": ("language", "title", "summary", "slug", "key")},
        ),
        (_("Text"), {"fields": ("body",)}),
        (_("Publication"), {"fields": (("published_at", "unpublish_at"),)}),
    )


@admin.register(Organisation)
class OrganisationAdmin(LookedAtMixin, admin.ModelAdmin):
    list_display = ("name", "language")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fieldsets = (
        (None, {"fields": ("language", "name", "short_name", "tagline")}),
        (_("Front page"), {"fields": ("lead", "about")}),
        (_("How to reach us"), {"fields": ("address", "email")}),
        (_("Press desk"), {"fields": ("press_email", "press_phone")}),
        (_("Data to take along"), {"fields": ("data_terms", "licence_url")}),
        (_("Other"), {"fields": ("security_contact", "fine_print")}),
    )

    def has_add_permission(self, request) -> bool:
        """Once in each language. Every page of the desk asks; only those of this list look."""
        here = (request.resolver_match and request.resolver_match.url_name) or ""
        is_full = here.startswith("pages_organisation") and (
            Organisation.objects.count() >= len(Language)
        )
        return not is_full and super().has_add_permission(request)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(MenuItem)
class MenuItemAdmin(LookedAtMixin, OpenChoices, admin.ModelAdmin):
    list_display = ("label", "language", "place", "position")
    list_editable = ("position",)
    list_filter = ("language", "place")
    fields = ("language", "place", "label", "page", "path", "position")
