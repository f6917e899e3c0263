"""Finds the links of all that readers can read. A draft's are left alone: to ask for them would tell others.

Texts are read some hundreds at a time, and only what differs from what is known is written.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from advocacy.pages.models import MenuItem
from advocacy.publishing.models import Publication
from advocacy.publishing.queryset import related
from advocacy.publishing.richtext import rich_texts

from .addresses import LONGEST, is_own, joined, read
from .models import Link, Place
from .trouble import Unreachable

AT_ONCE = 200  # rows whose bodies are in memory
_HREF = re.compile(r"""<a\b[^>]*?\shref="([^"]*)\"""")  # as nh3 writes it

Tell = Callable[[str], None]
Where = tuple[int, str, str]  # row, field, address


@dataclass(frozen=True)
class Source:
    """Rows of one model that readers see at a moment, and where links stand in them."""

    model: type[models.Model]
    public: Callable[[datetime], Any]
    bodies: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()  # columns that hold an address
    parts: tuple[str, ...] = ()  # accessors of rows that have such columns

    @property
    def kind(self) -> str:
        return self.model._meta.label_lower


def sources() -> list[Source]:
    """Every kind of text, and the menus."""
    texts: list[Any] = [model for model in apps.get_models() if issubclass(model, Publication)]
    found = [
        Source(
            model,
            model._default_manager.published,
            bodies=tuple(rich_texts(model)),
            parts=tuple(part for part in model.parts if _addresses(related(model, part))),
        )
        for model in texts
    ]
    menus = Source(MenuItem, lambda at: MenuItem.objects.exclude(path=""), paths=("path",))
    return [*found, menus]


def gather(at: datetime | None = None, tell: Tell = lambda sentence: None) -> int:
    """Bring links and their places up to what is public; the number of places there are."""
    at = at or timezone.now()
    number, every = 0, sources()
    Place.objects.exclude(kind__in=[source.kind for source in every]).delete()
    for source in every:
        public = source.public(at)
        last = 0
        while pks := list(
            public.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
        ):
            last = pks[-1]
            number += _bring_up(source, pks)
            tell(f"{number} links found.")
        Place.objects.filter(kind=source.kind).exclude(
            row__in=public.order_by().values("pk")
        ).delete()
    Link.objects.filter(places__isnull=True).delete()
    return number


def _bring_up(source: Source, pks: list[int]) -> int:
    wanted = {where for where in _found(source, pks) if where[2] and len(where[2]) <= LONGEST}
    there = Place.objects.filter(kind=source.kind, row__in=pks).values_list(
        "row", "field", "link__url", "pk"
    )
    known = {(row, field, url): pk for row, field, url, pk in there}
    if gone := [pk for where, pk in known.items() if where not in wanted]:
        Place.objects.filter(pk__in=gone).delete()
    if new := sorted(wanted - known.keys()):
        _write(source, new)
    return len(wanted)


@transaction.atomic
def _write(source: Source, new: list[Where]) -> None:
    urls = {url for _row, _field, url in new}
    Link.objects.bulk_create(
        [Link(url=url, host=_host(url)) for url in sorted(urls)], ignore_conflicts=True
    )
    links = dict(Link.objects.filter(url__in=urls).values_list("url", "pk"))
    Place.objects.bulk_create(
        [
            Place(link_id=links[url], kind=source.kind, row=row, field=field)
            for row, field, url in new
        ],
        ignore_conflicts=True,
    )


def _found(source: Source, pks: list[int]) -> Iterator[Where]:
    bases: dict[int, str] = defaultdict(lambda: f"{settings.SITE_URL}/")
    for row in source.model._default_manager.filter(pk__in=pks):
        if isinstance(row, Publication):
            bases[row.pk] = settings.SITE_URL + row.get_absolute_url()
        for name in source.bodies:
            yield from _of(row.pk, name, hrefs(getattr(row, name)), bases)
        for name in source.paths:
            yield from _of(row.pk, name, [getattr(row, name)], bases)
    for accessor in source.parts:
        relation: Any = source.model._meta.get_field(accessor)
        owner = relation.field.attname
        columns = _addresses(relation.related_model)
        parts = relation.related_model._default_manager.filter(**{f"{owner}__in": pks})
        for pk, *urls in parts.values_list(owner, *columns):
            yield from _of(pk, accessor, filter(None, urls), bases)


def _of(pk: int, field: str, urls: Iterable[str], bases: dict[int, str]) -> Iterator[Where]:
    return ((pk, field, joined(bases[pk], url)) for url in urls)


def hrefs(body: str) -> list[str]:
    """What the links of a stored body lead to."""
    return [html.unescape(href) for href in _HREF.findall(body)]


def _addresses(model: Any) -> list[str]:
    return [one.name for one in model._meta.concrete_fields if isinstance(one, models.URLField)]


def _host(url: str) -> str:
    """What is no address has no host either; it is asked for as of none, and refused."""
    if is_own(url):
        return ""
    try:
        return read(url).host
    except Unreachable:
        return "?"
