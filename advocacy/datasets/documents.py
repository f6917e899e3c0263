"""Documents as data: each PDF that readers can open, in whatever language it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.db.models import DateTimeField, Max, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from advocacy.attachments import uses
from advocacy.attachments.models import Attachment, Document
from advocacy.publishing.head import absolute

from . import texts
from .fields import (
    MOMENT,
    NUMBER,
    NUMBER_IF_ANY,
    TEXT,
    URL,
    Field,
    Told,
    list_of,
    moment,
    object_of,
)

LONG_AGO = Value(datetime(1970, 1, 1, tzinfo=UTC), DateTimeField())


def rows(at: datetime) -> Any:
    """Those that are public, with `as_of`: when a page that one is found on last changed, or the
    document was replaced.
    """
    moments = (Coalesce(_last_change(way, at), LONG_AGO) for way in uses.registered())
    found = Attachment.objects.documents().visible(at)
    return found.annotate(as_of=Greatest(Coalesce("replaced_at", LONG_AGO), *moments))


def _last_change(way: uses.Way, at: datetime) -> Subquery:
    used = way.visible(at).filter(attachment=OuterRef("pk")).order_by().values("attachment")
    change = texts.last_change(way.since.removesuffix("published_at"))
    return Subquery(used.annotate(latest=Max(change)).values("latest"))


def tell(found: Iterable[Attachment], language: str, at: datetime) -> Iterator[Told]:
    """Each with the texts it stands beside, told in `language` or else in the other."""
    documents = [*found]
    beside = uses.told_in(documents, Document, language, at)
    for document in documents:
        document.told_in = beside.get(document.pk, [])
        yield Told(document, document, at)


def _told_in(one: Told) -> list[dict[str, str]]:
    return [
        {
            "title": text.title,
            "language": text.language,
            "url": absolute(text.get_absolute_url()),
        }
        for text in one.record.told_in
    ]


FIELDS = [
    texts.identifier(_("Identifier of the document, which never changes.")),
    Field(
        "url",
        URL,
        _("Address of the file, which stays when it is replaced."),
        lambda one: absolute(one.record.get_absolute_url()),
    ),
    Field("title", TEXT, _("Title."), lambda one: one.record.title),
    Field(
        "language",
        TEXT,
        _("Language the document is written in."),
        lambda one: one.record.language,
    ),
    Field("media_type", TEXT, _("Media type."), lambda one: one.record.media_type),
    Field("size", NUMBER, _("Bytes."), lambda one: one.record.size),
    Field("pages", NUMBER_IF_ANY, _("Number of pages."), lambda one: one.record.pages),
    Field(
        "sha256",
        TEXT,
        _("Checksum by which a copy proves to be ours (SHA-256)."),
        lambda one: one.record.sha256,
    ),
    Field(
        "changed",
        MOMENT,
        _("When it was replaced, or a page on which it is found appeared or last changed."),
        lambda one: moment(one.record.as_of),
    ),
    Field(
        "told_in",
        list_of(object_of(title=TEXT, language=texts.LANGUAGE, url=URL)),
        _("The texts that it stands beside."),
        _told_in,
    ),
]
