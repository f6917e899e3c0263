"""What a page says of itself to machines: in `<head>`, and in the switch to the other language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Literal, NamedTuple

from django.conf import settings
from django.templatetags.static import static
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from advocacy.citing.work import Work

from .models import FactText, Language, Translatable


class Crumb(NamedTuple):
    name: str
    path: str


class Feed(NamedTuple):
    title: str
    path: str
    media_type: str


class Alternate(NamedTuple):
    """The same page in a language; `code` is as in hreflang."""

    code: str
    url: str


class Switch(NamedTuple):
    """Where the link to the other language leads, and whether that is this very page."""

    language: str
    name: str
    path: str
    is_translation: bool


@dataclass(frozen=True, kw_only=True)
class Head:
    """Everything `base.html` needs to know of one page; each public view makes one.

    `path` is the page's own address, with only the query parameters that make it another page.
    `translations` maps other languages to the paths of the same page; without one, the language
    switch leads to `counterpart` in the other language (its front page by default) and says so.
    `ld` are schema.org nodes; the organisation and the breadcrumbs are added when rendered. `work`
    is what a page is cited as that can be cited.
    """

    title: str
    language: str
    path: str
    description: str = ""
    translations: Mapping[str, str] = field(default_factory=dict)
    counterpart: str = ""
    crumbs: Sequence[Crumb] = ()
    feeds: Sequence[Feed] = ()
    kind: Literal["website", "article"] = "website"
    published: datetime | None = None
    changed: datetime | None = None
    byline: str = ""
    ld: Sequence[Mapping[str, Any]] = ()
    work: Work | None = None
    indexed: bool = True
    is_home: bool = False

    @classmethod
    def of(cls, text: FactText | Translatable, *, at: datetime | None = None, **more: Any) -> Head:
        """That of the page which is one text; `more` are fields it cannot say itself. One query."""
        return cls(
            title=text.title,
            language=text.language,
            path=text.get_absolute_url(),
            description=text.summary,
            translations={
                other.language: other.get_absolute_url() for other in text.translations(at)
            },
            **more,
        )

    @cached_property
    def url(self) -> str:
        return absolute(self.path)

    @cached_property
    def alternates(self) -> list[Alternate]:
        """This page in every language it exists in, and for readers of any other; else nothing."""
        if not self.translations:
            return []
        paths = {self.language: self.path, **self.translations}
        named = [
            Alternate(code, absolute(paths[code])) for code in Language.values if code in paths
        ]
        fallback = "/" if self.is_home else paths.get(Language.EN, self.path)
        return [*named, Alternate("x-default", absolute(fallback))]

    @cached_property
    def switch(self) -> Switch:
        other = other_than(self.language)
        translation = self.translations.get(other)
        path = translation or self.counterpart or f"/{other}/"
        return Switch(other, Language(other).label, path, translation is not None)


def other_than(language: str) -> str:
    """The other of our two languages."""
    return next(code for code in Language.values if code != language)


def front_page(language: str) -> Crumb:
    return Crumb(_("Home"), f"/{language}/")


def social_picture() -> str:
    """The full address of the picture shown where somebody shares a page."""
    return absolute(static("og.png"))


def absolute(path: str) -> str:
    """The full address of a path on this site."""
    return f"{settings.SITE_URL}{path}"


def with_query(path: str, **params: str | int | None) -> str:
    """`path` with those parameters that have a value."""
    given = {name: value for name, value in params.items() if value not in (None, "")}
    return f"{path}?{urlencode(given)}" if given else path
