"""Milestones as data: a row for each, told in one language or else in the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from advocacy.milestones.models import Milestone
from advocacy.publishing import lists
from advocacy.publishing.richtext import plain
from advocacy.un.bodies import BODIES
from advocacy.un.symbols import parse

from . import texts
from .fields import (
    BOOLEAN,
    NUMBER_IF_ANY,
    TEXT,
    URL,
    Field,
    Told,
    list_of,
    object_of,
    one_of,
)


def rows(at: datetime) -> Any:
    """Those that are public, with `as_of` and all that their fields ask for."""
    found = texts.with_last_change(Milestone.objects.published(at), at)
    return texts.with_documents(found.with_texts(at)).prefetch_related("symbols")


def tell(found: Iterable[Milestone], language: str, at: datetime) -> Iterator[Told]:
    for milestone, text in lists.told(found, language):
        yield Told(milestone, text, at)


def _body_name(one: Told) -> str:
    body = BODIES.get(one.record.body)
    return body.name(one.text.language) if body else ""


def _symbols(one: Told) -> list[dict[str, str]]:
    read = [parse(str(use.symbol)) for use in one.record.symbols.all()]
    return [
        {"symbol": str(symbol), "url": symbol.url(one.text.language)} for symbol in read if symbol
    ]


VOTES = {
    "votes_for": _("Votes in favour; empty where there was no vote."),
    "votes_against": _("Votes against; empty where there was no vote."),
    "votes_abstaining": _("Abstentions; empty where there was no vote."),
}


def _votes(name: str) -> Field:
    return Field(name, NUMBER_IF_ANY, VOTES[name], lambda one: getattr(one.record, name))


FIELDS = [
    texts.identifier(_("Identifier of the milestone, the same in both languages.")),
    texts.ADDRESS,
    *texts.WHEN,
    Field(
        "body",
        one_of(["", *BODIES]),
        _("Code of the UN body; empty for a step of our own before no single body."),
        lambda one: one.record.body,
    ),
    Field("body_name", TEXT, _("Name of the UN body."), _body_name),
    Field("kind", one_of(Milestone.Kind.values), _("Kind of step."), lambda one: one.record.kind),
    Field("own_step", BOOLEAN, _("Whether it is our own step."), lambda one: one.record.own_step),
    Field(
        "turning_point",
        BOOLEAN,
        _("Whether the United Nations dealt with North Korea differently after it."),
        lambda one: one.record.turning_point,
    ),
    Field(
        "outcome",
        one_of(["", *Milestone.Outcome.values]),
        _("How it was decided; empty where nothing was."),
        lambda one: one.record.outcome,
    ),
    *map(_votes, VOTES),
    Field(
        "symbols",
        list_of(object_of(symbol=TEXT, url=URL)),
        _("UN documents it left behind, with the official record of each."),
        _symbols,
    ),
    *texts.WORDS,
    Field("our_part", TEXT, _("What NKHR did towards it."), lambda one: plain(one.text.our_part)),
    *texts.MOMENTS,
    texts.OF_A_FACT,
    texts.TRANSLATIONS,
    texts.DOCUMENTS,
    texts.CORRECTIONS,
    *texts.BODY,
]
