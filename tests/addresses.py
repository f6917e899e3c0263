"""Every address of the site, from its URL configuration, with something in each of its places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver

from advocacy.attachments.models import Attachment
from advocacy.news.models import Article

_PLACE = re.compile(r"\(\?P<(\w+)>[^()]*\)|<(?:(\w+):)?(\w+)>")
_RECORD = re.compile(r"admin/(\w+)/(\w+)/<(?:path:)?\w+>/")
_ANYTHING = {
    "int": "1",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "lang": "en",
    "citation": "ris",
    "table": "csv",
}


class Address(NamedTuple):
    path: str
    route: str
    name: str  # of the last part: "news_article_open"; empty where it has none
    view: Callable[..., Any]

    @property
    def is_staff(self) -> bool:
        return self.route.startswith("admin/")


def addresses() -> list[Address]:
    """Asked of the records in the database; where there are none, the address leads nowhere."""
    return [
        Address("/" + _filled(route), route, pattern.name or "", pattern.callback)
        for route, pattern in _patterns(get_resolver())
    ]


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLPattern):
            yield route, pattern
        else:
            yield from _patterns(pattern, route)


def _filled(route: str) -> str:
    file = Attachment.objects.documents().first()
    picture = Attachment.objects.pictures().first()
    if route.startswith("pictures/") and picture:
        return picture.thumbnail(160).url.removeprefix("/")
    known = {
        "app_label": "news",
        "content_type_id": ContentType.objects.get_for_model(Article).pk,
        "filename": file and file.filename,
        "form": "atom",
        "object_id": _key(route),
        "id": _key(route),
        "replaced": file and file.uuid,
        "section": "news",
        "uuid": file and file.uuid,
    }

    def value(place: re.Match[str]) -> str:
        in_regex, converter, in_route = place.groups()
        return str(known.get(in_regex or in_route) or _ANYTHING.get(converter, "nothing"))

    return _PLACE.sub(value, route)


def _key(route: str) -> int | None:
    """That of a record which the admin's address is about, the first of its kind."""
    found = _RECORD.match(route)
    model = apps.get_model(found[1], found[2]) if found else Article
    return model._default_manager.order_by("pk").values_list("pk", flat=True).first()
