"""The documents around one, in the order in which they follow each other."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.text import capfirst

from advocacy.un.forms import Kind
from advocacy.un.symbols import parse

from .known import Entry
from .models import Relation, UNDocument

_STAGES = {kind: stage for stage, kind in enumerate(Relation.Kind)}
#: At which stage a document stands that names another, by what it is itself; else with reports.
_OWN_STAGES = {
    Kind.DRAFT: Relation.Kind.DRAFT,
    Kind.RESOLUTION: Relation.Kind.RESOLUTION,
    Kind.DECISION: Relation.Kind.RESOLUTION,
    Kind.PRESIDENT: Relation.Kind.RESOLUTION,
    Kind.RECORD: Relation.Kind.RECORD,
}


class Step(NamedTuple):
    """One document of a chain, and what it is in it. `language` is that of the title."""

    entry: Entry
    role: str
    title: str
    language: str
    is_here: bool = False


def chain(here: Entry, language: str) -> list[Step]:
    """From what came before to what came after; [] where nothing is known of either. Three queries."""
    before, after = _around(here)
    rows = UNDocument.objects.in_bulk({**before, **after}, field_name="symbol")

    def step(entry: Entry, role: str, is_here: bool = False) -> Step:
        title = entry.title(language)
        return Step(entry, role, title, entry.title_language(language), is_here)

    def role(entry: Entry, said: str) -> str:
        return said if entry.is_plain else entry.kind

    def steps(found: dict[str, tuple[Relation.Kind, str]]) -> list[Step]:
        made = [
            (stage, step(entry, role(entry, said)))
            for name, (stage, said) in found.items()
            if (read := parse(name)) and (entry := Entry(read, rows.get(name)))
        ]
        return [one for _stage, one in sorted(made, key=_order)]

    if not before and not after:
        return []
    return [*steps(before), step(here, here.kind, is_here=True), *steps(after)]


def _around(here: Entry) -> tuple[dict[str, tuple[Relation.Kind, str]], ...]:
    """By symbol, at which stage the documents before and after it stand, and what they are called."""
    before: dict[str, tuple[Relation.Kind, str]] = {}
    after: dict[str, tuple[Relation.Kind, str]] = {}
    own = here.row.relations.all() if here.row else ()
    for relation in own:
        kind = Relation.Kind(relation.kind)
        side = after if kind == Relation.Kind.RECORD else before
        side[relation.other] = kind, capfirst(str(kind.label))
    names_it = Relation.objects.filter(other=here.symbol.document).select_related("document")
    for relation in names_it:
        other = relation.document
        stage = _OWN_STAGES.get(other.kind, Relation.Kind.REPORT)  # type: ignore[call-overload]  # a text
        side = before if relation.kind == Relation.Kind.RECORD else after
        if other.symbol not in before and other.symbol not in after:
            side[other.symbol] = stage, capfirst(other.get_kind_display())
    return before, after


def _order(found: tuple[Relation.Kind, Step]) -> tuple[Any, ...]:
    stage, one = found
    day = one.entry.row and one.entry.row.date_earliest
    return _STAGES[stage], day.toordinal() if day else 0, one.entry.order
