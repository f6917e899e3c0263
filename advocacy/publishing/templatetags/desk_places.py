"""Where a field stands in a form of the desk, so that a link can lead to it."""

from __future__ import annotations

from django import template
from django.contrib.admin.helpers import AdminField, AdminReadonlyField

register = template.Library()


@register.filter
def place(field: AdminField | AdminReadonlyField) -> str:
    """The id of the box around a field, typed in or only read: `at-title`, `at-texts-0-body`."""
    if isinstance(field, AdminReadonlyField):
        return f"at-{field.form.add_prefix(str(field.field['name']))}"
    return f"at-{field.field.html_name}"
