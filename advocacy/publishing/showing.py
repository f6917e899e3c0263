"""What readers will get of a text, drawn before they can have it.

Each slice says how its pages are made (`register`), and what else it gives readers of a text of its
own floor or of one below (`register_elsewhere`); its public views make them the same way. All else on a
page goes by `published()`, as ever.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language, override

from .addresses import files_under
from .models import Language, Publication, Record, Translatable


class Page(NamedTuple):
    """A template, and what it is filled with: under `head` the page's Head."""

    template: str
    context: dict[str, Any]


P = TypeVar("P", bound=Publication)
Make = Callable[[Any, datetime], Page]
Tell = Callable[[Any, datetime], Iterable[str]]

_makers: dict[type[Publication], Make] = {}
_tellers: dict[type[Publication], list[Tell]] = defaultdict(list)


def register(kind: type[P], make: Callable[[P, datetime], Page]) -> None:
    """Add how the page of such a text is made at a moment; for `AppConfig.ready()`."""
    _makers[kind] = make


def register_elsewhere(kind: type[P], tell: Callable[[P, datetime], Iterable[str]]) -> None:
    """Add what readers get of such a text beside its page: its line in a list, its entry in a feed.

    `tell` is given the text as if it were published at that moment. For `AppConfig.ready()`.
    """
    _tellers[kind].append(tell)


@dataclass(frozen=True)
class Ribbon:
    """What a preview says above the page, and where it leads.

    `paths` are the previews of the piece by language. It shows what somebody typed at a moment, or
    is shown until one to whoever has a link, or else shows what is saved. `phone` and `back` are for
    staff.
    """

    paths: Mapping[str, str] = field(default_factory=dict)
    typed_at: datetime | None = None
    until: datetime | None = None
    phone: str = ""
    back: str = ""

    @property
    def languages(self) -> list[tuple[str, str, str]]:
        """Code, name and path of each, in the order of all."""
        known = [language for language in Language if language in self.paths]
        return [(language.value, language.label, self.paths[language]) for language in known]


def draw(text: Publication, *, at: datetime, ribbon: Ribbon, files: str = "") -> str:
    """The page as HTML. Its files are found under the path `files`, where readers cannot have them."""
    with override(text.language), files_under(files):
        template, context = _makers[type(text)](as_if_published(text, at), at)
        others = {**context["head"].translations, **ribbon.paths}
        others.pop(text.language, None)
        head = replace(context["head"], indexed=False, translations=others, feeds=())
        context = {**context, "head": head, "preview": ribbon}
        return render_to_string(template, context, request=nobodys(text.get_absolute_url()))


def elsewhere(text: Publication, *, at: datetime) -> Iterator[str]:
    """All that readers get of a text beside its page, in pieces: lists, feeds, data, citations."""
    for tell in _tellers[type(text)]:
        with override(text.language):
            yield from tell(as_if_published(text, at), at)


def piece(template: str, **context: Any) -> str:
    """A part of a page by itself, in the language that is active."""
    return render_to_string(template, {"head": {"language": get_language()}, **context})


def as_if_published(text: P, at: datetime) -> P:
    """A likeness of the row with the dates it would have if it were published at that moment."""
    shown, standing = copy.copy(text), text.standing
    shown.published_at = text.published_at or standing.published_at or at
    shown.first_published_at = standing.first_published_at or shown.published_at
    is_change = standing.is_public(at) and text.pk != standing.pk
    shown.changed_at = at if is_change else standing.changed_at
    return shown


def texts_of(record: Record) -> list[Publication]:
    """Those that a preview of the record shows: all but what is in the trash."""
    return [text for text in record.publications() if text.status != text.Status.TRASHED]


def latest(live: Record) -> Record:
    """What was saved last of a record: its working copy, or else itself."""
    return live.changes() or live


def counterparts(record: Record) -> list[Record]:
    """The same piece in other languages, where that is a record of its own, as last saved."""
    if not isinstance(record, Translatable):
        return []
    group = type(record).objects.live().filter(translation_group=record.translation_group)
    return [latest(one) for one in group.exclude(language=record.language)]


def nobodys(path: str) -> HttpRequest:
    """A request of nobody in particular for a page: nothing of whoever looks is in it."""
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = path
    return request
