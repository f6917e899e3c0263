"""What the admin does alike for every record.

A record that readers know opens read-only; "Change it" makes the working copy, which is what an
editor then types in. So nothing an editor saves is seen by readers before *Publish*.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import F, Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from .access import Deed
from .bar import BarMixin
from .editing import EditingMixin
from .forms import ADDRESSES, OpenChoices, RecordForm
from .history_pages import HistoryMixin
from .models import Publication, Record, Translatable
from .moments import MOMENTS
from .panel import PanelMixin
from .preview import PreviewMixin
from .share_page import SharingMixin
from .side_by_side import SideBySideMixin
from .states import LanguageFilter, LatePaginator, LiveChangeList, StateFilter, badge, on_clocks

MOST_PAGES = 10_000


class RecordAdmin(
    PreviewMixin,
    EditingMixin,
    SharingMixin,
    BarMixin,
    PanelMixin,
    HistoryMixin,
    SideBySideMixin,
    OpenChoices,
    ModelAdmin,
):
    form = RecordForm
    formfield_overrides = {**ADDRESSES, **MOMENTS}
    change_form_template = "admin/publishing/record_change_form.html"
    change_list_template = "admin/publishing/record_change_list.html"
    paginator = LatePaginator
    show_full_result_count = False
    save_as = False
    list_per_page = 50

    # What is fetched

    def get_paginator(self, request: HttpRequest, queryset: Any, per_page: int, *args, **kwargs):
        pages: Any = super().get_paginator(request, queryset, per_page, *args, **kwargs)
        asked = request.GET.get(PAGE_VAR, "")
        pages.asked = min(int(asked), MOST_PAGES) if asked.isdecimal() else 1
        return pages

    def get_changelist(self, request: HttpRequest, **kwargs) -> type[ChangeList]:
        return LiveChangeList

    def get_queryset(self, request: HttpRequest) -> Any:
        found: Any = super().get_queryset(request)
        return found.open_to(request.user)

    def fill(self, request: HttpRequest, records: list[Any]) -> None:
        """Whether a working copy that is theirs waits to replace it."""
        super().fill(request, records)
        copies = self.model._default_manager.editable_by(request.user)
        waiting = set(copies.filter(replaces__in=records).values_list("replaces", flat=True))
        for record in records:
            record.changes_wait = record.pk in waiting

    def get_search_results(self, request, queryset, search_term):
        found: Any
        words = search_term.replace("\x00", "�")  # PostgreSQL takes no NUL
        found, may_repeat = super().get_search_results(request, queryset, words)
        return found.live(), may_repeat

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        record: Any = super().get_object(request, object_id, from_field)
        if record is not None:
            record.opened_by = request.user
        return record

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id) -> HttpResponse:
        """As for what one may not know of: the desk would else tell of the one and not of the other."""
        raise Http404

    # Who may type where

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        if isinstance(obj, Record) and obj.pk:
            return allowed and Deed.SAVE in self.access(request, obj)
        return allowed

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Records are put into the trash, where they can be brought back."""
        return False

    def delete_view(self, request: HttpRequest, object_id: str, extra_context=None) -> HttpResponse:
        raise Http404

    # The form

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Another record is chosen here, and written on a page of its own."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_add_related = False
        return field

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None):
        fieldsets = super().get_fieldsets(request, obj)
        if not self.has_change_permission(request, obj):
            return fieldsets
        return [*fieldsets, (None, {"fields": self.form.bookkeeping, "classes": ["hidden"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None):
        fields = list(super().get_readonly_fields(request, obj))
        return [*fields, "language"] if isinstance(obj, Translatable) and obj.pk else fields

    def view_on_site(self, record: Record) -> str | None:
        shown = [text for text in record.live.publications() if text.is_public()]
        return shown[0].get_absolute_url() if shown else None

    def save_model(self, request, obj, form, change) -> None:
        if change:
            obj.version += 1
        else:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None) -> HttpResponse:
        return self.and_then(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj) -> HttpResponse:
        return self.and_then(request, obj) or super().response_change(request, obj)

    def response_post_save_change(self, request, obj) -> HttpResponseRedirect:
        return self.to(obj)

    def response_post_save_add(self, request, obj) -> HttpResponseRedirect:
        return self.to(obj)

    @admin.display(description=_("changes"), empty_value="")
    def waits(self, record: Any) -> str:
        return gettext("Changes wait") if record.changes_wait else ""


class TranslatableAdmin(RecordAdmin):
    """Records that are one row a language."""

    list_filter: ClassVar[tuple[Any, ...]] = (StateFilter, LanguageFilter)
    search_fields: ClassVar[tuple[str, ...]] = ("title", "summary")
    # What is not public yet stands above all that is; an index has this order.
    ordering = (F("published_at").desc(nulls_first=True), "-pk")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"language": get_language(), **super().get_changeform_initial_data(request)}

    @admin.display(
        description=_("public from (Seoul time)"), ordering="published_at", empty_value=""
    )
    def since(self, text: Publication) -> str:
        return on_clocks(text.published_at)

    @admin.display(
        description=_("public until (Seoul time)"), ordering="unpublish_at", empty_value=""
    )
    def until(self, text: Publication) -> str:
        return on_clocks(text.unpublish_at)

    @admin.display(description=_("state"), ordering="status")
    def state(self, text: Publication) -> str:
        return badge(text)
