"""Carrying what a record says between it, its working copy and its translations."""

from __future__ import annotations

from typing import Any

from django.db import models

from .models import FactCorrection, FactText, Publication

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
    "translation_group",
    "fact",
}


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
    own = [f.attname for f in text._meta.concrete_fields if f.name not in IDENTITY]
    return (
        live.pk == text.pk
        or any(getattr(text, name) != getattr(live, name) for name in own)
        or _corrections(text) != _corrections(live)
    )


def _corrections(text: FactText) -> list[tuple]:
    parts = [getattr(text.fact, accessor) for accessor in text.fact.parts]
    notes = [part for part in parts if issubclass(part.model, FactCorrection)]
    told = [part.filter(language=text.language) for part in notes]
    return [row for rows in told for row in rows.values_list("corrected_on", "note")]
