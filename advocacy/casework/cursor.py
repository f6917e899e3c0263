"""Through all tables and documents, going on from where a withdrawal says it stands."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import models

from advocacy.attachments.models import Attachment

from .finding import inside, is_named_in, rows
from .known import Known
from .models import Withdrawal
from .owners import columns, tables
from .progress import Progress
from .sought import Sought

DOCUMENTS = "documents"


def named_rows(work: Withdrawal, sought: Sought, until: float) -> Iterator[Any]:
    """From where it stands on; None when the time is over. Where it stands is noted with each row that
    names somebody, and at the end of each table.
    """
    every = tables()
    if not work.table:
        work.total = sum(model._base_manager.count() for model in every)
    labels = [model._meta.label_lower for model in every]
    start = labels.index(work.table) if work.table in labels else 0
    progress = Progress(work)
    for model in every[start:]:
        label = model._meta.label_lower
        after = work.last if work.table == label else ""
        work.table, work.last = label, after
        known = Known(work, label)
        for pk, is_named in rows(model, partial(_is_named_in, sought, known), after):
            progress.add(1)
            if is_named and (row := _still_named(model, pk, sought)):
                yield row
                work.last = str(pk)
                work.save()
            if time.monotonic() > until:
                known.keep()
                work.last = str(pk)
                work.save()
                yield None
                return
        known.keep()
        work.last = ""
        work.save()


def _still_named(model: type[models.Model], pk: Any, sought: Sought) -> Any:
    """It may be gone or mended since its table was read, with the record it belongs to."""
    row = model._base_manager.filter(pk=pk).first()
    values = [getattr(row, name) for name in columns(model)] if row else []
    return row if is_named_in(values, sought) else None


def _is_named_in(sought: Sought, known: Known, said: list[Any]) -> bool:
    return known.is_named(said, lambda: is_named_in(said, sought))


def named_documents(work: Withdrawal, sought: Sought, until: float) -> Iterator[Attachment | None]:
    """Those that name somebody beside the words on their pages; None when the time is over."""
    found = Attachment.objects.filter(kind=Attachment.Kind.PDF)
    if not work.last:
        work.total = found.count()
    progress, known = Progress(work), Known(work, DOCUMENTS)
    after = int(work.last or 0)
    for document in found.filter(pk__gt=after).order_by("pk").iterator(chunk_size=50):
        # Nothing is written twice under one key: what it says is known by that.
        if known.is_named([document.key], partial(inside, document, sought)):
            yield document
        work.last = str(document.pk)
        progress.add(1)
        if time.monotonic() > until:
            known.keep()
            work.save()
            yield None
            return
    known.keep()
