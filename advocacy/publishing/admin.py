"""What the admin does alike for every record: states, the publish bar, the verbs behind its buttons.

A record that readers know opens read-only; "Change it" makes the working copy, which is what an
editor then types in. So nothing an editor saves is seen by readers before *Publish*.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from . import actions
from .forms import ADDRESSES, RecordForm
from .models import Language, Publication, Record, Translatable
from .states import LiveChangeList, StateFilter, badge, in_seoul, state

Status = Publication.Status


class RecordAdmin(admin.ModelAdmin):
    form = RecordForm
    formfield_overrides = ADDRESSES
    change_form_template = "admin/publishing/record_change_form.html"
    show_full_result_count = False
    save_as = False
    list_per_page = 50

    #: The verbs of the publish bar: address → what it does to the record.
    verbs: ClassVar[tuple[str, ...]] = (
        "open",
        "discard",
        "withdraw",
        "trash",
        "restore",
        "translate",
    )

    def get_changelist(self, request: HttpRequest, **kwargs) -> type[ChangeList]:
        return LiveChangeList

    def get_queryset(self, request: HttpRequest) -> Any:
        found: Any = super().get_queryset(request)
        return found.with_waiting()

    def get_search_results(self, request, queryset, search_term):
        found: Any
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        return found.live(), may_repeat

    def get_urls(self) -> list:
        name = f"{self.opts.app_label}_{self.opts.model_name}_%s"
        verbs = [
            path(
                f"<path:object_id>/{verb}/",
                self.admin_site.admin_view(require_POST(self._verb_view(verb))),
                name=name % verb,
            )
            for verb in self.verbs
        ]
        return verbs + super().get_urls()

    # Who may type where

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        if isinstance(obj, Record) and obj.pk and not obj.is_working_copy:
            return allowed and not obj.is_known_to_readers() and not self._is_trashed(obj)
        return allowed

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Records are put into the trash, where they can be brought back."""
        return False

    def _is_trashed(self, record: Record) -> bool:
        texts = record.publications()
        return bool(texts) and all(text.status == Status.TRASHED for text in texts)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Another record is chosen here, and written on a page of its own."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_add_related = False
        return field

    # The form and its bar

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None):
        fieldsets = super().get_fieldsets(request, obj)
        if not self.has_change_permission(request, obj):
            return fieldsets
        return [*fieldsets, (None, {"fields": ["seen_version"], "classes": ["hidden"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None):
        fields = list(super().get_readonly_fields(request, obj))
        return [*fields, "language"] if isinstance(obj, Translatable) and obj.pk else fields

    def render_change_form(self, request, context, *args, **kwargs) -> HttpResponse:
        record = context.get("original")
        if isinstance(record, Record):
            live = record.live
            context |= {
                "record": record,
                "states": [(text, state(text)) for text in live.publications()],
                "is_trashed": self._is_trashed(record),
                "is_known": live.is_known_to_readers(),
                "waiting": record.changes(),
                "withdrawable": [t for t in live.publications() if t.status == Status.PUBLISHED],
                "missing_languages": self._missing_languages(live),
                "may_publish": super().has_change_permission(request),
                "verb_urls": {verb: self._url(verb, record) for verb in self.verbs},
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def _missing_languages(self, record: Record) -> list[tuple[str, str]]:
        if not isinstance(record, Translatable):
            return []
        group = type(record).objects.live().filter(translation_group=record.translation_group)
        written = set(group.values_list("language", flat=True))
        return [choice for choice in Language.choices if choice[0] not in written]

    def view_on_site(self, record: Record) -> str | None:
        shown = [text for text in record.live.publications() if text.is_public()]
        return shown[0].get_absolute_url() if shown else None

    def save_model(self, request, obj, form, change) -> None:
        if change:
            obj.version += 1
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None) -> HttpResponse:
        return self._and_then(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj) -> HttpResponse:
        return self._and_then(request, obj) or super().response_change(request, obj)

    def response_post_save_change(self, request, obj) -> HttpResponseRedirect:
        return HttpResponseRedirect(self._url("change", obj))

    def response_post_save_add(self, request, obj) -> HttpResponseRedirect:
        return self.response_post_save_change(request, obj)

    def _and_then(self, request: HttpRequest, record: Record) -> HttpResponse | None:
        """What the pressed button asks for beyond saving."""
        if "_publish" in request.POST:
            return self._publish(request, record)
        if "_translate" in request.POST:
            return self._translate(record, request.POST["_translate"])
        return None

    def _translate(self, record: Record, language: str) -> HttpResponse:
        if language not in dict(self._missing_languages(record.live)):
            raise Http404
        draft = actions.start_translation(record=record.live, language=language)
        return HttpResponseRedirect(self._url("change", draft))

    def _publish(self, request: HttpRequest, record: Record) -> HttpResponse:
        try:
            live = actions.publish(record=record, by=request.user)
        except actions.NotPublishable as refused:
            messages.warning(request, gettext("Saved, but not published. First this:"))
            for problem in refused.problems:
                messages.error(request, problem)
            return HttpResponseRedirect(self._url("change", record))
        self.log_change(request, live, gettext("Published."))
        links = format_html_join(
            " · ",
            '<a href="{}">{}</a> ({})',
            ((t.get_absolute_url(), t.title, state(t)) for t in live.publications()),
        )
        messages.success(request, format_html("{} {}", gettext("Published:"), links))
        return HttpResponseRedirect(self._url("change", live))

    @admin.display(description=_("changes"), empty_value="")
    def waits(self, record: Any) -> str:
        return gettext("Changes wait") if record.changes_wait else ""

    # The verbs

    def _verb_view(self, verb: str) -> Callable[..., HttpResponse]:
        @transaction.atomic
        def view(request: HttpRequest, object_id: str) -> HttpResponse:
            record = self.get_object(request, unquote(object_id))
            if record is None:
                raise Http404
            if not super(RecordAdmin, self).has_change_permission(request, record):
                raise PermissionDenied
            return getattr(self, f"do_{verb}")(request, record)

        return view

    def do_open(self, request: HttpRequest, record: Record) -> HttpResponse:
        copy = actions.open_working_copy(record=record)
        return HttpResponseRedirect(self._url("change", copy))

    def do_discard(self, request: HttpRequest, record: Record) -> HttpResponse:
        live = record.live
        actions.discard_working_copy(record=record)
        messages.success(request, gettext("The changes are dropped. Readers noticed nothing."))
        return HttpResponseRedirect(self._url("change", live))

    def do_withdraw(self, request: HttpRequest, record: Record) -> HttpResponse:
        language = request.POST.get("language")
        for text in record.live.publications():
            if text.status == Status.PUBLISHED and language in (None, text.language):
                actions.withdraw(publication=text, by=request.user)
                said = gettext("Withdrawn (%(language)s).") % {
                    "language": text.get_language_display()
                }
                self.log_change(request, record.live, said)
                messages.success(
                    request, gettext("Withdrawn: “%s”. Its address says it is gone.") % text.title
                )
        return HttpResponseRedirect(self._url("change", record.live))

    def do_trash(self, request: HttpRequest, record: Record) -> HttpResponse:
        actions.trash(record=record.live, by=request.user)
        self.log_change(request, record.live, gettext("Moved to the trash."))
        messages.success(request, gettext("In the trash. It can be brought back from there."))
        return HttpResponseRedirect(self._url("change", record.live))

    def do_restore(self, request: HttpRequest, record: Record) -> HttpResponse:
        actions.restore(record=record, by=request.user)
        self.log_change(request, record, gettext("Brought back from the trash."))
        return HttpResponseRedirect(self._url("change", record))

    def do_translate(self, request: HttpRequest, record: Record) -> HttpResponse:
        return self._translate(record, request.POST.get("language", ""))

    def _url(self, view: str, record: Record) -> str:
        return reverse(
            f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{view}",
            args=[record.pk],
        )


class CorrectionInline(admin.TabularInline):
    extra = 0


class TranslatableAdmin(RecordAdmin):
    """Records that are one row a language."""

    list_filter: ClassVar[tuple[Any, ...]] = (StateFilter, "language")
    search_fields: ClassVar[tuple[str, ...]] = ("title", "summary")
    # What is not public yet stands above all that is; an index has this order.
    ordering = (F("published_at").desc(nulls_first=True), "-pk")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"language": get_language(), **super().get_changeform_initial_data(request)}

    @admin.display(
        description=_("public from (Seoul time)"), ordering="published_at", empty_value=""
    )
    def since(self, text: Publication) -> str:
        return in_seoul(text.published_at) if text.published_at else ""

    @admin.display(description=_("state"), ordering="status")
    def state(self, text: Publication) -> str:
        return badge(text)
