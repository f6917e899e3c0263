"""What the admin does alike for every fact: one page for all its languages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Exists, FilteredRelation, OuterRef, Q
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from .admin import RecordAdmin
from .forms import ADDRESSES, TextForm
from .models import Fact, FactText, Language
from .moments import MOMENTS
from .parts import CorrectionInline, PartInline
from .people import EDIT_ALL
from .queryset import related
from .states import StateFilter, badge_by_language, on_clocks


class FactAdmin(RecordAdmin):
    """Records with a text per language, edited on one page."""

    list_filter: ClassVar[tuple[Any, ...]] = (StateFilter,)
    search_fields: ClassVar[tuple[str, ...]] = ("opened__title", "opened__summary")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str):
        """Searches the texts that may be opened: a hit in another would tell what stands there."""
        every, public = FilteredRelation("texts"), self._public_texts()
        theirs = queryset.editable_by(request.user).annotate(opened=every)
        found, _repeats = super().get_search_results(request, theirs, search_term)
        if request.user.has_perm(EDIT_ALL):  # once, in however many languages it is found
            return queryset.filter(pk__in=found.values("pk")), False
        others = queryset.annotate(opened=public)
        read, _repeats = super().get_search_results(request, others, search_term)
        either = Q(pk__in=found.values("pk")) | Q(pk__in=read.values("pk"))
        return queryset.filter(either), False

    def _public_texts(self) -> FilteredRelation:
        texts = related(self.model, "texts").objects.all()
        return FilteredRelation("texts", condition=texts.is_published(relation="texts__"))

    @admin.display(description=_("title"))
    def title(self, fact: Fact) -> str:
        return str(fact)

    @admin.display(description=_("date"), ordering="date_earliest")
    def when(self, fact: Any) -> str:
        return fact.date.format()

    @admin.display(description=_("state"))
    def state(self, fact: Fact) -> str:
        return format_html_join(" ", "{}", ((badge_by_language(t),) for t in fact.texts.all()))

    @admin.display(description=_("public from (Seoul time)"), empty_value="")
    def since(self, fact: Fact) -> str:
        return self._moments(fact, "published_at")

    @admin.display(description=_("public until (Seoul time)"), empty_value="")
    def until(self, fact: Fact) -> str:
        return self._moments(fact, "unpublish_at")

    def _moments(self, fact: Fact, name: str) -> str:
        """Of each text; once where they all have the same."""
        told = {text.get_language_display(): getattr(text, name) for text in fact.texts.all()}
        if len(set(told.values())) <= 1:
            return on_clocks(next(iter(told.values()), None))
        said = ((language, on_clocks(moment)) for language, moment in told.items() if moment)
        return format_html_join(mark_safe("<br>"), "{}: {}", said)


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


class FactTextInline(PartInline, admin.StackedInline):
    """The texts of a fact, one a language. What readers know is withdrawn, not deleted."""

    form = TextForm
    formset = FactTextFormSet
    formfield_overrides = {**ADDRESSES, **MOMENTS}
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

    def get_queryset(self, request: HttpRequest) -> Any:
        texts: Any = super().get_queryset(request)
        return texts.open_to(request.user)

    def view_on_site(self, text: FactText) -> str | None:
        """Where readers find this language, while they do."""
        shown = text.standing
        return shown.get_absolute_url() if shown.is_public() else None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_new = obj is None or not (obj.is_working_copy or obj.is_known_to_readers())
        return is_new and super().has_delete_permission(request, obj)


class FactCorrectionInline(CorrectionInline):
    fields = ("language", "corrected_on", "note")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Those of texts that may be opened."""
        notes: Any = super().get_queryset(request)
        owner = str(self.parent_model._meta.model_name)
        texts = related(self.parent_model, "texts").objects.open_to(request.user)
        return notes.filter(
            Exists(texts.filter(fact=OuterRef(owner), language=OuterRef("language")))
        )
