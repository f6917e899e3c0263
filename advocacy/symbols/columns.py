"""What the columns of a list of UN documents are called, and what their cells say. Pure.

Besides our own names those of the voting data of the Dag Hammarskjöld Library are known, whose rows
are votes of single states: each resolution comes as often as there are states.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from advocacy.un.bodies import BODIES

from .models import KINDS, Relation

#: By our own name of a column, the others it goes by.
NAMES: dict[str, tuple[str, ...]] = {
    "symbol": ("document_symbol", "document", "resolutions"),
    "title": ("title_en",),
    "title_ko": (),
    "date": ("vote_date",),
    "body": (),
    "session": (),
    "kind": ("type",),
    "agenda_item": ("agenda", "agenda_title", "agenda_titles"),
    "outcome": ("modality",),
    "yes": ("total_yes", "in_favour", "votes_for"),
    "no": ("total_no", "against", "votes_against"),
    "abstain": ("total_abstentions", "abstentions", "abstaining", "votes_abstaining"),
    "sponsors": ("authors",),
    "draft": (),
    "report": ("committee_report",),
    "resolution": (),
    "record": ("meeting", "meeting_record"),
}
RELATIONS = [kind.value for kind in Relation.Kind]
_SEVERAL = re.compile(r"\s*[;|\n]\s*")


def known(header: Sequence[str]) -> dict[str, int]:
    """By our name, the place of each column that is known."""
    named = {_plain(name): place for place, name in reversed(list(enumerate(header)))}
    if "resolution" in named and "symbol" not in named and "resolutions" not in named:
        named["symbol"] = named.pop("resolution")  # what a list of resolutions calls its symbol
    return {
        name: next(named[other] for other in (name, *others) if other in named)
        for name, others in NAMES.items()
        if any(other in named for other in (name, *others))
    }


def several(cell: str) -> list[str]:
    """What stands in one cell with semicolons, strokes or ends of lines between."""
    return [part for part in _SEVERAL.split(cell.strip()) if part]


def body(cell: str) -> str | None:
    """The code of a body that is named by it, or in either language; None if there is none such."""
    return _named(cell, {code: _names_of(code) for code in BODIES})


def kind(cell: str) -> str | None:
    return _named(cell, {code: (code, str(label)) for code, label in KINDS})


def outcome(cell: str, numbers: Sequence[str]) -> str | None:
    """`vote`, `no_vote` or "" as in the models; None for what cannot be told."""
    said = _plain(cell)
    if "without" in said or said in ("no_vote", "consensus", "adopted_by_consensus"):
        return "no_vote" if not any(numbers) else None
    if all(numbers):
        return "vote"
    return "" if not said and not any(numbers) else None


def _named(cell: str, names: Mapping[str, Sequence[str]]) -> str | None:
    said = cell.strip().casefold()
    return next(
        (code for code, known in names.items() if said in [name.casefold() for name in known]), None
    )


def _names_of(code: str) -> Sequence[str]:
    one = BODIES[code]
    return (code, one.name_en, one.name_ko, one.short_en, one.short_ko)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.strip().casefold()).strip("_")
