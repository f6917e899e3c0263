"""What stands on every page: who we are, the menu and the foot."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.encoding import iri_to_uri
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from advocacy.publishing.remembered import remembered

from .models import MenuItem, Organisation, StandingPage


class Link(NamedTuple):
    label: str
    path: str


class FootGroup(NamedTuple):
    title: str
    links: list[Link]


class Furniture(NamedTuple):
    """The same for every page of a language; the parts in HTML mark no page as the one shown."""

    name: str
    short_name: str
    tagline: str
    main: list[Link]
    icons: SafeString
    brand: SafeString
    menu: SafeString
    foot: SafeString


class Site:
    """Read only when a template asks; mostly that costs one look at the generation of the record.

    `path` is quoted, as in a link.
    """

    def __init__(self, language: str, path: str) -> None:
        self.language, self.path = language, path

    @cached_property
    def _furniture(self) -> Furniture:
        return remembered(f"site {self.language}", lambda: furniture(self.language))

    @property
    def name(self) -> str:
        return self._furniture.name

    @property
    def short_name(self) -> str:
        return self._furniture.short_name

    @property
    def tagline(self) -> str:
        return self._furniture.tagline

    @property
    def icons(self) -> SafeString:
        return self._furniture.icons

    @property
    def brand(self) -> SafeString:
        return self._furniture.brand

    @property
    def menu(self) -> SafeString:
        """With `aria-current` on the link to this page, or to what it is part of."""
        menu = self._furniture.menu
        for path in {link.path for link in self._furniture.main if self.path.startswith(link.path)}:
            is_front_page = path.count("/") < 3
            if path == self.path:
                menu = _marked(menu, path, "page")
            elif not is_front_page:
                menu = _marked(menu, path, "true")
        return menu

    @property
    def foot(self) -> SafeString:
        return _marked(self._furniture.foot, self.path, "page")


def furniture(language: str, at: datetime | None = None) -> Furniture:
    """Who we are, and the links that lead somewhere at that moment. Two queries."""
    texts = ("name", "short_name", "tagline", "fine_print")
    who = Organisation.objects.filter(language=language).values_list(*texts).first()
    name, short_name, tagline, fine_print = who or ("", "", "", "")
    items = (
        MenuItem.objects.filter(language=language)
        .filter(Q(page=None) | Q(page__in=StandingPage.objects.published(at)))
        .select_related("page")
    )
    links: dict[str, list[Link]] = defaultdict(list)
    for item in items:
        links[item.place].append(Link(item.label, item.url))
    main = links[MenuItem.Place.MAIN]
    with override(language):
        titles = {
            MenuItem.Place.ORGANISATION: short_name,
            MenuItem.Place.RECORD: _("The record"),
            MenuItem.Place.SITE: _("This site"),
        }
        groups = [FootGroup(title, links[place]) for place, title in titles.items() if links[place]]
        context = {
            "language": language,
            "name": name,
            "tagline": tagline,
            "links": main,
            "groups": groups,
            "fine_print": fine_print or name,
        }
        icons, brand, menu, foot = (
            render_to_string(f"_partials/_{part}.html", context)
            for part in ("icons", "brand", "menu", "foot")
        )
    return Furniture(name, short_name, tagline, main, icons, brand, menu, foot)


def _marked(links: SafeString, path: str, current: str) -> SafeString:
    """`links` with those to `path` marked as the current ones (WAI-ARIA 1.2, aria-current)."""
    link = f'<a href="{escape(path)}"'
    return mark_safe(links.replace(f"{link}>", f'{link} aria-current="{current}">'))  # noqa: S308  escaped above


def organisation(language: str) -> str:
    """Its name, or "" where nobody has said it yet."""
    return Site(language, "").name


def site(request: HttpRequest) -> dict[str, Site]:
    return {"site": Site(get_language() or "en", iri_to_uri(request.path))}
