"""What the forms of several slices share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.forms.widgets import Script
from django.http import HttpRequest, JsonResponse
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


class UnderstoodInput(forms.TextInput):
    """A line of text that says beneath itself what its value was understood to mean.

    Said by the page, and by a script while somebody types: it asks the view named `answered_by`.
    """

    answered_by = ""

    class Media:
        js = (Script("understood.js", type="module"),)

    def understood(self, value: Any) -> str:
        """The line for staff; "" where there is nothing to say."""
        raise NotImplementedError

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        attrs = {**(attrs or {}), **self._asking()}
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

    def _asking(self) -> dict[str, str]:
        try:
            return {"data-asks": reverse(self.answered_by)}
        except NoReverseMatch:  # a form outside the site: it says what it understood when saved
            return {}


class InOrder(forms.BaseInlineFormSet):
    """Rows with a `position`: one that is added stands at the end, unless its place was said."""

    def save_new(self, form: Any, commit: bool = True) -> Any:
        if "position" not in form.changed_data:
            last = (
                self.get_queryset()
                .model._default_manager.filter(**{self.fk.name: self.instance})
                .aggregate(last=Max("position"))["last"]
            )
            form.instance.position = (last or 0) + 1
        return super().save_new(form, commit)


def answering(field: Callable[..., forms.Field]) -> Callable[[HttpRequest], JsonResponse]:
    """A view for staff: what a form's field with an UnderstoodInput understands of `?text=`."""

    @require_safe
    @never_cache
    def understood(request: HttpRequest) -> JsonResponse:
        if not admin.site.has_permission(request):
            return JsonResponse({}, status=403)
        asked = field(required=False)
        widget: Any = asked.widget
        try:
            value = asked.clean(request.GET.get("text", ""))
        except ValidationError as error:
            return JsonResponse({"wrong": " ".join(error.messages)})
        return JsonResponse({"understood": widget.understood(value)})

    return understood
