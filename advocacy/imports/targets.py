"""Where readers find now what stood at an address of the old site."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.utils.translation import get_language

from advocacy.attachments.models import Attachment
from advocacy.publishing.addresses import Gone, address_of
from advocacy.publishing.models import FactText

from .addresses import LONGEST, is_of_old_site, normal
from .models import OldAddress


def leads_to(path: str, query: str, at: datetime | None = None) -> str | None:
    """The address here; None if it never was one of the old site. Raises Gone."""
    if len(path) + len(query) > LONGEST:
        return None
    address = normal(f"{path}?{query}" if query else path)
    known = OldAddress.objects.filter(address=address).first() if address else None
    if known is None:
        if is_of_old_site(path, query):
            raise Gone
        return None
    return address_of_any(known.target, at)


def address_of_any(target: UUID, at: datetime | None = None) -> str:
    """Where readers find a text, a fact or a file now. Raises Gone."""
    return _of_a_file(target, at) or _of_a_fact(target, at) or address_of(target, at)


def _of_a_file(target: UUID, at: datetime | None) -> str | None:
    file = Attachment.objects.visible(at).filter(uuid=target).first()
    return file.get_absolute_url() if file else None


def _of_a_fact(target: UUID, at: datetime | None) -> str | None:
    """In the reader's language, where it is told in that."""
    for model in filter(lambda model: issubclass(model, FactText), apps.get_models()):
        texts: Any = model._default_manager
        public = texts.published(at).filter(fact__uuid=target)
        by_language = {text.language: text for text in public}
        if by_language:
            any_text = next(iter(by_language.values()))
            return by_language.get(get_language(), any_text).get_absolute_url()
    return None
