"""Files put into a record by the form of uploads itself: what a script does in the form of a text."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max
from django.http import Http404
from django.utils.translation import gettext as _

from advocacy.publishing.access import Access, Deed
from advocacy.publishing.models import Publication, Record
from advocacy.publishing.people import Person
from advocacy.publishing.records import kinds
from advocacy.publishing.revisions import keeping

from .models import Attachment


def record_for(user: Person, typed: str) -> Record:
    """The draft or working copy of that uuid. Raises Http404, as of what is not there, where it is
    not open to `user`, and PermissionDenied where it is not theirs to change now.
    """
    try:
        uuid = UUID(typed)
    except ValueError:
        raise Http404 from None
    for kind in kinds():
        if record := kind.objects.open_to(user).filter(uuid=uuid).first():
            change = f"{kind._meta.app_label}.change_{kind._meta.model_name}"
            if Deed.SAVE not in Access.of(user, record) or not user.has_perm(change):
                raise PermissionDenied
            return record
    raise Http404


@transaction.atomic
def put(*, attachment: Attachment, record: Record, by: Person) -> str:
    """A document beside the text, a picture at its end; answers in a sentence. Kept as any save."""
    held: Any = type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)
    if Deed.SAVE not in Access.of(by, held):  # published or asked about, since the page was opened
        raise PermissionDenied
    if attachment.is_pdf:
        if held.documents.filter(attachment=attachment).exists():
            return _("It is among the documents of this text.")
        last = held.documents.aggregate(last=Max("position"))["last"] or 0
        held.documents.create(attachment=attachment, position=last + 1)
        said = _("It is among the documents of this text.")
    elif isinstance(held, Publication):
        held.body += f'<figure data-attachment="{attachment.uuid}"></figure>'  # type: ignore[attr-defined]
        held.save()
        said = _("It stands at the end of the text.")
    else:
        return _("To show it, write this where it should stand: %s") % (
            f'<figure data-attachment="{attachment.uuid}"></figure>'
        )
    held.version = F("version") + 1
    held.save(update_fields=["version"])
    keeping.keep(held, by=by)
    return said
