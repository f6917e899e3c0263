"""What the desk says of the site's own backups."""

from __future__ import annotations

from typing import NamedTuple

from django import template
from django.conf import settings

from advocacy.backup import scheduled

register = template.Library()


class Told(NamedTuple):
    last: scheduled.Last | None


@register.simple_tag
def own_backups() -> Told | None:
    """None where the site makes none by itself."""
    return None if settings.BACKUP_DIR is None else Told(scheduled.last())
