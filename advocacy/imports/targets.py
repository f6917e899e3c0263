"""Where readers find now what stood at an address of the old site."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from advocacy.attachments.models import Attachment
from advocacy.publishing.addresses import Gone, address_of

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
    return file_address(known.target, at) or address_of(known.target, at)


def file_address(target: UUID, at: datetime | None = None) -> str | None:
    """Of a file that readers may have; None if it is none."""
    file = Attachment.objects.visible(at).filter(uuid=target).first()
    return file.get_absolute_url() if file else None
