"""What the templates of the staff desk need beyond Django's."""

from __future__ import annotations

from django import template
from django.contrib.admin.helpers import AdminReadonlyField
from django.core.exceptions import FieldDoesNotExist
from django.utils.html import format_html

from advocacy.attachments import figures
from advocacy.publishing.models import Publication, Record
from advocacy.publishing.richtext import RichTextField

register = template.Library()


@register.filter
def said(text: Publication, name: str) -> str:
    """What a text says in a field; rich text as its readers see it, with its pictures."""
    words = getattr(text, name)
    if words and isinstance(text._meta.get_field(name), RichTextField):
        return format_html('<div class="rich">{}</div>', figures.render(words, text.language))
    return words


@register.filter
def as_read(readonly: AdminReadonlyField) -> str:
    """The content of a field that may not be typed in; rich text as its readers see it, with its pictures.

    Of other records it names those that whoever has this one open may open too.
    """
    name = str(readonly.field["field"])
    record = readonly.form.instance
    try:
        field = record._meta.get_field(name)
    except FieldDoesNotExist:  # a method of the admin or of the record
        return readonly.contents()
    if isinstance(field, RichTextField) and getattr(record, name):
        return said(record, name)
    if field.many_to_many and issubclass(field.related_model, Record):
        if record.opened_by is None:
            return ""
        chosen = getattr(record, name).values("pk")
        opened = field.related_model.objects.open_to(record.opened_by).filter(pk__in=chosen)
        return ", ".join(str(one) for one in opened) or "–"
    return readonly.contents()
