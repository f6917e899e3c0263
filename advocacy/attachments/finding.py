"""How staff find a file: by what is said of it, of and in what uses it, and by year."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, Q, QuerySet, TextField

from advocacy.dates.fields import EDTFField
from advocacy.dates.overlap import overlapping
from advocacy.publishing.models import Fact, FactText, Publication
from advocacy.publishing.people import Person
from advocacy.publishing.queryset import related

from . import uses
from .models import Use

_YEAR = re.compile(r"(?:19|20)\d\d")


def by_words(files: QuerySet, typed: str, user: Person) -> Any:
    """Those of `files` that have to do with every word typed. Of texts that are not open to `user`
    nothing is searched, as it would be told by what is found.
    """
    for word in typed.replace("\x00", " ")[:200].split()[:10]:
        files = files.filter(_said(word) | _used(word, user))
    return files


def used_by(files: QuerySet, kind: str, user: Person) -> Any:
    """Those that a record of one kind uses; `kind` as in `_meta.label_lower`."""
    found = Q(pk__in=[])
    for use in uses.kinds(Use):
        if uses.record_of(use)._meta.label_lower == kind:
            found |= Q(pk__in=_open(use, user).values("attachment"))
    return files.filter(found)


def is_used() -> Q:
    """That some record uses the file, whoever may open it."""
    found = Q(pk__in=[])
    for use in uses.kinds(Use):
        found |= Q(pk__in=use._default_manager.values("attachment"))
    return found


def _said(word: str) -> Q:
    said = Q()
    for name in ("title", "name", "alt_en", "alt_ko"):
        said |= Q(**{f"{name}__icontains": word})
    if _YEAR.fullmatch(word):
        said |= Q(uploaded_at__year=int(word))
    try:
        return said | Q(uuid=UUID(word))
    except ValueError:
        return said


def _used(word: str, user: Person) -> Q:
    found = Q(pk__in=[])
    for use in uses.kinds(Use):
        owner = uses.owner_field(use)
        words = [f.name for f in use._meta.concrete_fields if isinstance(f, CharField | TextField)]
        told = Q(**{f"{owner}__in": _told(related(use, owner), word, user)})
        for name in words:  # the caption of a picture, the title of a document on its page
            told |= Q(**{f"{name}__icontains": word})
        found |= Q(pk__in=_open(use, user).filter(told).values("attachment"))
    return found


def _open(use: Any, user: Person) -> QuerySet:
    owner = uses.owner_field(use)
    return use._default_manager.filter(
        **{f"{owner}__in": related(use, owner).objects.open_to(user).values("pk")}
    )


def _told(owners: Any, word: str, user: Person) -> QuerySet:
    """The owners under a title with that word, or of that year: that they tell of, or appeared in."""
    told = Q()
    if issubclass(owners, Fact):
        texts: Any = related(owners, "texts")
        titled = texts.objects.open_to(user).filter(title__icontains=word)
        told |= Q(pk__in=titled.values("fact"))
    else:
        told |= Q(title__icontains=word)
    if _YEAR.fullmatch(word):
        told |= _of_year(owners, int(word))
        if issubclass(owners, FactText):
            told |= _of_year(related(owners, "fact"), int(word), "fact__")
    return owners.objects.filter(told).values("pk")


def _of_year(model: Any, year: int, path: str = "") -> Q:
    found = Q(pk__in=[])
    for field in model._meta.concrete_fields:
        if isinstance(field, EDTFField) and field.bounds:
            days = date(year, 1, 1), date(year, 12, 31)
            earliest, latest = (f"{path}{name}" for name in field.bounds)
            found |= overlapping(*days, f"{path}{field.name}", (earliest, latest))
        elif isinstance(field, EDTFField):
            found |= Q(**{f"{path}{field.name}__contains": str(year)})
    if issubclass(model, Publication):
        found |= Q(**{f"{path}published_at__year": year})
    return found
