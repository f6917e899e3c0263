"""UN documents: all that are known here, and the page of one."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_from_request
from django.utils.translation import gettext as _

from advocacy.milestones import wording
from advocacy.publishing.head import Crumb, Head, front_page, other_than, with_query
from advocacy.publishing.lists import Paging
from advocacy.publishing.views import published_page, read_only
from advocacy.search.words import clean
from advocacy.un.reading import nearest
from advocacy.un.symbols import OFFICIAL_LANGUAGES, Symbol, parse

from . import browsing, known, schema
from .browsing import Choice
from .chain import chain
from .citing import citing
from .known import Entry

PER_PAGE = 30
_LANGUAGES = {
    "ar": "العربية",
    "zh": "中文",
    "en": "English",
    "fr": "Français",
    "ru": "Русский",
    "es": "Español",
}


class Official(NamedTuple):
    """The official record in one of its languages; `is_rtl` is how the name of that is written."""

    language: str
    name: str
    url: str
    is_rtl: bool


class Listed(NamedTuple):
    """`language` is that of the title; `named_by` so many of ours."""

    entry: Entry
    title: str
    language: str
    named_by: int


@read_only
def choose_language(request: HttpRequest, asked: str = "") -> HttpResponse:
    """To the same in the language the browser asks for; the answer says that it varies."""
    language = get_language_from_request(request)
    path = reverse("symbols:detail", args=[language, asked]) if asked else _index(language).path
    query = request.GET.urlencode()
    return HttpResponseRedirect(f"{path}?{query}" if query else path)


@published_page("body", "session", "year", "page")
def index(request: HttpRequest, language: str) -> HttpResponse:
    at = timezone.now()
    every = known.entries(at)
    choice = browsing.chosen(request.GET, every)
    found = [entry for entry in every if choice.admits(entry)]

    def path_of(choice: Choice, page: int | None = None, language: str = language) -> str:
        return with_query(_index(language).path, **choice.params(), page=page)

    paging = Paging.of(
        request.GET.get("page"),
        total=len(found),
        per_page=PER_PAGE,
        path_of=lambda page: path_of(choice, page),
    )
    title = ": ".join([_("UN documents"), *([", ".join(choice.names())] if choice else [])])
    other = other_than(language)
    context = {
        "head": Head(
            title=paging.titled(title),
            language=language,
            path=paging.path,
            description=_(
                "The United Nations documents on human rights in North Korea that this record names: what "
                "each is, where its official text is kept, and what of ours speaks of it."
            ),
            translations={
                other: path_of(choice, paging.number if paging.number > 1 else None, other)
            },
            crumbs=[front_page(language), *([_index(language)] if choice else [])],
        ),
        "here": _index(language).path,
        "choice": choice,
        "rows": _listed(found[paging.start : paging.end], language, at),
        "paging": paging,
        "bodies": browsing.bodies(every, choice, path_of),
        "sessions": browsing.sessions(every, choice),
        "years": browsing.years(every, choice),
    }
    return render(request, "symbols/index.html", context)


@published_page()
def detail(request: HttpRequest, language: str, asked: str) -> HttpResponse:
    """One document; another spelling of its symbol leads to it, and a slip is told what was meant."""
    at = timezone.now()
    symbol = parse(asked)
    entry = known.entry(symbol, at) if symbol else None
    if entry is None:
        return _unknown(request, symbol, asked, language, at)
    if asked != entry.symbol.path:
        return HttpResponsePermanentRedirect(entry.symbol.page(language))
    return render(request, "symbols/detail.html", _page(entry, language, at))


def _page(entry: Entry, language: str, at: datetime) -> dict[str, object]:
    name, other = str(entry.symbol), other_than(language)
    title = entry.title(language)
    is_own = title and entry.title_language(language) == language
    here = _index(language).path
    total = known.counts([name], at).get(name, 0)
    return {
        "head": Head(
            title=f"{name}: {title}" if is_own else f"{name}, {entry.body.short(language)}",
            language=language,
            path=entry.symbol.page(language),
            description=_("%(what)s. Its official record, and what of ours names it.")
            % {"what": entry.what},
            translations={other: entry.symbol.page(other)},
            crumbs=[front_page(language), _index(language)],
            ld=[schema.document(entry, language)],
        ),
        "entry": entry,
        "title": title,
        "title_language": entry.title_language(language),
        "body_path": with_query(here, body=entry.body.code),
        "session_path": with_query(here, body=entry.body.code, session=entry.session),
        "outcome": wording.outcome(entry.row) if entry.row else "",
        "sponsors": entry.row.sponsors.splitlines() if entry.row else [],
        "official": _official(entry.symbol),
        "citing": citing(entry.symbol, total, language, at),
        "chain": chain(entry, language),
    }


def _unknown(
    request: HttpRequest, symbol: Symbol | None, asked: str, language: str, at: datetime
) -> HttpResponse:
    meant = None if symbol else nearest(asked)
    page = known.entry(meant, at) if meant else None
    context = {
        "head": Head(
            title=_("No such UN document here") if symbol else _("This is no UN document symbol"),
            language=language,
            path=request.path,
            crumbs=[front_page(language), _index(language)],
            indexed=False,
        ),
        "asked": " ".join(clean(asked).split())[:80],
        "symbol": symbol,
        "meant": meant,
        "meant_path": page.symbol.page(language) if page else "",
        "official": _official(symbol or meant) if symbol or meant else [],
        "index": _index(language).path,
    }
    answer = render(request, "symbols/unknown.html", context, status=404)
    answer.headers["Cache-Control"] = "no-cache"  # it may be named tomorrow
    return answer


def _listed(entries: list[Entry], language: str, at: datetime) -> list[Listed]:
    numbers = known.counts([str(entry.symbol) for entry in entries], at)
    return [
        Listed(
            entry,
            entry.title(language) or entry.what,
            entry.title_language(language),
            numbers.get(str(entry.symbol), 0),
        )
        for entry in entries
    ]


def _official(symbol: Symbol | None) -> list[Official]:
    document = parse(symbol.document) if symbol else None
    if document is None:
        return []
    return [
        Official(code, _LANGUAGES[code], document.url(code), code == "ar")
        for code in OFFICIAL_LANGUAGES
    ]


def _index(language: str) -> Crumb:
    return Crumb(_("UN documents"), reverse("symbols:index", args=[language]))
