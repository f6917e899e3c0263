"""How a document symbol and a body are shown: `{% load un %}`."""

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from advocacy.un.bodies import BODIES
from advocacy.un.symbols import Symbol, parse

register = template.Library()


@register.simple_tag
def symbol(value: Symbol | str | None) -> str:
    """A link to our page of the document that may wrap after each stroke; text that is no symbol
    stays text.
    """
    read = value if isinstance(value, Symbol) else parse(value)
    if read is None:
        return escape(value or "")
    return format_html(
        '<a class="sym" href="{}"><span class="vh">{} </span>{}</a>',
        read.page(get_language() or "en"),
        _("UN document"),
        breakable(read),
    )


@register.filter
def official_record(value: Symbol | str) -> str:
    """The address of the official record, in the language of the page if it is kept in it."""
    read = value if isinstance(value, Symbol) else parse(value)
    return read.url(get_language() or "en") if read else ""


@register.filter
def breakable(value: Symbol | str) -> SafeString:
    """A symbol as text that may wrap after each stroke."""
    return mark_safe(escape(str(value)).replace("/", "/<wbr>"))  # noqa: S308 -- escaped on this line


@register.filter
def body_name(code: str) -> str:
    """The full name of a body in the language of the page; a code not known stays itself."""
    return BODIES[code].name() if code in BODIES else code


@register.filter
def body_short(code: str) -> str:
    return BODIES[code].short() if code in BODIES else code
