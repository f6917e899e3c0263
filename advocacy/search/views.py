"""The page of results, suggestions while somebody types, and how browsers may ask us.

Whatever is asked is kept nowhere: not in the store of pages, not by what stands between, not by the
reader's browser, and it is no hit. What is shown is true at the moment it is asked.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from advocacy.publishing.head import Head, absolute, front_page, other_than, with_query
from advocacy.publishing.lists import Paging
from advocacy.publishing.views import published_page, read_only
from advocacy.un.reading import understood
from advocacy.un.symbols import Symbol

from . import narrowing, results, showing, vocabulary
from .query import LONGEST, Query, read, typed_so_far
from .results import Choice

PER_PAGE = 10
SUGGESTIONS = "application/x-suggestions+json"  # OpenSearch Suggestions 1.1


class Cited(NamedTuple):
    """A UN document that was asked for; if anything of ours names it, it has a page."""

    symbol: Symbol
    what: str
    has_page: bool


@read_only
def index(request: HttpRequest, language: str) -> HttpResponse:
    at = timezone.now()
    choice, query = narrowing.chosen(request.GET), read(request.GET.get("q"))
    context = {
        "head": _head(language, query, choice),
        "query": query,
        "here": reverse("search:index", args=[language]),
        "longest": LONGEST,
        "is_search": True,
    }
    if query:
        context |= _found(request, vocabulary.widened(query), choice, language, at)
    return _kept_nowhere(render(request, "search/index.html", context))


@read_only
def suggest(request: HttpRequest, language: str) -> HttpResponse:
    """Titles that begin as somebody types, in the form that browsers ask for too."""
    typed, at = request.GET.get("q", ""), timezone.now()
    query = vocabulary.widened(typed_so_far(typed))
    places = results.in_titles(query, language, at) if query else []
    rows = showing.titles(places, at)
    answer = [typed[:LONGEST], [row.title for row in rows], [], [absolute(r.path) for r in rows]]
    return _kept_nowhere(JsonResponse(answer, safe=False, content_type=SUGGESTIONS))


@published_page()
def opensearch(request: HttpRequest) -> HttpResponse:
    """How a browser or another site may search here (OpenSearch 1.1), in the reader's language."""
    language = get_language() or "en"
    places = {name: absolute(reverse(f"search:{name}", args=[language])) for name in _ASKED}
    context = {"language": language, **places}
    media_type = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "search/opensearch.xml", context, content_type=media_type)


_ASKED = ("index", "suggest")


def _found(
    request: HttpRequest, query: Query, choice: Choice, language: str, at: datetime
) -> dict[str, Any]:
    groups = results.groups(query, at)
    total = narrowing.count(groups, choice)

    def path_of(choice: Choice, page: int | None = None) -> str:
        here = reverse("search:index", args=[language])
        return with_query(here, q=query.text, **narrowing.params_of(choice), page=page)

    paging = Paging.of(
        request.GET.get("page"),
        total=min(total, results.MOST),
        per_page=PER_PAGE,
        path_of=lambda page: path_of(choice, page),
    )
    of_all = sum(group.count for group in groups)
    places = results.best(query, choice, language, at, count=of_all) if total else []
    is_newest_first = choice.order == results.NEWEST
    return {
        "total": total,
        "paging": paging,
        "rows": showing.rows(places[paging.start : paging.end], query, language, at),
        "choice": choice,
        "is_newest_first": is_newest_first,
        "other_order": path_of(choice.but(order="" if is_newest_first else results.NEWEST)),
        "kinds": narrowing.kinds(groups, choice, path_of),
        "languages": narrowing.languages(groups, choice, path_of),
        "years": narrowing.years(groups, choice),
        "bodies": narrowing.bodies(groups, choice),
        "cited": [_cited(symbol, of_all, at) for symbol in query.symbols],
        "of_all": of_all,
        "without_choice": path_of(Choice(order=choice.order)),
        **(_meant(query, language, at) if not groups else {}),
    }


def _cited(symbol: Symbol, of_all: int, at: datetime) -> Cited:
    has_page = bool(of_all or results.total(read(symbol.document), at))
    return Cited(symbol, understood(symbol), has_page)


def _meant(query: Query, language: str, at: datetime) -> dict[str, str]:
    meant = vocabulary.meant(query, lambda other: results.total(other, at))
    here = reverse("search:index", args=[language])
    return {"meant": meant, "meant_path": with_query(here, q=meant)}


def _head(language: str, query: Query, choice: Choice) -> Head:
    here, there = (
        with_query(
            reverse("search:index", args=[code]), q=query.text, **narrowing.params_of(choice)
        )
        for code in (language, other_than(language))
    )
    return Head(
        title=": ".join([_("Search"), *([query.text] if query.text else [])]),
        language=language,
        path=here,
        translations={other_than(language): there},
        crumbs=[front_page(language)],
        indexed=False,
    )


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    return response
