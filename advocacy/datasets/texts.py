"""What every text of ours says of itself as data, and when it was last changed."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from datetime import datetime
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from advocacy.attachments.models import Document
from advocacy.publishing.head import absolute
from advocacy.publishing.models import Language, Publication
from advocacy.publishing.queryset import related
from advocacy.publishing.richtext import notes, plain

from .fields import DAY, MOMENT, TEXT, URL, UUID, Field, Told, list_of, moment, object_of, one_of

LANGUAGE = one_of(Language.values)


def last_change(path: str = "") -> Greatest:
    """Of a public text, which `path` leads to, such as `article__`: when it appeared here, or last
    changed. An embargo may have ended later than either.
    """
    public = f"{path}published_at"
    others = (Coalesce(f"{path}{name}", public) for name in ("appeared_at", "changed_at"))
    return Greatest(public, *others)


def with_last_change(facts: Any, at: datetime) -> Any:
    """Facts with `as_of`: when one of their public texts last changed."""
    texts: Any = related(facts.model, "texts").objects.published(at)
    latest = texts.filter(fact=OuterRef("pk")).order_by().values("fact")
    return facts.annotate(
        as_of=Subquery(latest.annotate(latest=Max(last_change())).values("latest")),
    )


def translations(one: Told) -> list[dict[str, str]]:
    return [
        {"language": text.language, "id": str(text.uuid), "url": absolute(text.get_absolute_url())}
        for text in sorted(one.record.public_texts, key=lambda text: text.language)
        if text.pk != one.text.pk
    ]


def documents(one: Told) -> list[dict[str, str]]:
    uses: Sequence[Document] = one.record.documents.all()
    return [
        {
            "id": str(use.attachment.uuid),
            "title": use.title or use.attachment.title,
            "language": use.attachment.language,
            "url": absolute(use.attachment.get_absolute_url()),
        }
        for use in uses
    ]


def corrections(one: Told) -> list[dict[str, str]]:
    return [
        {"date": row.corrected_on.isoformat(), "note": row.note}
        for row in one.record.corrections.all()
        if getattr(row, "language", one.text.language) == one.text.language
    ]


def as_told(text: Any, at: datetime) -> Told:
    """A text that readers cannot have yet, with what `rows()` and `tell()` read of one that they can."""
    record: Any = text if isinstance(text.record, Publication) else copy(text.record)
    record.as_of = at
    record.public_texts = [text, *text.translations(at)]
    return Told(record, text, at)


def with_documents(records: QuerySet) -> QuerySet:
    return records.prefetch_related("documents__attachment", "corrections")


ADDRESS = Field(
    "url",
    URL,
    _("Address of the page."),
    lambda one: absolute(one.text.get_absolute_url()),
)
WORDS = [
    Field("language", LANGUAGE, _("Language of the text."), lambda one: one.text.language),
    Field("title", TEXT, _("Title."), lambda one: one.text.title),
    Field("summary", TEXT, _("One or two sentences."), lambda one: one.text.summary),
]
BODY = [
    Field(
        "text",
        TEXT,
        _("The whole text in words, without marks and footnotes."),
        lambda one: plain(one.text.body),
        is_long=True,
    ),
    Field(
        "footnotes",
        list_of(TEXT),
        _("Footnotes of the text, in their order."),
        lambda one: notes(one.text.body),
        is_long=True,
    ),
]
MOMENTS = [
    Field(
        "published",
        MOMENT,
        _("Since when the text is public."),
        lambda one: moment(one.text.published_at),
    ),
    Field(
        "changed",
        MOMENT,
        _("When it appeared here or last changed in substance; a mended letter is no change."),
        lambda one: moment(one.record.as_of),
    ),
]
TRANSLATIONS = Field(
    "translations",
    list_of(object_of(language=LANGUAGE, id=UUID, url=URL)),
    _("The same in the other language."),
    translations,
)
DOCUMENTS = Field(
    "documents",
    list_of(object_of(id=UUID, title=TEXT, language=TEXT, url=URL)),
    _("Documents that belong to it."),
    documents,
)
CORRECTIONS = Field(
    "corrections",
    list_of(object_of(date=DAY, note=TEXT)),
    _("What was wrong in the text and has been put right, with its date."),
    corrections,
)
#: Of what happened once.
WHEN = [
    Field(
        "date",
        TEXT,
        _("When it happened, as exactly as it is known and no more (EDTF)."),
        lambda one: str(one.record.date),
    ),
    Field(
        "date_earliest",
        DAY,
        _("The first day it may have been."),
        lambda one: one.record.date_earliest.isoformat(),
    ),
    Field(
        "date_latest",
        DAY,
        _("The last day it may have been."),
        lambda one: one.record.date_latest.isoformat(),
    ),
]
OF_A_FACT = Field(
    "text_id",
    UUID,
    _("Identifier of the text in this language, by which its hits are counted."),
    lambda one: str(one.text.uuid),
)


def identifier(says: Any) -> Field:
    return Field("id", UUID, says, lambda one: str(one.record.uuid))
