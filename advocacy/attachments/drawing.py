"""The renditions of a stored file: drawn once, by the worker, after whoever uploaded it has left."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from advocacy.tasks import names

from . import storage
from .files import pipeline
from .files.pipeline import Drawn
from .files.sizes import Wanted
from .models import Attachment, Rendition


@task()
def draw(pk: int, key: str) -> None:
    """Draw what is still wanted of the file under `key`, unless another has taken its place."""
    attachment = _undrawn(pk, key).first()
    if attachment is None:
        return
    try:
        with storage.workplace() as directory:
            source = directory / "stored"
            storage.fetch(key, source)
            _keep(attachment, pipeline.draw(source, directory, _missing(attachment)))
    except FileNotFoundError:
        if _undrawn(pk, key).exists():
            raise


names.register(draw, lambda pk, key: _("to draw “%(file)s” in all sizes") % {"file": title_of(pk)})


def rows(attachment: Attachment, drawn: list[Drawn], keys: list[str]) -> None:
    """Write down renditions whose bytes are stored."""
    Rendition.objects.bulk_create(
        Rendition(
            attachment=attachment,
            format=one.format,
            width=one.width,
            height=one.height,
            key=key,
            size=one.path.stat().st_size,
        )
        for one, key in zip(drawn, keys, strict=True)
    )


def _keep(attachment: Attachment, drawn: list[Drawn]) -> None:
    """First the bytes, then the rows; without the rows the bytes go again."""
    keys: list[str] = []
    try:
        for one in drawn:
            keys.append(storage.keep(one.path, pipeline.ENDINGS[one.format]))
        with transaction.atomic():
            # Held until the rows are there, so that nobody replaces it in between.
            still = _undrawn(attachment.pk, attachment.key).select_for_update().first()
            if still is not None:
                rows(still, drawn, keys)
                still.is_drawn = True
                still.save(update_fields=["is_drawn"])
                still.bump_if_visible()
    except BaseException:
        storage.drop(keys)
        raise
    if still is None:
        storage.drop(keys)


def _undrawn(pk: int, key: str):
    return Attachment.objects.filter(pk=pk, key=key, is_drawn=False)


def _missing(attachment: Attachment) -> list[Wanted]:
    """What was drawn stays as it is: browsers keep it for ever."""
    there = set(attachment.renditions.values_list("format", "width"))
    return [one for one in attachment.renditions_wanted() if one[:2] not in there]


def title_of(pk: int) -> str:
    return Attachment.objects.filter(pk=pk).values_list("title", flat=True).first() or "–"
