"""What the forms of all records share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext


class AddressField(forms.SlugField):
    """The last part of an address, put right where it was typed as people write."""

    def to_python(self, value: Any) -> str:
        return slugify(super().to_python(value) or "", allow_unicode=True)


ADDRESSES: dict[type[models.Field[Any, Any]], dict[str, Any]] = {
    models.SlugField: {"form_class": AddressField, "widget": AdminTextInputWidget}
}


class RecordForm(forms.ModelForm):
    """Knows which version its editor began from, so that nobody overwrites a colleague unawares."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False, label="")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self.instance.version

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        seen = cleaned.get("seen_version")
        if self.instance.pk and seen is not None and seen != self.instance.version:
            typed: Any = self.data  # a QueryDict: several values of a name must stay several
            typed = typed.copy()
            typed[self.add_prefix("seen_version")] = self.instance.version
            self.data = typed
            raise forms.ValidationError(
                gettext(
                    "A colleague has saved this text since you opened it. Your text is still here, below. "
                    "Open the page a second time to see theirs; saving again puts yours in its place."
                )
            )
        return cleaned
