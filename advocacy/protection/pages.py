"""The pages that are no text's own, read as a crawler gets them: lists, tags, feeds, data, what is missing.

From all addresses that need no name of anything, and on along their links. What belongs to one text was
looked at with that: its page, its citations, its files.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain, product
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.http import Http404
from django.urls import URLResolver, get_resolver, resolve
from django.utils.crypto import salted_hmac

from advocacy.asking import Site
from advocacy.hits.middleware import COUNTED_IN_FRONT
from advocacy.publishing.models import Language, Publication

from .matching import Kind
from .models import Page, Search
from .register import Register
from .surfaces import words

#: Of one search. A site of 20,000 articles has some 4,300.
MOST = 20_000
_LINK = re.compile(r"""<(?:a|link)\b[^>]*?\bhref="([^"]+)"|<loc>([^<]+)</loc>""")
_CHOICES = re.compile(r"[a-z]+(?:\|[a-z]+)*")
_PART = re.compile(r"<[^>]+>")
_MISSING = "nothing-is-here"
#: Of one text or file each, and looked at with it; and what only staff are answered.
_LEFT_OUT = re.compile(
    r"/static/|/documents/|/pictures/|/admin/|.*/cite\.[a-z]+$|.*\.xlsx|.*/export\.[a-z]+\?"
)


def is_new(search: Search) -> bool:
    """Whether it knows no page yet."""
    return not Page.objects.filter(search=search.pk).exists()


def begin(search: Search) -> None:
    """With those that can be named; what others knew is forgotten."""
    Page.objects.exclude(search=search.pk).delete()
    reader = Reader(search)
    reader.add(_fixed(get_resolver()))
    reader.note(f"/{language}/{_MISSING}/" for language in Language.values)


def unread(search: Search) -> Page | None:
    return Page.objects.filter(search=search.pk, is_read=False).order_by("pk").first()


class Reader:
    """Reads one page after another, as nobody: it is no hit."""

    def __init__(self, search: Search) -> None:
        self._site, self._search = Site(), search.pk
        kinds: list[Any] = [one for one in apps.get_models() if issubclass(one, Publication)]
        some = [kind._default_manager.published().first() for kind in kinds]
        #: The names of the views that show one text each.
        self._of_texts = {resolve(text.get_absolute_url()).view_name for text in some if text}

    def read(self, page: Page, now: Register, at: datetime) -> set[str]:
        """Who is named on it and has not agreed to be named anywhere. Its links are read later."""
        response: Any = self._site.ask(page.path, also={COUNTED_IN_FRONT: True})
        content = b"".join(response) if response.streaming else response.content
        text = content.decode(response.charset or "utf-8", errors="replace")
        self.add(links(page.path, text, response.headers.get("Location", "")))
        return _named(text, now, at)

    def add(self, paths: Iterable[str]) -> None:
        self.note(filter(self._is_read, paths))

    def note(self, paths: Iterable[str]) -> None:
        """To be read, in the order they are met in."""
        pages, asked = Page.objects.filter(search=self._search), {key_of(one): one for one in paths}
        known = set(pages.filter(key__in=asked).values_list("key", flat=True))
        if new := [key for key in asked if key not in known]:
            left = max(0, MOST - pages.count())
            Page.objects.bulk_create(
                Page(search=self._search, key=key, path=asked[key]) for key in new[:left]
            )

    def _is_read(self, path: str) -> bool:
        if _LEFT_OUT.match(path):
            return False
        try:
            return resolve(unquote(urlsplit(path).path)).view_name not in self._of_texts
        except Http404:
            return False


def key_of(path: str) -> UUID:
    return UUID(salted_hmac(__name__, path, algorithm="sha256").hexdigest()[:32])


def links(path: str, text: str, location: str = "") -> Iterator[str]:
    """Those to a page of this site with one parameter at most: with more of them it shows less."""
    own = urlsplit(settings.SITE_URL).netloc
    for link in filter(None, [location, *chain.from_iterable(_LINK.findall(text))]):
        parts = urlsplit(urljoin(settings.SITE_URL + path, html.unescape(link)))
        if parts.netloc == own and "&" not in parts.query:
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def _named(text: str, now: Register, at: datetime) -> set[str]:
    named: set[str] = set()
    for read in (words(text), text):
        hits = [hit for hit in now.matcher.find(read) if hit.kind == Kind.FULL]
        for person in {hit.person for hit in hits} - named:
            if not now.is_agreed([hit for hit in hits if hit.person == person], at):
                named.add(person)
    return named


def _fixed(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """All addresses whose every part is one of a few, such as the language."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if not route.startswith("admin/"):
                yield from _fixed(pattern, route)
            continue
        parts = [one.regex for one in pattern.pattern.converters.values()]
        if all(map(_CHOICES.fullmatch, parts)):
            for chosen in product(*(part.split("|") for part in parts)):
                yield "/" + _PART.sub("{}", route).format(*chosen)
