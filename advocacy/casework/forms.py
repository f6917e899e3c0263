"""What a case officer types to have somebody taken out. It goes into sealed fields, and nowhere else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.protection.forms import LEAST_LETTERS, Lines
from advocacy.protection.models import Protected

from .sought import Named, normal

_LINE = AdminTextInputWidget(attrs={"autocomplete": "off", "spellcheck": "false"})


class TakeOutForm(forms.Form):
    names = Lines(
        label=_("names to take out"),
        required=False,
        help_text=_(
            "One a line, beside those in the register: also a given name alone, if no one else on the "
            "site is called so. Other spellings and orders are found by themselves."
        ),
    )
    en = forms.CharField(
        label=_("in English instead"),
        widget=_LINE,
        max_length=100,
        help_text=_("A pseudonym, or words such as “a survivor”."),
    )
    ko = forms.CharField(label=_("in Korean instead"), widget=_LINE, max_length=100)

    def __init__(self, *args: Any, person: Protected | None = None, **kwargs: Any) -> None:
        self.registered = [name["text"] for name in person.names] if person else []
        if person:
            said = person.facts["instead"]
            kwargs["initial"] = {"en": said, "ko": said}
        super().__init__(*args, **kwargs)

    def clean_names(self) -> list[str]:
        every = [*self.registered, *self.cleaned_data["names"]]
        if not every:
            raise ValidationError(gettext("Type at least one name."))
        for name in every:
            if len(normal(name)) < LEAST_LETTERS:
                raise ValidationError(gettext("“%s” is too short to be looked for.") % name)
        return every

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        sought = Named(cleaned.get("names", []))
        for field in ("en", "ko"):
            if sought.is_in(cleaned.get(field, "")):
                self.add_error(field, gettext("This is one of the names to take out."))
        return cleaned
