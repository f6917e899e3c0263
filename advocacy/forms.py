"""What the forms of several slices share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString


class UnderstoodInput(forms.TextInput):
    """A line of text that says beneath itself what its value was understood to mean."""

    def understood(self, value: Any) -> str:
        """The line for staff; "" where there is nothing to say."""
        raise NotImplementedError

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        attrs = dict(attrs or {})
        said = self.understood(value)
        if not said:
            return super().render(name, value, attrs, renderer)
        hint = f"{attrs.get('id') or name}_understood"
        attrs["aria-describedby"] = f"{attrs.get('aria-describedby', '')} {hint}".strip()
        return format_html(
            '{} <span class="understood" id="{}">{}</span>',
            super().render(name, value, attrs, renderer),
            hint,
            said,
        )
