"""How the library is narrowed down."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Min
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from . import finding, uses
from .models import Attachment, Use


class VisibilityFilter(admin.SimpleListFilter):
    title = _("who can open it")
    parameter_name = "seen"

    def lookups(self, request, model_admin):
        return [
            ("public", _("Everyone")),
            ("staff", _("Staff only")),
            ("unused", _("Used nowhere")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "public":
            return queryset.visible()
        if self.value() == "staff":
            return queryset.exclude(pk__in=Attachment.objects.visible())
        if self.value() == "unused":
            return queryset.exclude(finding.is_used())
        return queryset


class UsedByFilter(admin.SimpleListFilter):
    title = _("what uses it")
    parameter_name = "used_by"

    def lookups(self, request, model_admin):
        records = dict.fromkeys(uses.record_of(use) for use in uses.kinds(Use))
        return [
            (model._meta.label_lower, capfirst(model._meta.verbose_name_plural))
            for model in records
        ]

    def queryset(self, request, queryset):
        kind = self.value()
        return finding.used_by(queryset, kind, request.user) if kind else queryset


class UploadedFilter(admin.SimpleListFilter):
    title = _("year of the upload")
    parameter_name = "uploaded"

    def lookups(self, request, model_admin):
        """All years since the first: to ask which have any would be to read the whole library."""
        first = Attachment.objects.aggregate(first=Min("uploaded_at"))["first"]
        if first is None:
            return []
        years = range(timezone.localtime().year, timezone.localtime(first).year - 1, -1)
        return [(str(year), str(year)) for year in years]

    def queryset(self, request, queryset):
        known = [value for value, _name in self.lookup_choices]
        year = self.value()
        return queryset.filter(uploaded_at__year=int(year)) if year in known else queryset
