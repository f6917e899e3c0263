"""All the text of a record that readers could get, and where it stands.

Nothing is named here: every field that holds text is read, of the record, its texts and its parts, and
of the files and tags they lead to. A field that is added to a model is looked at from that day on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from django.db import models

from advocacy.attachments.models import Attachment, PageText
from advocacy.publishing import showing
from advocacy.publishing.models import FactText, FormerAddress, Publication, Record
from advocacy.publishing.remembered import nothing_kept
from advocacy.publishing.richtext import RichTextField, rich_texts
from advocacy.publishing.whole import owned_by

from .documents import strings

_BLOCK = re.compile(r"<(?:p|h[2-6]|li|blockquote|figure|td|th|caption|figcaption|footer)\b")
_MARK = re.compile(r"""<(?:"[^"]*"|'[^']*'|[^"'>])*>""")
_WITHIN = re.compile(r"""</?(?:a|strong|em|sub|sup|span|cite|b|i)\b(?:"[^"]*"|'[^']*'|[^"'>])*>""")
#: Of a row itself, and no text of it.
_LEFT_OUT = {"status", "kind", "language", "media_type", "key", "sha256", "fingerprint"}


class Surface(NamedTuple):
    """`field` as in a finding of the checks; counted from 1, and 0 where there is but one of it."""

    text: str
    field: str
    language: str = ""  # of the text it belongs to; of a fact's own fields none
    paragraph: int = 0
    page: int = 0


def surfaces(record: Record) -> Iterator[Surface]:
    """Of a record fetched by `whole()`, of what publishing it would show."""
    own = record.language if isinstance(record, Publication) else ""
    yield from fields(record, language=own)
    yield from _owned(record, language=own)
    for text in record.ready_texts():
        if isinstance(text, FactText):
            yield from fields(text, language=text.language)
            yield from _owned(text, language=text.language)
    yield from _former(record)


def fields(row: models.Model, *, language: str = "", field: str = "") -> Iterator[Surface]:
    for one in row._meta.concrete_fields:
        value = getattr(row, one.attname)
        if one.name in _LEFT_OUT or not isinstance(value, str) or not value:
            continue
        name = field or one.name
        if isinstance(one, RichTextField):
            yield from body(value, name, language)
        else:
            yield Surface(value, name, language)


def body(html: str, field: str, language: str) -> Iterator[Surface]:
    """Each paragraph in words, then all of it in words and as it is written, attributes and all."""
    for number, paragraph in enumerate(paragraphs(html), 1):
        yield Surface(words(paragraph), field, language, paragraph=number)
    yield Surface(words(html), field, language)
    yield Surface(html, field, language)


def paragraphs(html: str) -> list[str]:
    """The blocks of a body, as they are written."""
    starts = [found.start() for found in _BLOCK.finditer(html)]
    return [html[start:end] for start, end in pairwise([*starts, len(html)])]


def words(html: str) -> str:
    """As it is read: emphasis parts no word, and all other marks do."""
    return _MARK.sub(" ", _WITHIN.sub("", html))


def output(record: Record, at: datetime) -> Iterator[Surface]:
    """The texts as readers would get them, of no field: each as a page with all that stands around it,
    and as lists, feeds, data and citations tell of it.
    """
    for text in record.ready_texts():
        appears = max(at, text.published_at or at)
        with nothing_kept():
            html = showing.draw(text, at=appears, ribbon=showing.Ribbon())
            told = list(showing.elsewhere(text, at=appears))
        for page in (html, *told):
            yield Surface(words(page), "", text.language)
            yield Surface(page, "", text.language)


class Shown(NamedTuple):
    """A file of a record, which is opened only when it has to be."""

    file: Attachment
    field: str
    language: str


def files(record: Record) -> list[Shown]:
    """The PDFs and pictures of a record fetched by `whole()`."""
    own = record.language if isinstance(record, Publication) else ""
    found = _files(record, own)
    for text in record.ready_texts():
        if isinstance(text, FactText):
            found += _files(text, text.language)
    return found


def documents(record: Record) -> list[Shown]:
    """The PDFs alone."""
    return [shown for shown in files(record) if shown.file.is_pdf]


def within(shown: Shown) -> Iterator[Surface]:
    """All the text of a PDF. Raises Unscannable."""
    file, field, language = shown
    pages = PageText.objects.filter(attachment=file)
    for page in pages:
        for text in filter(None, (page.text, page.drawn)):
            yield Surface(text, field, language, page=page.number)
    yield Surface("\n".join(page.text for page in pages), field, language)
    yield Surface("\n".join(page.drawn for page in pages), field, language)
    yield Surface("\n".join(strings(file)), field, language)


def _files(row: Record | FactText, language: str) -> list[Shown]:
    return [
        Shown(other, field, language)
        for field, part in _parts(row)
        for other in _led_to(part)
        if isinstance(other, Attachment)
    ]


def _owned(row: Record | FactText, *, language: str) -> Iterator[Surface]:
    for field, part in _parts(row):
        told = language or getattr(part, "language", "")  # a correction of one text of a fact
        if not _is_written_by_its_text(part):
            yield from fields(part, language=told, field=field)
        for other in _led_to(part):
            yield from fields(other, language=told, field=field)


def _parts(row: Record | FactText) -> Iterator[tuple[str, models.Model]]:
    """Each with the field of the form it is mended in."""
    for accessor in owned_by(type(row)):
        for part in getattr(row, accessor).all():
            if _is_written_by_its_text(part):
                yield rich_texts(type(row))[0], part
            elif not isinstance(part, Publication):  # that has fields and parts of its own
                yield accessor, part


def _is_written_by_its_text(part: models.Model) -> bool:
    """Such as a figure, which says again what stands in the body."""
    return getattr(part, "is_written_by_its_text", False)


def _led_to(part: models.Model) -> Iterator[Any]:
    """What stands beside a part because of it: the file it shows, the tag it puts."""
    for one in part._meta.concrete_fields:
        other: Any = getattr(part, one.name) if one.many_to_one else None
        if other is not None and not isinstance(other, Record | Publication):
            yield other


def _former(record: Record) -> Iterator[Surface]:
    """Addresses that lead here since the title was another."""
    texts: Iterable[Publication] = record.live.publications()
    known = FormerAddress.objects.filter(target__in=[text.uuid for text in texts])
    for path in known.values_list("path", flat=True):
        yield Surface(path, "slug" if isinstance(record, Publication) else "texts")
