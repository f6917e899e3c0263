"""How a date of the record is shown: `{% load dates %}{% partial_date milestone.date %}`."""

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from advocacy.dates.edtf import Date, NotADate, parse

register = template.Library()


@register.simple_tag
def partial_date(value: Date | str | None) -> SafeString:
    """`<time datetime="2012-12">December 2012</time>`; plain text where HTML cannot say what is
    known.
    """
    if not value:
        return SafeString("")
    try:
        date = value if isinstance(value, Date) else parse(value)
    except NotADate:
        return escape(value)
    if date.machine:
        return format_html('<time datetime="{}">{}</time>', date.machine, date.format())
    return escape(date.format())
