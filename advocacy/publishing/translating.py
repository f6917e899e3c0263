"""A translation and its original: which texts they are, and what the one has come to say since.

Of a piece in two languages either may be the original. What the other was made from is the entry
of its history a translator had before them (`translated_from`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from advocacy.dates.fields import EDTFField

from . import differing
from .differing import Difference
from .models import Fact, HistoryEntry, Language, Publication, Record, Translatable
from .people import Person
from .revisions import keeping, snapshots
from .richtext import RichTextField

Status = Publication.Status


@dataclass(frozen=True)
class Pair:
    """What is written into `record` in one language, beside the other."""

    record: Any
    text: Any  # the translation, of that record; None: not begun
    original: Any  # as it was last saved
    language: str

    @property
    def names(self) -> tuple[str, str]:
        return Language(self.original.language).label, Language(self.language).label


@dataclass(frozen=True)
class Since:
    """What the original has come to say since a translation was made of it, by field."""

    at: datetime  # of what it was made from
    differences: Mapping[str, Difference]


def pair(record: Record, language: str, user: Person | None) -> Pair | None:
    """The text of `record` in `language` beside one in another that `user` may open, if there is one.

    Without a user it is asked for the site itself, which knows of every text.
    """
    if isinstance(record, Fact):
        told = {text.language: text for text in record.texts.all()}
        text, others = told.pop(language, None), told.values()
        original = next((one for one in others if one.status != Status.TRASHED), None)
    elif isinstance(record, Translatable) and record.language == language:
        text, original = record, _other(record, user)
    else:
        return None
    return Pair(record, text, original, language) if original else None


def pairs(record: Record, user: Person | None) -> list[Pair]:
    """By language that can be written beside another."""
    found = (pair(record, language, user) for language in Language.values)
    return [one for one in found if one]


def _other(record: Translatable, user: Person | None) -> Any:
    """As it was last saved: of what waits to replace it, if that was saved at all."""
    every: Any = type(record).objects.filter(trashed_at__isnull=True)
    open_to = every.open_to(user) if user else every
    group = open_to.live().filter(translation_group=record.translation_group)
    live = group.exclude(language=record.language).first()
    return live and (open_to.filter(replaces=live, version__gt=1).first() or live)


def words(model: type[models.Model]) -> list[Any]:
    """The fields of a text that are written in its language."""
    kinds = models.CharField | models.TextField
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, kinds)
        and field.editable
        and not (field.choices or isinstance(field, models.SlugField | EDTFField))
    ]


def since(translation: Publication, original: Publication) -> Since | None:
    """None where it is not known what the translation was made from, or that can be read no more."""
    entries = HistoryEntry.objects.select_related("revision")
    entry = entries.filter(pk=translation.translated_from, record=original.record.live.uuid).first()
    then = entry and _as_kept(entry, original.language)
    if not (entry and then):
        return None
    found = {}
    for field in words(type(original)):
        compare = differing.of_html if isinstance(field, RichTextField) else differing.of_plain
        difference = compare(getattr(then, field.attname), getattr(original, field.attname))
        if not difference.is_same:
            found[field.name] = difference
    return Since(entry.revision.date_created, found)


def _as_kept(entry: HistoryEntry, language: str) -> Any:
    try:
        rows = [kept.row for kept in snapshots.read(entry).all()]
    except snapshots.Unreadable:
        return None
    texts = (row for row in rows if isinstance(row, Publication))
    return next((text for text in texts if text.language == language), None)


def seen(original: Publication) -> str:
    """For a form to carry along: which row its writer had before them, and which version of it."""
    return f"{original.record.pk}.{original.record.version}"


def entry_of(original: Publication, seen: str) -> HistoryEntry | None:
    """What stood there when it was seen; the row may have been saved since, or published and gone."""
    pk, _dot, version = seen.partition(".")
    if not (pk.isdecimal() and version.isdecimal()):
        return None
    return keeping.entry_at(original.record.live, int(pk), int(version))
