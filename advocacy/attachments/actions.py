"""What can be done with a file. The bytes are stored before the row that names them, and go after."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext
from django_tasks import task

from advocacy.publishing import followers
from advocacy.publishing.people import Person
from advocacy.tasks import names

from . import drawing, storage
from .files import pipeline, sniff
from .files.limits import Limits
from .files.pipeline import ENDINGS, Product, Refused
from .models import Attachment, PageText

_OF_THE_BYTES = (
    *("media_type", "sha256", "fingerprint", "size", "pages", "width", "height"),
    *("removed", "covered", "unread"),
)
_DESCRIPTION = ("title", "language", "name", "alt_en", "alt_ko", "decorative")


class Replaced(Exception):
    """Another file was put in its place meanwhile."""


class Taken(NamedTuple):
    """What became of an upload."""

    attachment: Attachment
    is_known: bool  # the very same file was here before, and was not stored again
    named_otherwise: str  # the type by its content, where the name says another


def limits() -> Limits:
    return Limits(bytes=getattr(settings, "ATTACHMENT_MAX_BYTES", Limits().bytes))


def take(*, source: Path, filename: str, by: Person | None = None) -> Taken:
    """Take an upload into the library, or find the same file there. Raises Refused."""
    title = title_from(filename)
    with storage.workplace() as directory:
        product = pipeline.prepare(source, directory, title=title, limits=limits())
        mismatch = sniff.is_named_otherwise(filename, sniff.Type(product.found))
        otherwise = product.found if mismatch else ""
        if known := find_same(product):
            return Taken(known, True, otherwise)
        return Taken(_store(product, title=title, uploaded_by=by), False, otherwise)


def store(
    *,
    source: Path,
    title: str,
    name: str = "",
    language: str = "",
    alt_en: str = "",
    alt_ko: str = "",
    decorative: bool = False,
) -> Attachment:
    """Put a file that is described already into the library. Raises Refused."""
    with storage.workplace() as directory:
        product = pipeline.prepare(
            source, directory, title=title, language=language, limits=limits()
        )
        return _store(
            product,
            title=title,
            name=name,
            language=language,
            alt_en=alt_en,
            alt_ko=alt_ko,
            decorative=decorative,
        )


#: Called with the file, what would take its place, and whose deed it is; raises Refused.
Look = Callable[[Attachment, Product, Person | None], None]
_looks: list[Look] = []


def look_before_replacing(look: Look) -> None:
    """Add what is looked at in a new version, which readers get at once; for `AppConfig.ready()`."""
    if look not in _looks:
        _looks.append(look)


def replace(*, attachment: Attachment, source: Path, by: Person | None = None) -> Attachment:
    """Put other bytes behind the same address. Raises Refused, and then has changed nothing."""
    with storage.workplace() as directory:
        product = _prepare_again(attachment, source, directory)
        if product.is_pdf != attachment.is_pdf:
            raise Refused("other_kind")
        if product.sha256 == attachment.sha256:
            return attachment
        for look in _looks:
            look(attachment, product, by)
        return _put(product, attachment.pk, replaced_at=timezone.now(), uploaded_by=by)


def restate(*, attachment: Attachment) -> Attachment:
    """Write title and language into a PDF again after they were changed. Raises Refused, Replaced."""
    with storage.workplace() as directory:
        source = directory / "stored"
        storage.fetch(attachment.key, source)
        product = _prepare_again(attachment, source, directory)
        # The same document: what was once taken out of it is still to be said.
        same = dataclasses.replace(
            product, removed=attachment.removed, fingerprint=attachment.fingerprint
        )
        return _put(same, attachment.pk, instead_of=attachment.key)


@task()
def write_title(pk: int) -> None:
    """Restate a document as it is described now. Where another took its place meanwhile: once more."""
    if attachment := Attachment.objects.filter(pk=pk).first():
        restate(attachment=attachment)


names.register(
    write_title,
    lambda pk: gettext("to write its new title into “%(file)s”") % {"file": drawing.title_of(pk)},
)


@transaction.atomic
def describe(*, attachment: Attachment, changed: Iterable[str]) -> None:
    """Save what staff changed of a file's description; readers see it in the next generation."""
    attachment.save(update_fields=_DESCRIPTION)  # of the bytes, whoever stores them knows more
    followers.tell(attachment)
    attachment.bump_if_visible()
    if attachment.is_pdf and {"title", "language"} & set(changed):
        write_title.enqueue(attachment.pk)


@transaction.atomic
def delete(*, attachment: Attachment) -> None:
    """Remove a file that no record uses. Raises ProtectedError while one does."""
    keys = _keys(_held(attachment.pk))
    attachment.delete()
    transaction.on_commit(lambda: storage.drop(keys))


def find_same(product: Product) -> Attachment | None:
    """A file in the library with the same content, stored from or as the same bytes."""
    return Attachment.objects.filter(
        Q(fingerprint=product.fingerprint) | Q(sha256__in=[product.sha256, product.source_sha256])
    ).first()


def title_from(filename: str) -> str:
    """A first title from a file's name. Macs send Hangul in pieces (NFD), which is put together."""
    stem = unicodedata.normalize("NFC", Path(filename).stem)
    words = " ".join(re.sub(r"[_\s\x00-\x1f]+", " ", stem).split())
    return words[:300] or "?"


def _prepare_again(attachment: Attachment, source: Path, directory: Path) -> Product:
    return pipeline.prepare(
        source, directory, title=attachment.title, language=attachment.language, limits=limits()
    )


def _store(
    product: Product, *, title: str, name: str = "", language: str = "", **described
) -> Attachment:
    kind = Attachment.Kind.PDF if product.is_pdf else Attachment.Kind.PICTURE
    attachment = Attachment(
        kind=kind,
        title=title,
        name=name or slugify(title, allow_unicode=True)[:120] or kind.value,
        language=language or product.language,
        **described,
    )
    return _write(attachment, product)


def _put(product: Product, pk: int, *, instead_of: str = "", **changed) -> Attachment:
    """Change the bytes of a stored file; of its description nothing."""
    attachment = Attachment.objects.get(pk=pk)
    for field, value in changed.items():
        setattr(attachment, field, value)
    return _write(attachment, product, instead_of)


def _write(attachment: Attachment, product: Product, instead_of: str = "") -> Attachment:
    """First all the bytes, then all the rows; without the rows the bytes go again.

    With the rows goes the task that draws the rest: a killed process leaves both or neither.
    """
    keys: list[str] = []
    try:
        keys.append(storage.keep(product.path, product.ending))
        for drawn in product.renditions:
            keys.append(storage.keep(drawn.path, ENDINGS[drawn.format]))
        with transaction.atomic():
            former: list[str] = []
            if attachment.pk:
                held = _held(attachment.pk)
                if instead_of not in ("", held.key):
                    raise Replaced
                former = _keys(held)
            _rows(attachment, product, keys)
            followers.tell(attachment)
            attachment.bump_if_visible()
            drawing.draw.enqueue(attachment.pk, attachment.key)
            transaction.on_commit(lambda: storage.drop(former))
    except BaseException:
        storage.drop(keys)
        raise
    return attachment


def _rows(attachment: Attachment, product: Product, keys: list[str]) -> None:
    attachment.key, attachment.is_drawn = keys[0], False
    for field in _OF_THE_BYTES:
        setattr(attachment, field, getattr(product, field))
    fields = ["key", "is_drawn", "replaced_at", "uploaded_by", *_OF_THE_BYTES]
    attachment.save(update_fields=fields if attachment.pk else None)
    attachment.renditions.all().delete()
    attachment.page_texts.all().delete()
    drawing.rows(attachment, product.renditions, keys[1:])
    PageText.objects.bulk_create(
        PageText(attachment=attachment, number=number, text=text, drawn=drawn)
        for number, (text, drawn) in enumerate(
            zip_longest(product.texts, product.drawn, fillvalue=""), 1
        )
    )


def _held(pk: int) -> Attachment:
    """The row as it is, held until the end of the transaction: its renditions may be on their way."""
    return Attachment.objects.select_for_update().get(pk=pk)


def _keys(attachment: Attachment) -> list[str]:
    return [attachment.key, *attachment.renditions.values_list("key", flat=True)]
