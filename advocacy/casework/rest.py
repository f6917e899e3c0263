"""All other tables: what was kept of records, what is said about them, work that waits, menus and tags.

Nothing is kept here that cannot be mended. A table that nobody thought of is mended word by word.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, models, transaction
from django_tasks_db.models import DBTaskResult
from reversion.models import Revision, Version

from advocacy.accounts.models import Throttle, User
from advocacy.accounts.sessions import Session, SessionStore
from advocacy.publishing import generation
from advocacy.publishing.models import FormerAddress, ShownAtOnce, Unsaved

from .deed import Deed
from .finding import is_named_in
from .replacing import Inexact

LEFT = "left"


@transaction.atomic
def take(row: models.Model, deed: Deed) -> str:
    """Take the name out of a row that holds it; a word for what was done."""
    for model, take_from in _OWN_WAYS.items():
        if isinstance(row, model):
            return take_from(row, deed)
    return _mend(row, deed)


def sessions(deed: Deed) -> int:
    """Sessions lie packed: what a form was handed back with may be in one. It ends."""
    ended = 0
    for session in Session._base_manager.all().iterator():
        if is_named_in([SessionStore().decode(session.session_data)], deed.replacing.sought):
            session.delete()
            ended += 1
    return ended


def _version(row: Version, deed: Deed) -> str:
    """A revision is rewritten; one that cannot be goes whole, since a record is kept as a whole."""
    try:
        content = json.loads(row.serialized_data)
        row.serialized_data = json.dumps(deed.replacing.any(content), ensure_ascii=False)
        row.object_repr = deed.replacing.text(row.object_repr)
        if is_named_in([row.serialized_data, row.object_repr], deed.replacing.sought):
            raise Inexact
    except (Inexact, ValueError):
        Revision.objects.filter(pk=row.revision_id).delete()
        return "deleted"
    row.save(update_fields=["serialized_data", "object_repr"])
    return "mended"


def _unsaved(row: Unsaved, deed: Deed) -> str:
    """Its pages are drawn anew when they are asked for."""
    try:
        row.fields, row.pages = deed.replacing.any(row.fields), {}
    except Inexact:
        return _delete(row, deed)
    row.save(update_fields=["fields", "pages"])
    return "mended"


def _former_address(row: FormerAddress, deed: Deed) -> str:
    deed.retire(row.path)
    return _delete(row, deed)


def _delete(row: models.Model, deed: Deed) -> str:
    row.delete()
    return "deleted"


def _leave(row: models.Model, deed: Deed) -> str:
    """Somebody who works here: their account is theirs to rename."""
    return LEFT


def _mend(row: models.Model, deed: Deed) -> str:
    fields = []
    for field in row._meta.concrete_fields:
        try:
            fields += deed.replacing.field(row, field)
        except Inexact:
            setattr(row, field.attname, deed.replacing.instead.en[: field.max_length])
            fields.append(field.name)
    try:
        with transaction.atomic():
            _save(row, fields)
    except IntegrityError:  # another row is called so already
        for field in row._meta.concrete_fields:
            if field.name in fields and field.unique:
                said = f"{getattr(row, field.attname)}-{row.pk}"
                setattr(row, field.attname, said[-(field.max_length or len(said)) :])
        _save(row, fields)
    return "mended"


def _save(row: Any, fields: list[str]) -> None:
    if isinstance(row, ShownAtOnce):
        row.save(update_fields=fields)
        return
    values = {name: getattr(row, row._meta.get_field(name).attname) for name in fields}
    type(row)._base_manager.filter(pk=row.pk).update(**values)
    generation.bump()


_OWN_WAYS: dict[type[models.Model], Callable[[Any, Deed], str]] = {
    Version: _version,
    Unsaved: _unsaved,
    FormerAddress: _former_address,
    DBTaskResult: _delete,
    Throttle: _delete,
    User: _leave,
    EmailAddress: _leave,
    Authenticator: _leave,
}
