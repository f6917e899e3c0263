"""Addresses of texts: what answers one, and what a path once led to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.apps import apps
from django.http import Http404
from django.urls import NoReverseMatch, get_resolver

from .models import FormerAddress, Publication

# What RFC 3986, section 3.3, lets stand in a path; reverse() quotes all else as well.
SAFE = "/~:@!$&'()*+,;="
_OF_A_TEXT = re.compile(r"(.*/)((?:cite\.[a-z]+)?)", re.DOTALL)


class Gone(Http404):
    """Readers once could open this, and no longer can: 410, not 404."""


def path_of(name: str, *args: Any) -> str:
    """As `reverse(name, args=args)`, for the addresses that a page is full of.

    It does not try whether the address leads back to the page, which takes Django most of the time:
    the arguments come from columns and choices that hold nothing else. Raises NoReverseMatch for a
    name that is not there with so many arguments.
    """
    return quote(_form(name, len(args)) % args, safe=SAFE)


_files_under: ContextVar[str] = ContextVar("files_under", default="")


@contextmanager
def files_under(prefix: str) -> Iterator[None]:
    """Let files be found under `prefix` while a page is drawn for somebody who may not have them."""
    token = _files_under.set(prefix)
    try:
        yield
    finally:
        _files_under.reset(token)


def path_of_file(name: str, *args: Any) -> str:
    """As `path_of(name, …)`, there where the reader of the page finds files."""
    return _files_under.get() + path_of(name, *args)


@cache
def _form(name: str, number: int) -> str:
    """`/%s/news/%s/%s/`"""
    namespace, _colon, view = name.rpartition(":")
    resolver = get_resolver()
    if namespace:
        _prefix, resolver = resolver.namespace_dict[namespace]
    for forms, *_pattern in resolver.reverse_dict.getlist(view):
        for form, params in forms:
            if len(params) == number:
                return "/" + form % dict.fromkeys(params, "%s")
    raise NoReverseMatch(f"No address of {number} parts is called {name!r}.")


def find_published(queryset, *, at: datetime | None = None, **lookup):
    """The one published text that answers `lookup`. Raises Gone, or Http404."""
    # What is published or gone is no working copy. Said here, it lets a database use the index that
    # holds each address once; and first() would order by primary key, and search in that order.
    queryset = queryset.filter(working=False, **lookup)
    for text in queryset.published(at)[:1]:
        return text
    if queryset.gone(at).exists():
        raise Gone
    raise Http404


def current_address(path: str, at: datetime | None = None) -> str | None:
    """Where the text now is that was once at `path`; None if there never was one. Raises Gone.

    The files in which a text is cited have moved with it.
    """
    asked = _OF_A_TEXT.fullmatch(path)
    former = FormerAddress.objects.filter(path=asked[1]).first() if asked else None
    if asked is None or former is None:
        return None
    return address_of(former.target, at) + asked[2]


def address_of(text: UUID, at: datetime | None = None) -> str:
    """Where readers find the text of that name, of whatever kind it is. Raises Gone."""
    publications = [model for model in apps.get_models() if issubclass(model, Publication)]
    for model in publications:
        if found := model.objects.published(at).filter(uuid=text).first():
            return found.get_absolute_url()
    raise Gone
