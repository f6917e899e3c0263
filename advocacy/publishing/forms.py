"""What the forms of all records share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast
from uuid import uuid4

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import slugify

from .models import Record

if TYPE_CHECKING:
    Base = admin.ModelAdmin[models.Model]
else:
    Base = object


class AddressField(forms.SlugField):
    """The last part of an address, put right where it was typed as people write."""

    def to_python(self, value: Any) -> str:
        return slugify(super().to_python(value) or "", allow_unicode=True)


ADDRESSES: dict[type[models.Field[Any, Any]], dict[str, Any]] = {
    models.SlugField: {"form_class": AddressField, "widget": AdminTextInputWidget}
}


class Hidden(forms.CharField):
    """What a form carries along and says nothing of the record with."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, label="")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class TextForm(forms.ModelForm):
    """As long as no reader knows a text, an address made from its title is made anew with it: the
    form shows such an address behind an empty field.
    """

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        text = self.instance
        if "slug" in self.fields and text.pk and text.address_follows_title():
            self.initial["slug"] = ""
            self.fields["slug"].widget.attrs["placeholder"] = text.slug


class RecordForm(TextForm):
    """Knows what its editor began from, so that nobody overwrites a colleague unawares (`editing`)."""

    seen_version = Hidden()
    seen = Hidden()
    unsaved = Hidden()

    bookkeeping: ClassVar[tuple[str, ...]] = ("seen_version", "seen", "unsaved")
    #: Whether it is shown again with what was typed, whatever that is.
    held = False

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self.instance.version
        self.fields["unsaved"].initial = uuid4
        self.unseen = self._unseen() if self.instance.pk else {}
        for name, records in self.unseen.items():
            self.initial[name] = [one for one in self.initial[name] if one not in records]

    def is_valid(self) -> bool:
        return super().is_valid() and not self.held

    def _unseen(self) -> dict[str, list[models.Model]]:
        """By field, what is chosen already and is not this editor's to see: it stays chosen."""
        found = {}
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelMultipleChoiceField):
                chosen, offered = getattr(self.instance, name), cast("QuerySet", field.queryset)
                if rest := list(chosen.exclude(pk__in=offered.values("pk"))):
                    found[name] = rest
        return found

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        for name, records in self.unseen.items():
            if name in cleaned:
                cleaned[name] = [*cleaned[name], *records]
        return cleaned


class OpenChoices(Base):
    """A ModelAdmin whose forms offer, of records, those that its user may open."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_foreignkey(
            db_field, request, **self._open(db_field, request), **kwargs
        )

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_manytomany(
            db_field, request, **self._open(db_field, request), **kwargs
        )

    def _open(self, db_field: Any, request: HttpRequest) -> dict[str, Any]:
        kind = db_field.related_model
        if not issubclass(kind, Record):
            return {}
        return {"queryset": kind.objects.open_to(request.user)}
