"""How our data may be used, as the organisation says it; and of when they are."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from advocacy.pages.models import Organisation
from advocacy.publishing.head import absolute


class Terms(NamedTuple):
    """`licence` is a sentence; `url` the address of a known licence, or empty."""

    publisher: str
    licence: str
    url: str
    made: str  # a moment with the offset of Seoul
    source: str  # the address that was asked


def terms(language: str, at: datetime, path: str) -> Terms:
    """Where the organisation has said nothing, nothing is allowed."""
    who = Organisation.objects.filter(language=language).first()
    name = who.name if who else ""
    with override(language):
        said = (who.data_terms if who else "") or _(
            "No licence is stated. Ask before you publish these data again."
        )
    made = timezone.localtime(at).isoformat(timespec="seconds")
    return Terms(name, said, who.licence_url if who else "", made, absolute(path))
