"""How a reader may narrow what was found: each offer with its number, and the address that makes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from advocacy.publishing.models import Language
from advocacy.un.bodies import BODIES

from .models import Document
from .results import NEWEST, Choice, Group

_YEAR = re.compile("[1-9][0-9]{3}", re.ASCII)
PathOf = Callable[[Choice], str]


@dataclass(frozen=True)
class Facet:
    """One value of a filter (`_partials/_facets.html`), its number under the other choices."""

    name: str
    count: int
    path: str
    is_current: bool


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    is_chosen: bool


def chosen(params: Mapping[str, str]) -> Choice:
    """Read the query parameters. Raises Http404 for what there cannot be."""
    kind, language = params.get("kind", ""), params.get("lang", "")
    year, body, order = params.get("year", ""), params.get("body", ""), params.get("sort", "")
    is_known = (
        kind in ("", *Document.Kind.values)
        and language in ("", *Language.values)
        and (body == "" or body in BODIES)
        and (year == "" or _YEAR.fullmatch(year) is not None)
        and order in ("", NEWEST)
    )
    if not is_known:
        raise Http404
    return Choice(kind, language, int(year) if year else None, body, order)


def params_of(choice: Choice) -> dict[str, str | int | None]:
    return {
        "kind": choice.kind,
        "lang": choice.language,
        "year": choice.year,
        "body": choice.body,
        "sort": choice.order,
    }


def count(groups: Sequence[Group], choice: Choice) -> int:
    return sum(group.count for group in groups if choice.admits(group))


def kinds(groups: Sequence[Group], choice: Choice, path_of: PathOf) -> list[Facet]:
    names = {"": _("Everything"), **{kind.value: str(kind.label) for kind in Document.Kind}}
    offers = [(name, choice.but(kind=kind)) for kind, name in names.items()]
    return [_facet(name, offer, groups, choice, path_of) for name, offer in offers]


def languages(groups: Sequence[Group], choice: Choice, path_of: PathOf) -> list[Facet]:
    names = {"": _("Both"), **dict(Language.choices)}
    offers = [(str(name), choice.but(language=language)) for language, name in names.items()]
    return [_facet(name, offer, groups, choice, path_of) for name, offer in offers]


def years(groups: Sequence[Group], choice: Choice) -> list[Option]:
    """The newest first."""
    known = {year for year in (choice.year, *(group.year for group in groups)) if year}
    numbers = {year: count(groups, choice.but(year=year)) for year in sorted(known, reverse=True)}
    return [
        Option(str(year), str(year), number, year == choice.year)
        for year, number in numbers.items()
        if number or year == choice.year
    ]


def bodies(groups: Sequence[Group], choice: Choice) -> list[Option]:
    """In the order of the house."""
    known = {group.body for group in groups} | {choice.body}
    numbers = {code: count(groups, choice.but(body=code)) for code in BODIES if code in known}
    return [
        Option(code, BODIES[code].name(), number, code == choice.body)
        for code, number in numbers.items()
        if number or code == choice.body
    ]


def _facet(
    name: str, offer: Choice, groups: Sequence[Group], choice: Choice, path_of: PathOf
) -> Facet:
    return Facet(name, count(groups, offer), path_of(offer), offer == choice)
