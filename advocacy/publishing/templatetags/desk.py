"""What the templates of the staff desk need beyond Django's."""

from __future__ import annotations

from django import template
from django.contrib.admin.helpers import AdminReadonlyField
from django.core.exceptions import FieldDoesNotExist
from django.utils.safestring import SafeString, mark_safe

from advocacy.publishing.richtext import RichTextField

register = template.Library()


@register.filter
def as_read(readonly: AdminReadonlyField) -> str:
    """The content of a field that may not be typed in; rich text as its readers see it."""
    name = readonly.field["field"]
    record = readonly.form.instance
    try:
        is_rich = isinstance(record._meta.get_field(str(name)), RichTextField)
    except FieldDoesNotExist:  # a method of the admin or of the record
        is_rich = False
    if is_rich and (text := getattr(record, str(name))):
        return SafeString(f'<div class="rich">{mark_safe(text)}</div>')  # noqa: S308  sanitised when stored
    return readonly.contents()
