"""What the templates of the staff desk need beyond Django's."""

from __future__ import annotations

from django import template
from django.contrib.admin.helpers import AdminReadonlyField
from django.core.exceptions import FieldDoesNotExist
from django.utils.html import format_html

from advocacy.attachments import figures
from advocacy.publishing.richtext import RichTextField

register = template.Library()


@register.filter
def as_read(readonly: AdminReadonlyField) -> str:
    """The content of a field that may not be typed in; rich text as its readers see it, with its pictures."""
    name = readonly.field["field"]
    record = readonly.form.instance
    try:
        is_rich = isinstance(record._meta.get_field(str(name)), RichTextField)
    except FieldDoesNotExist:  # a method of the admin or of the record
        is_rich = False
    if is_rich and (text := getattr(record, str(name))):
        return format_html('<div class="rich">{}</div>', figures.render(text, record.language))
    return readonly.contents()
