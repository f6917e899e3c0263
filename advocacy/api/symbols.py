"""UN documents, as far as public milestones name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from advocacy.datasets.fields import TEXT, URL, UUID, Field, Told, list_of, one_of
from advocacy.milestones.models import Milestone, MilestoneSymbol
from advocacy.un.bodies import BODIES
from advocacy.un.forms import Kind
from advocacy.un.symbols import Symbol, parse


class Named(NamedTuple):
    symbol: Symbol
    language: str
    milestones: list[str]


FIELDS = [
    Field(
        "symbol",
        TEXT,
        _("The symbol, as the United Nations write it."),
        lambda one: str(one.record.symbol),
    ),
    Field(
        "url",
        URL,
        _("Address of the official record."),
        lambda one: one.record.symbol.url(one.record.language),
    ),
    Field(
        "body",
        one_of([*BODIES]),
        _("Code of the UN body in whose series it came out."),
        lambda one: one.record.symbol.body,
    ),
    Field(
        "kind",
        one_of(Kind.values),
        _("What its symbol says it is."),
        lambda one: str(one.record.symbol.kind),
    ),
    Field(
        "session",
        TEXT,
        _("Session, where its symbol names one."),
        lambda one: one.record.symbol.session,
    ),
    Field(
        "milestones",
        list_of(UUID),
        _("The milestones that name it."),
        lambda one: one.record.milestones,
    ),
]


def rows(asked: Mapping[str, Any], at: datetime) -> Any:
    """Each symbol once."""
    public = Milestone.objects.published(at)
    named = MilestoneSymbol.objects.filter(milestone__in=public.values("pk"))
    return named.order_by().values("symbol").distinct()


def tell(found: Iterable[Any], asked: Mapping[str, Any], at: datetime) -> Iterator[Told]:
    symbols = [row["symbol"] for row in found]
    public = Milestone.objects.published(at)
    uses = MilestoneSymbol.objects.filter(symbol__in=symbols, milestone__in=public.values("pk"))
    milestones: defaultdict[str, list[str]] = defaultdict(list)
    for symbol, milestone in uses.order_by("milestone").values_list("symbol", "milestone__uuid"):
        milestones[str(symbol)].append(str(milestone))
    for symbol in symbols:
        if read := parse(str(symbol)):
            named = Named(read, asked["lang"], milestones[str(symbol)])
            yield Told(named, named, at)
