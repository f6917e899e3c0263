"""The list of files that wait to be made PDFs."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from advocacy.attachments import storage

from .models import Held


class DoneFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("waiting", _("still to convert")), ("done", _("done"))]

    def queryset(self, request, queryset):
        if self.value() in ("waiting", "done"):
            return queryset.filter(done_at__isnull=self.value() == "waiting")
        return queryset


@admin.register(Held)
class HeldAdmin(admin.ModelAdmin):
    list_display = ("file", "where", "reason", "bytes", "downloads", "done_at")
    list_display_links = None
    list_filter = (DoneFilter,)
    search_fields = ("shown",)
    actions = ("mark_done",)
    readonly_fields = ("file", "where", "reason", "bytes", "downloads", "came_at", "done_at")
    fields = readonly_fields
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("file"), ordering="shown")
    def file(self, held: Held) -> SafeString:
        address = reverse("imports:held", args=[held.uuid])
        return format_html('<a href="{}" download>{}</a>', address, held.shown)

    @admin.display(description=_("text"))
    def where(self, held: Held) -> SafeString:
        address = reverse("imports:text", args=[held.record])
        return format_html('<a href="{}">{} {}</a>', address, held.source, held.post)

    @admin.display(description=_("size"), ordering="size")
    def bytes(self, held: Held) -> str:
        return filesizeformat(held.size)

    @admin.action(description=_("Mark as converted"), permissions=["change"])
    def mark_done(self, request: HttpRequest, queryset: QuerySet[Held]) -> None:
        number = queryset.filter(done_at__isnull=True).update(done_at=timezone.now())
        said = ngettext("%(n)d file is done.", "%(n)d files are done.", number)
        self.message_user(request, said % {"n": number}, messages.SUCCESS)

    def delete_model(self, request: HttpRequest, obj: Held) -> None:
        self.delete_queryset(request, Held.objects.filter(pk=obj.pk))

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Held]) -> None:
        """The bytes go when the rows are gone."""
        keys = list(queryset.values_list("key", flat=True))
        super().delete_queryset(request, queryset)
        transaction.on_commit(lambda: storage.drop(keys))
