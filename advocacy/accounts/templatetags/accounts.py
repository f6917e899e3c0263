from django import template

from advocacy.accounts import factors

register = template.Library()


@register.simple_tag
def second_factors_are_required() -> bool:
    return factors.are_required()
