"""What the desk says of the links of public texts."""

from django import template

from advocacy.links import needs

register = template.Library()


@register.simple_tag
def lost_links() -> int:
    """How many of them lead readers nowhere."""
    return needs.number()
