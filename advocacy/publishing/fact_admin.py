"""What the admin does alike for every fact: one page for all its languages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Prefetch
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from .admin import CorrectionInline, RecordAdmin
from .forms import ADDRESSES
from .models import Fact, Language
from .queryset import related
from .richtext import rich_texts
from .states import LiveChangeList, StateFilter, badge_by_language


class FactChangeList(LiveChangeList):
    def get_queryset(self, request, exclude_parameters=None) -> Any:
        texts = related(self.model, "texts")
        told = Prefetch("texts", texts.objects.defer(*rich_texts(texts)))
        return super().get_queryset(request, exclude_parameters).prefetch_related(told)


class FactAdmin(RecordAdmin):
    """Records with a text per language, edited on one page."""

    list_filter: ClassVar[tuple[Any, ...]] = (StateFilter,)
    search_fields: ClassVar[tuple[str, ...]] = ("texts__title", "texts__summary")

    def get_changelist(self, request: HttpRequest, **kwargs) -> type[ChangeList]:
        return FactChangeList

    @admin.display(description=_("title"))
    def title(self, fact: Fact) -> str:
        return str(fact)

    @admin.display(description=_("date"), ordering="date_earliest")
    def when(self, fact: Any) -> str:
        return fact.date.format()

    @admin.display(description=_("state"))
    def state(self, fact: Fact) -> str:
        return format_html_join(" ", "{}", ((badge_by_language(t),) for t in fact.texts.all()))


class FactTextFormSet(BaseInlineFormSet):
    """Each new text is offered in a language that none before it is in."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        told = {form.instance.language for form in self.initial_forms}
        desk = get_language() or Language.EN
        self.to_tell = sorted(set(Language.values) - told, key=lambda code: code != desk)
        for form, language in zip(self.extra_forms, self.to_tell, strict=False):
            form.initial["language"] = language

    @property
    def empty_form(self) -> Any:
        form = super().empty_form
        untold = self.to_tell[len(self.extra_forms) :]
        form.initial["language"] = next(iter(untold), Language.EN)
        return form

    def get_unique_error_message(self, unique_check: Any) -> str:
        if "language" in unique_check:
            return gettext("Two texts are in the same language. Choose the other language for one.")
        return super().get_unique_error_message(unique_check)


class FactTextInline(admin.StackedInline):
    """The texts of a fact, one a language. What readers know is withdrawn, not deleted."""

    formset = FactTextFormSet
    formfield_overrides = ADDRESSES
    extra = 0
    max_num = len(Language)
    min_num = 1
    fields: ClassVar[Any] = (
        "language",
        "title",
        "summary",
        "slug",
        "body",
        ("published_at", "unpublish_at"),
        "ready",
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or not (obj.is_working_copy or obj.is_known_to_readers())


class FactCorrectionInline(CorrectionInline):
    fields = ("language", "corrected_on", "note")
