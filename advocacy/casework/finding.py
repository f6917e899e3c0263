"""Where somebody is named: every table of the site's database, row by row, and inside of documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import models

from advocacy.attachments.models import Attachment
from advocacy.protection.documents import Unscannable, strings

from .owners import columns
from .replacing import said
from .sought import Sought

AT_ONCE = 200


def rows(
    model: type[models.Model], is_named: Callable[[list[Any]], bool], after: str = ""
) -> Iterator[tuple[Any, bool]]:
    """Primary keys in their order, those alone that come after one; and whether the row names somebody."""
    fields = columns(model)
    last = model._meta.pk.to_python(after) if after else None
    while True:
        some = model._base_manager.order_by("pk")
        some = some if last is None else some.filter(pk__gt=last)
        found = list(some.values_list("pk", *fields)[:AT_ONCE])
        for pk, *values in found:
            yield pk, is_named(values)
        if len(found) < AT_ONCE:
            return
        last = found[-1][0]


def is_named_in(values: list[Any], sought: Sought) -> bool:
    # Each by itself, as it is replaced: the end of one and the beginning of the next are no name.
    texts = [text for value in values for text in said(value)]
    return sought.is_in("\n\n".join(texts)) and any(map(sought.is_in, texts))


def inside(attachment: Attachment, sought: Sought) -> bool:
    """Whether a stored document names somebody beside the words on its pages. What cannot be read is
    taken to.
    """
    try:
        return any(map(sought.is_in, strings(attachment)))
    except Unscannable:
        return True
