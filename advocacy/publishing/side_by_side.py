"""A translation written beside its original, field by field.

The page is the form of the record with fewer fields and another template: what is typed there takes
the way of all that is typed, with the same lock, the same checks and the same history.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from . import translating
from .forms import Hidden, RecordForm
from .models import FactText, Language, Record, Translatable
from .states import in_seoul
from .templatetags.desk_places import place
from .translating import Pair, Since
from .unsaved import BESIDE
from .verbs import VerbsMixin

#: Written by hand in each language, though nobody translates an address.
ADDRESS = "slug"


class Row(NamedTuple):
    """One field of both texts."""

    name: str
    label: str
    field: Any  # of the translation, typed in or only read; None where it is not begun
    table: SafeString | str  # what has changed in the original since


class FollowsForm(RecordForm):
    """Knows what its writer has before them, and whether the translation now says the same."""

    follows = forms.BooleanField(
        label=_("The translation says all that the original says here"),
        required=False,
        help_text=_(
            "What changes in the original from now on is then shown here as new. Without this mark, "
            "what has changed so far stays marked."
        ),
    )
    original_seen = Hidden()
    side_by_side = Hidden()

    bookkeeping = (*RecordForm.bookkeeping, "original_seen", "side_by_side", "follows")


class OneLanguage:
    """Mix in before a formset of a fact's texts: the one that is written beside another."""

    language = ""

    forms: list[Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for form in self.forms:
            form.initial["language"] = self.language

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)  # type: ignore[misc]
        field = form.fields.get("language")
        if field:
            field.choices = [(self.language, Language(self.language).label)]
            field.widget = forms.HiddenInput()


class SideBySideMixin(VerbsMixin):
    """Mix in before ModelAdmin, for records with a `RecordForm`."""

    #: What is written beside what; only on the page for it.
    pair: Pair | None = None

    def get_urls(self) -> list:
        name = f"{self.opts.app_label}_{self.opts.model_name}_side_by_side"
        allowed = require_http_methods(["GET", "HEAD", "POST"])(self.side_by_side_view)
        view = self.admin_site.admin_view(allowed)
        return [
            path("<path:object_id>/side-by-side/<lang:language>/", view, name=name),
            *super().get_urls(),
        ]

    def side_by_side_view(
        self, request: HttpRequest, object_id: str, language: str
    ) -> HttpResponse:
        record = self.get_object(request, unquote(object_id))
        pair = record and translating.pair(record, language, request.user)
        if not pair:
            raise Http404
        return self._beside(pair).changeform_view(request, object_id)

    def _beside(self, pair: Pair) -> SideBySideMixin:
        """This admin, with the fields alone that are written beside others."""
        side: Any = copy.copy(self)
        side.pair, side.beside = pair, pair.language
        side.form = type("SideBySideForm", (FollowsForm, self.form), {})
        side.change_form_template = "admin/publishing/side_by_side.html"
        side.readonly_fields = ()
        if isinstance(pair.record, Translatable):
            fields = _in_both(pair, flatten_fieldsets(self.fieldsets or ()))
            side.fieldsets, side.inlines = [(None, {"fields": fields})], ()
        else:
            side.fieldsets = [(None, {"fields": ()})]
            side.inlines = [_inline_of(pair, self.inlines)]
        return side

    # Saving

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        form.followed = None
        if self.pair and form.cleaned_data.get("follows"):
            seen = form.cleaned_data.get("original_seen") or ""
            form.followed = translating.entry_of(self.pair.original, seen)
            if form.followed and isinstance(obj, Translatable):
                obj.translated_from = form.followed.pk
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if self.pair and form.followed and not isinstance(form.instance, Translatable):
            text = form.instance.texts.filter(language=self.pair.language).first()
            if text:
                text.translated_from = form.followed.pk
                text.save(update_fields=["translated_from"])

    # Where it leads, and what leads to it

    def form_url(self, record: Record) -> str:
        if self.beside:
            return self.side_by_side_url(record, self.beside)
        return super().form_url(record)

    def do_open(self, request: HttpRequest, record: Record) -> HttpResponse:
        """With `side_by_side`, to that page of the working copy."""
        answer = super().do_open(request, record)
        language, opened = request.POST.get("side_by_side"), record.live.changes()
        if language in Language.values and opened:
            return HttpResponseRedirect(self.side_by_side_url(opened, language))
        return answer

    def side_by_side_url(self, record: Record, language: str) -> str:
        return reverse(self.url_name("side_by_side"), args=[record.pk, language])

    def links(self, record: Record, pairs: Iterable[tuple[str, str]]) -> SafeString:
        """By languages of original and translation, which a reader of either tells apart."""
        return format_html_join(
            " · ",
            '<a href="{}">{} → {}</a>',
            (
                (self.side_by_side_url(record, to), Language(of).label, Language(to).label)
                for of, to in pairs
            ),
        )

    @admin.display(description=_("side by side"), empty_value="")
    def side_by_side(self, record: Any) -> str:
        """A column of lists."""
        if isinstance(record, Translatable):
            pairs = [(of, record.language) for of in record.told_in]
        else:
            told = [text.language for text in record.texts.all()]
            pairs = [(of, to) for of in told for to in Language.values if to != of]
        return self.links(record, pairs)

    def fill(self, request: HttpRequest, records: list[Any]) -> None:
        """What the column needs, for all lines of a page at once."""
        super().fill(request, records)
        if issubclass(self.model, Translatable):
            groups = {record.translation_group for record in records}
            others = self.model.objects.open_to(request.user).live()
            others = others.filter(translation_group__in=groups, trashed_at__isnull=True)
            told = set(others.values_list("translation_group", "language"))
            for record in records:
                group, own = record.translation_group, record.language
                record.told_in = [code for one, code in told if one == group and code != own]

    # The page

    def render_change_form(self, request, context, *args, **kwargs) -> HttpResponse:
        record = context.get("original")
        if self.pair:
            context |= self._both(request, self.pair, context)
        elif isinstance(record, Record) and record.live.trashed_at is None:
            pairs = translating.pairs(record, request.user)
            said = ((one.original.language, one.language) for one in pairs)
            context["side_by_side"] = self.links(record, said)
        return super().render_change_form(request, context, *args, **kwargs)

    def _both(self, request: HttpRequest, pair: Pair, context: Any) -> dict[str, Any]:
        is_new = pair.text is None or pair.text.translated_from is None
        since = None if is_new else translating.since(pair.text, pair.original)
        form = context["adminform"].form
        form.initial |= {
            "original_seen": translating.seen(pair.original),
            BESIDE: pair.language,
            "follows": since is None or not since.differences,
        }
        text_form = _text_form(context["inline_admin_formsets"])
        fields = {_name(field): field for field in _fields(context["adminform"], text_form)}
        rows = list(_rows(pair, since, fields))
        if checks := context.get("checks"):
            here = {f"#{place(row.field)}" for row in rows if row.field}
            context["checks"] = checks.with_links(self.url("change", pair.record), here)
        return {
            "pair": pair,
            "text_form": text_form,
            "ready": fields.get("ready"),
            "follows": fields.get("follows"),
            "original_name": pair.names[0],
            "translation_name": pair.names[1],
            "since": since,
            "since_at": in_seoul(since.at) if since else "",
            "rows": rows,
            "title": gettext("Side by side"),
            "ordinary_url": self.url("change", pair.record),
            "list_url": reverse(self.url_name("changelist")),
        }


def _inline_of(pair: Pair, inlines: Iterable[Any]) -> Any:
    """The inline of a fact's texts, for one language."""
    base: Any = next(inline for inline in inlines if issubclass(inline.model, FactText))
    formset = type("OneText", (OneLanguage, base.formset), {"language": pair.language})
    fields = ["language", *_in_both(pair, flatten_fieldsets([(None, {"fields": base.fields})]))]

    def get_queryset(self: Any, request: HttpRequest) -> Any:
        return base.get_queryset(self, request).filter(language=pair.language)

    about = {
        "formset": formset,
        "fields": [*fields, "ready"],
        "readonly_fields": (),
        "max_num": 1,
        "can_delete": False,
        "get_queryset": get_queryset,
    }
    return type("OneTextInline", (base,), about)


def _in_both(pair: Pair, fields: Iterable[str]) -> list[str]:
    own = {field.name for field in translating.words(type(pair.original))} | {ADDRESS}
    return [name for name in fields if name in own]


def _rows(pair: Pair, since: Since | None, fields: Mapping[str, Any]) -> Iterator[Row]:
    model: Any = type(pair.original)
    pictures = _pictures(pair.original)
    words = [field.name for field in translating.words(model)]
    for name in _in_both(pair, fields) or words:
        label = capfirst(str(model._meta.get_field(name).verbose_name))
        table: SafeString | str = ""
        if since and name in since.differences:
            table = since.differences[name].table(
                left=gettext("As it was translated (%s)") % in_seoul(since.at),
                right=gettext("As it stands now"),
                caption=gettext("What has changed in the original: %s") % label,
                pictures=pictures,
            )
        yield Row(name, label, fields.get(name), table)


def _text_form(inlines: Iterable[Any]) -> Any:
    """Of the one text of a fact that is written here; there is none where it may not be begun."""
    for one in inlines:
        if one.formset.initial_forms or one.has_add_permission:
            return next(iter(one))
    return None


def _fields(adminform: Any, text_form: Any) -> Iterator[Any]:
    for fieldset in (*adminform, *(text_form or ())):
        for line in fieldset:
            yield from line


def _name(field: Any) -> str:
    return field.field["name"] if field.is_readonly else field.field.name


def _pictures(text: Any) -> dict[str, str]:
    """How what it shows is called, by uuid."""
    if not hasattr(text, "figures"):
        return {}
    rows = text.figures.select_related("attachment")
    return {str(row.attachment.uuid): str(row.attachment) for row in rows}
