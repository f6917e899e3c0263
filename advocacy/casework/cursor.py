"""Through all tables and documents, going on from where a withdrawal says it stands."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from django.db import models

from advocacy.attachments.models import Attachment

from .finding import is_named_in, rows
from .models import Withdrawal
from .owners import columns, tables
from .sought import Sought


def named_rows(work: Withdrawal, sought: Sought, until: float) -> Iterator[Any]:
    """From where it stands on; None when the time is over. Where it stands is noted with each row that
    names somebody, and at the end of each table.
    """
    every = tables()
    labels = [model._meta.label_lower for model in every]
    start = labels.index(work.table) if work.table in labels else 0
    for model in every[start:]:
        label = model._meta.label_lower
        after = work.last if work.table == label else ""
        work.table, work.last = label, after
        for pk, is_named in rows(model, sought, after):
            if is_named and (row := _still_named(model, pk, sought)):
                yield row
                work.last = str(pk)
                work.save()
            if time.monotonic() > until:
                work.last = str(pk)
                work.save()
                yield None
                return
        work.last = ""
        work.save()


def _still_named(model: type[models.Model], pk: Any, sought: Sought) -> Any:
    """It may be gone or mended since its table was read, with the record it belongs to."""
    row = model._base_manager.filter(pk=pk).first()
    values = [getattr(row, name) for name in columns(model)] if row else []
    return row if is_named_in(values, sought) else None


def documents(work: Withdrawal, until: float) -> Iterator[Attachment | None]:
    found = Attachment.objects.filter(kind=Attachment.Kind.PDF, pk__gt=int(work.last or 0))
    for document in found.order_by("pk").iterator(chunk_size=50):
        yield document
        work.last = str(document.pk)
        work.save()
        if time.monotonic() > until:
            yield None
            return
