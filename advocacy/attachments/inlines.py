"""Documents beside a record, in the admin of the slices above."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.forms import InOrder
from advocacy.hits.counter import Kind
from advocacy.hits.models import Total
from advocacy.publishing.parts import PartInline
from advocacy.publishing.templatetags.publishing import thousands

from .illustrated import small
from .models import Document
from .templatetags.attachments import details


class Chooser(AutocompleteSelect):
    """Asks for the chosen document once: a form is drawn for its editor, and to note what was seen."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        drawn: dict[tuple, Any] = self.__dict__.setdefault("_drawn", {})
        chosen = tuple(value)
        if chosen not in drawn:
            drawn[chosen] = super().optgroups(name, value, attr)
        return drawn[chosen]


class DocumentInline(PartInline, admin.TabularInline):
    """Says of each document what is known of it, with no query beyond the one for the rows."""

    class Media:
        css = {"all": ["attachments/staff.css"]}

    formset = InOrder
    extra = 0
    fields = ("known", "attachment", "title", "position")
    readonly_fields = ("known",)
    autocomplete_fields = ("attachment",)

    def get_queryset(self, request: HttpRequest) -> Any:
        downloads = Total.objects.filter(item=OuterRef("attachment__uuid"), kind=Kind.DOWNLOAD)
        found = super().get_queryset(request).select_related("attachment")
        return found.annotate(downloaded=Subquery(downloads.values("human")))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = Chooser(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """A document is chosen or uploaded here; in the library it is described or deleted."""
        formset = super().get_formset(request, obj, **kwargs)
        if chooser := formset.form.base_fields.get("attachment"):
            chooser.widget.can_delete_related = chooser.widget.can_view_related = False
        return formset

    @admin.display(description=_("file"))
    def known(self, document: Document) -> str:
        if document.pk is None:
            return ""
        said = gettext("%(n)s downloads") % {
            "n": thousands(getattr(document, "downloaded", 0) or 0)
        }
        return format_html(
            "{}<span>{}<br>{}</span>",
            small(document.attachment),
            details(document.attachment),
            said,
        )
