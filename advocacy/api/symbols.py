"""UN documents: those that have a page here, by symbol, with what is known of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from advocacy.datasets.fields import (
    NUMBER_IF_ANY,
    TEXT,
    URL,
    UUID,
    Field,
    Told,
    list_of,
    object_of,
    one_of,
)
from advocacy.datasets.milestones import VOTES
from advocacy.milestones.models import Milestone, MilestoneSymbol
from advocacy.publishing.head import absolute
from advocacy.symbols import known
from advocacy.symbols.browsing import Choice
from advocacy.symbols.models import KINDS, Relation
from advocacy.un.bodies import BODIES

from .parameters import Parameter, choice, like, whole

_SESSION = "[0-9A-Za-z-]{1,12}"


class Document(NamedTuple):
    entry: known.Entry
    language: str
    chain: list[dict[str, str]]
    milestones: list[str]

    def entered(self, name: str) -> Any:
        """What staff have entered in that column; "" where they have not."""
        value = getattr(self.entry.row, name, None) if self.entry.row else None
        return "" if value is None else value


def _votes(name: str) -> Field:
    return Field(
        name, NUMBER_IF_ANY, VOTES[name], lambda one: getattr(one.record.entry.row, name, None)
    )


FIELDS = [
    Field(
        "symbol",
        TEXT,
        _("The symbol, as the United Nations write it."),
        lambda one: str(one.record.entry.symbol),
    ),
    Field(
        "url",
        URL,
        _("Address of the official record."),
        lambda one: one.record.entry.symbol.url(one.record.language),
    ),
    Field(
        "page",
        URL,
        _("Address of our page of it."),
        lambda one: absolute(one.record.entry.symbol.page(one.record.language)),
    ),
    Field(
        "body",
        one_of([*BODIES]),
        _("Code of the UN body it is of."),
        lambda one: one.record.entry.body.code,
    ),
    Field(
        "kind",
        one_of([value for value, _name in KINDS]),
        _("What it is, else what its symbol says."),
        lambda one: one.record.entered("kind") or str(one.record.entry.symbol.kind),
    ),
    Field("session", TEXT, _("Session, where it is known."), lambda one: one.record.entry.session),
    Field(
        "title",
        TEXT,
        _("Its title, else the one in the other language; empty where we have entered none."),
        lambda one: one.record.entry.title(one.record.language),
    ),
    Field(
        "date",
        TEXT,
        _("Date in EDTF, as exactly as it is known; empty where it is not."),
        lambda one: str(one.record.entry.date or ""),
    ),
    Field("agenda_item", TEXT, _("Agenda item."), lambda one: one.record.entered("agenda_item")),
    Field(
        "sponsors",
        list_of(TEXT),
        _("Who tabled it, as the document names them."),
        lambda one: one.record.entered("sponsors").splitlines(),
    ),
    Field(
        "outcome",
        one_of(["", *Milestone.Outcome.values]),
        _("How it was decided; empty where nothing was."),
        lambda one: one.record.entered("outcome"),
    ),
    *map(_votes, VOTES),
    Field(
        "chain",
        list_of(object_of(kind=one_of(Relation.Kind.values), symbol=TEXT)),
        _("Its drafts, reports, resolutions and meeting records, as far as they were entered."),
        lambda one: one.record.chain,
    ),
    Field(
        "milestones",
        list_of(UUID),
        _("The milestones that name it."),
        lambda one: one.record.milestones,
    ),
]


FILTERS = [
    Parameter("body", one_of([*BODIES]), _("Only those of this UN body."), choice([*BODIES])),
    Parameter(
        "session",
        {"type": "string", "pattern": f"^{_SESSION}$"},
        _("Only those of this session, such as 25 or S-17."),
        like(_SESSION, "It must be a session such as 25 or S-17."),
    ),
    Parameter(
        "year",
        {"type": "integer", "minimum": 1000, "maximum": 9999},
        _("Only those of this year: that of their date, else the one that the symbol names."),
        whole(1000, 9999),
    ),
]


def rows(asked: Mapping[str, Any], at: datetime) -> list[known.Entry]:
    """Each once, in the order of the symbols: a list in memory, as all of them are known by it."""
    chosen = Choice(asked["body"] or "", asked["session"] or "", str(asked["year"] or ""))
    found = filter(chosen.admits, known.entries(at))
    return sorted(found, key=lambda entry: str(entry.symbol))


def tell(found: Iterable[known.Entry], asked: Mapping[str, Any], at: datetime) -> Iterator[Told]:
    found = list(found)
    names = [str(entry.symbol) for entry in found]
    public = Milestone.objects.published(at)
    uses = MilestoneSymbol.objects.filter(symbol__in=names, milestone__in=public.values("pk"))
    milestones: defaultdict[str, list[str]] = defaultdict(list)
    for symbol, milestone in uses.order_by("milestone").values_list("symbol", "milestone__uuid"):
        milestones[str(symbol)].append(str(milestone))
    chains: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for one in Relation.objects.filter(document__symbol__in=names).select_related("document"):
        chains[one.document.symbol].append({"kind": one.kind, "symbol": str(one.other)})
    for name, entry in zip(names, found, strict=True):
        told = Document(entry, asked["lang"], chains[name], milestones[name])
        yield Told(told, told, at)
