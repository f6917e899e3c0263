"""Protected names in what readers see as soon as it is saved (publishing.at_once).

Nothing ends such a row, so no consent is enough for it: it names nobody who is protected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import NAMESPACE_URL, UUID, uuid5

from django.apps import apps
from django.db import DatabaseError, models
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.attachments.files.pipeline import Product, Refused
from advocacy.attachments.models import Attachment
from advocacy.publishing.models import ShownAtOnce
from advocacy.publishing.people import Person

from . import register, unread, usage
from .documents import Unscannable, strings_in
from .matching import Kind
from .places import UNREADABLE, waiting
from .sealing import Unreadable
from .surfaces import Surface, fields


def rows() -> Iterator[ShownAtOnce]:
    """All there are, kind after kind."""
    for model in apps.get_models():
        if issubclass(model, ShownAtOnce):
            yield from model._default_manager.order_by("pk").iterator()


def met(row: models.Model, now: register.Register) -> set[tuple[str, str]]:
    """Who is named in full in it, and in which field."""
    return _met(fields(row), now)


def problems(row: models.Model, by: Person | None) -> list[str]:
    if isinstance(row, Attachment) and not _is_out(row):
        return []  # it is looked at with the record that shows it
    try:
        now = register.current()
        return [] if now is None else _found(row, by, now)
    except (Unreadable, DatabaseError):
        return [str(UNREADABLE)]


def new_version(attachment: Attachment, product: Product, by: Person | None) -> None:
    """Of a file that is public, whose readers get the new one at once. Raises Refused."""
    if not _is_out(attachment):
        return
    try:
        now = register.current()
        if now is None:
            return
        if product.unread and not unread.is_answered_for(product.sha256):
            raise Refused("held")
        if not product.is_pdf:
            return
        at = timezone.now()
        is_late = usage.waits_until(by, at) is not None
        text = "\n".join([*product.texts, *product.drawn, *strings_in(product.path)])
        met = {hit.person for hit in now.matcher.find(text) if hit.kind == Kind.FULL}
        usage.note(by, attachment.uuid, met, at)
    except (Unreadable, DatabaseError, Unscannable):
        raise Refused("protected") from None
    if met or is_late:
        raise Refused("protected")


def _found(row: models.Model, by: Person | None, now: register.Register) -> list[str]:
    stored = type(row)._default_manager.filter(pk=row.pk).first()
    known = {surface.text for surface in fields(stored)} if stored else set()
    changed = [surface for surface in fields(row) if surface.text not in known]
    if not changed:
        return []
    at = timezone.now()
    if until := usage.waits_until(by, at):
        return [waiting(until)]
    hits = _met(changed, now)
    usage.note(by, uuid_of(row), {person for person, _field in hits}, at)
    return sentences(row, {field for _person, field in hits})


def sentences(row: models.Model, named: Iterable[str]) -> list[str]:
    """`named`: fields in which somebody is."""
    labels = {str(row._meta.get_field(field).verbose_name) for field in named}  # type: ignore[union-attr]
    return [_("A protected name: %s.") % label for label in sorted(labels)]


def _met(surfaces: Iterable[Surface], now: register.Register) -> set[tuple[str, str]]:
    return {
        (hit.person, surface.field)
        for surface in surfaces
        for hit in now.matcher.find(surface.text)
        if hit.kind == Kind.FULL
    }


def _is_out(attachment: Attachment) -> bool:
    """Also where the text that shows it is still to appear: nobody publishes that once more."""
    return Attachment.objects.released().filter(pk=attachment.pk).exists()


def uuid_of(row: models.Model) -> UUID:
    """What a look at a row without one is noted by."""
    return getattr(row, "uuid", None) or uuid5(NAMESPACE_URL, f"{row._meta.label_lower}:{row.pk}")
