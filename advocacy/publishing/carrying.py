"""Carrying what a record says between it, its working copy and its translations."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import models

from .models import FactCorrection, FactText, Publication, Record

#: What makes a row itself: never carried between a record and its working copy.
IDENTITY = {
    "id",
    "uuid",
    "version",
    "created_by",
    "trashed_at",
    "replaces",
    "working",
    "status",
    "first_published_at",
    "changed_at",
    "appeared_at",
    "translation_group",
    "fact",
}
#: Of what is carried, that which readers are not told.
UNTOLD = {"published_at", "unpublish_at", "ready", "translated_from"}


def carry_fields(source: models.Model, target: models.Model, *, but: str = "") -> None:
    for field in source._meta.concrete_fields:
        value = getattr(source, field.attname)
        unsaid = field.name == "published_at" and value is None  # then the time readers know stays
        if field.name not in IDENTITY and field.name != but and not unsaid:
            setattr(target, field.attname, value)


def carry_relations(
    source: models.Model, target: models.Model, *, languages: set[str] | None = None
) -> None:
    """Make `target` own copies of what `source` owns; of texts, those in `languages` (all: None)."""
    for field in source._meta.many_to_many:
        getattr(target, field.name).set(getattr(source, field.name).all())
    for accessor in getattr(source, "parts", ()):
        theirs, ours = getattr(source, accessor), getattr(target, accessor)
        if issubclass(theirs.model, FactText):
            for text in theirs.exclude(status=Publication.Status.TRASHED):
                if languages is None or text.language in languages:
                    _carry_text(text, target)
            continue
        told = {}  # what is said under one text goes with that text
        if languages is not None and issubclass(theirs.model, FactCorrection):
            told = {"language__in": languages}
        ours.filter(**told).delete()
        owner = theirs.field.name
        for part in theirs.filter(**told):
            copy = type(part)(**{owner: target})
            carry_fields(part, copy, but=owner)
            copy.save()


def _carry_text(text: FactText, fact: models.Model) -> None:
    texts: Any = type(text)
    standing = texts.objects.filter(fact=fact, language=text.language).first()
    target = standing or texts(fact=fact)
    carry_fields(text, target)
    target.save()
    carry_relations(text, target)


def waits(text: Any) -> bool:
    """Whether a text of a working copy, or a correction of it, says what its live text does not."""
    live = text.standing
    return (
        live.pk == text.pk
        or _fields(text) != _fields(live)
        or _corrections(text) != _corrections(live)
    )


def told_anew(copy: Record) -> set[str]:
    """The languages in which a working copy tells readers what its live record does not."""
    if _shared(copy) != _shared(copy.live):  # the date of a fact is told in each
        return {text.language for text in copy.publications()}
    return {
        text.language
        for text in copy.publications()
        if isinstance(text, FactText)
        and (
            _fields(text, but=UNTOLD) != _fields(text.standing, but=UNTOLD)
            or _corrections(text) != _corrections(text.standing)
        )
    }


def _shared(record: Record) -> list[Any]:
    """What a record says beside the texts of a fact, and what is said under these."""
    said: list[Any] = [_fields(record, but=UNTOLD)]
    for field in record._meta.many_to_many:
        said.append(set(getattr(record, field.name).values_list("pk", flat=True)))
    for part in (getattr(record, accessor) for accessor in record.parts):
        if not issubclass(part.model, FactText | FactCorrection):
            said.append([_fields(row, but={part.field.name}) for row in part.all()])
    return said


def _fields(row: models.Model, *, but: Collection[str] = ()) -> dict[str, Any]:
    """What a row says itself, by field."""
    own = [field for field in row._meta.concrete_fields if field.name not in {*IDENTITY, *but}]
    return {field.name: getattr(row, field.attname) for field in own}


def _corrections(text: Any) -> list[tuple]:
    parts = [getattr(text.fact, accessor) for accessor in text.fact.parts]
    notes = [part for part in parts if issubclass(part.model, FactCorrection)]
    told = [part.filter(language=text.language) for part in notes]
    return [row for rows in told for row in rows.values_list("corrected_on", "note")]
