"""For the desk's front page: whether names are looked for at all, and what needs a case officer."""

from typing import Any

from django import template
from django.db import DatabaseError

from ..notices import waiting
from ..register import current
from ..sealing import Unreadable

register = template.Library()


@register.simple_tag
def protection_is() -> str:
    """`off` where there is no register, `unreadable`, or `on`."""
    try:
        return "off" if current() is None else "on"
    except Unreadable:
        return "unreadable"


@register.simple_tag
def needs_case_officer(user: Any) -> int:
    """How much waits for this person, if they are a case officer."""
    if not getattr(user, "is_case_officer", False):
        return 0
    try:
        return 0 if current() is None else waiting()
    except (Unreadable, DatabaseError):
        return 0
