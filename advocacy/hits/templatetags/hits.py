from django import template

from advocacy.hits import trouble
from advocacy.hits.models import Trouble
from advocacy.hits.wording import reads

register = template.Library()
register.simple_tag(reads, name="reads")


@register.filter
def grouped(number: int) -> str:
    """4,312: digits grouped alike in both languages."""
    return f"{number:,}"


@register.simple_tag
def counting_trouble() -> list[Trouble]:
    """What went wrong with counting in the last days, newest first."""
    return list(trouble.recent())
