"""A date of the record in a form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from advocacy.dates import hints
from advocacy.dates.edtf import Date, NotADate, parse, tidy
from advocacy.forms import UnderstoodInput


def understood(value: Date | str | None, language: str | None = None) -> str:
    """A line for staff: what the date means and the days it covers; "" for nothing or for no
    date.
    """
    if not value:
        return ""
    try:
        date = value if isinstance(value, Date) else parse(value)
    except NotADate:
        return ""
    words = date.format(language)
    spans = ", ".join(
        first.isoformat() if first == last else f"{first.isoformat()} – {last.isoformat()}"
        for first, last in date.spans
    )
    return _("Understood as: %(words)s (%(days)s)") % {"words": words, "days": spans}


class EDTFInput(UnderstoodInput):
    answered_by = "dates:understood"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false"} | (attrs or {}))

    def format_value(self, value: Any) -> str | None:
        return str(value) if value else None

    def understood(self, value: Any) -> str:
        return understood(value)


class EDTFFormField(forms.CharField):
    """Gives a Date, or None where nothing was typed; its help lists the forms a date can take."""

    widget = EDTFInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs["help_text"] = kwargs.get("help_text") or hints.FORMS
        # Too long is said by the reader of dates, in words of its own.
        kwargs.pop("max_length", None)
        kwargs["empty_value"] = None
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(str(value) if value else value)
        if text is None:
            return None
        try:
            return parse(text)
        except NotADate as refusal:
            raise ValidationError(str(refusal), code="date") from refusal

    def has_changed(self, initial: Any, data: Any) -> bool:
        return tidy(str(initial or "")) != tidy(str(data or ""))
