"""How templates of the desk call people."""

from typing import Any

from django import template

from advocacy.publishing.people import name_of

register = template.Library()


@register.filter
def name(person: Any) -> str:
    return name_of(person)
