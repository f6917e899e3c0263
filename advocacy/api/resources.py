"""What programs can ask for: each list with its fields, its parameters and where its records come from.

What is served, the description in OpenAPI and the page for people are made from these declarations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from advocacy.datasets import articles, documents, meetings, milestones
from advocacy.datasets.fields import Field, Told, Words, one_of
from advocacy.meetings.models import MeetingText
from advocacy.milestones.models import MilestoneText
from advocacy.milestones.timeline import NO_BODY, Choice
from advocacy.news.models import Article
from advocacy.publishing.models import Language
from advocacy.un.bodies import BODIES

from . import hits, symbols
from .paging import BY_CHANGE, BY_DAY, BY_SYMBOL, Order
from .parameters import (
    CURSOR,
    LIMIT,
    SINCE,
    Parameter,
    choice,
    fields,
    language,
    like,
    whole,
)

Values = Mapping[str, Any]  # of parameters, by name
_TAG = "[-0-9A-Za-z_가-힣]{1,100}"


def _never(identifier: UUID, at: datetime) -> bool:
    return False


@dataclass(frozen=True, kw_only=True)
class Resource:
    """A list below /api/v1/; with `has_items`, each record has an address of its own below it."""

    name: str
    title: Words
    says: Words
    fields: Sequence[Field]
    order: Order
    rows: Callable[[Values, datetime], Any]
    tell: Callable[[Iterable[Any], Values, datetime], Iterable[Told]]
    filters: Sequence[Parameter] = ()
    in_a_language: Sequence[Parameter] = ()  # of an item too
    has_items: bool = False
    was_public: Callable[[UUID, datetime], bool] = _never

    @cached_property
    def _choice_of_fields(self) -> Parameter:
        return fields(self.fields)

    @cached_property
    def parameters(self) -> list[Parameter]:
        """Of the list."""
        return [
            *self.in_a_language,
            *self.filters,
            self._choice_of_fields,
            LIMIT,
            CURSOR,
        ]

    @cached_property
    def item_parameters(self) -> list[Parameter]:
        return [*self.in_a_language, self._choice_of_fields]

    @cached_property
    def nothing_asked(self) -> Values:
        return {parameter.name: parameter.default for parameter in self.parameters}

    def shown(self, names: Sequence[str] | None) -> list[Field]:
        """The fields asked for, in the order they are declared in; without, those that are short."""
        return [
            field
            for field in self.fields
            if (field.name in names if names is not None else not field.is_long)
        ]


def _since(rows: Any, asked: Values) -> Any:
    return rows if asked.get("since") is None else rows.filter(as_of__gte=asked["since"])


def _articles(asked: Values, at: datetime) -> Any:
    rows = _since(articles.rows(at), asked)
    if asked.get("lang"):
        rows = rows.filter(language=asked["lang"])
    if asked.get("tag"):
        rows = rows.tagged(asked["tag"])
    if asked.get("year"):
        rows = rows.in_year(asked["year"])
    return rows


def _milestones(asked: Values, at: datetime) -> Any:
    chosen = Choice(asked.get("body") or "", asked.get("decade"))
    return chosen.narrowed(_since(milestones.rows(at), asked))


def _meetings(asked: Values, at: datetime) -> Any:
    return _since(meetings.rows(at), asked)


def _documents(asked: Values, at: datetime) -> Any:
    return _since(documents.rows(at), asked)


def _decade(text: str) -> int:
    decade = whole(1000, 9990)(text)
    if decade % 10:
        raise ValueError("It must be the first year of a decade, such as 2010.")
    return decade


TOLD_IN = language(
    _("Language to tell in; what is not told in it is told in the other."), Language.EN.value
)

RESOURCES = [
    Resource(
        name="articles",
        title=_("Articles"),
        says=_("News and statements, a record for each language."),
        fields=articles.FIELDS,
        order=BY_CHANGE,
        rows=_articles,
        tell=lambda found, asked, at: articles.tell(found, at),
        filters=[
            language(_("Only articles in this language.")),
            Parameter(
                "tag",
                {"type": "string", "pattern": f"^{_TAG}$"},
                _("Only articles with this tag."),
                like(_TAG, "It must be the last part of the address of a tag."),
            ),
            Parameter(
                "year",
                {"type": "integer", "minimum": 1000, "maximum": 9998},
                _("Only articles first published in this year, in Seoul."),
                whole(1000, 9998),
            ),
            SINCE,
        ],
        has_items=True,
        was_public=lambda identifier, at: Article.objects.gone(at).filter(uuid=identifier).exists(),
    ),
    Resource(
        name="milestones",
        title=_("Milestones"),
        says=_("What the United Nations did, and our part in it: each step once."),
        fields=milestones.FIELDS,
        order=BY_CHANGE,
        rows=_milestones,
        tell=lambda found, asked, at: milestones.tell(found, asked["lang"], at),
        in_a_language=[TOLD_IN],
        filters=[
            Parameter(
                "body",
                one_of([*BODIES, NO_BODY]),
                _("Only steps of this UN body; “none” for our own before no single body."),
                choice([*BODIES, NO_BODY]),
            ),
            Parameter(
                "decade",
                {"type": "integer", "minimum": 1000, "maximum": 9990, "multipleOf": 10},
                _("Only steps of the ten years from this one on."),
                _decade,
            ),
            SINCE,
        ],
        has_items=True,
        was_public=lambda identifier, at: (
            MilestoneText.objects.gone(at).filter(fact__uuid=identifier).exists()
        ),
    ),
    Resource(
        name="meetings",
        title=_("Meetings"),
        says=_("Whom we met, when and where. Who took part stands on the page alone."),
        fields=meetings.FIELDS,
        order=BY_CHANGE,
        rows=_meetings,
        tell=lambda found, asked, at: meetings.tell(found, asked["lang"], at),
        in_a_language=[TOLD_IN],
        filters=[SINCE],
        has_items=True,
        was_public=lambda identifier, at: (
            MeetingText.objects.gone(at).filter(fact__uuid=identifier).exists()
        ),
    ),
    Resource(
        name="documents",
        title=_("Documents"),
        says=_("Statements, submissions and reports as files, each with its checksum."),
        fields=documents.FIELDS,
        order=BY_CHANGE,
        rows=_documents,
        tell=lambda found, asked, at: documents.tell(found, asked["lang"], at),
        in_a_language=[TOLD_IN],
        filters=[SINCE],
        has_items=True,
    ),
    Resource(
        name="symbols",
        title=_("UN documents"),
        says=_(
            "Those that our texts and files name, or that were entered, with what is known of each."
        ),
        fields=symbols.FIELDS,
        order=BY_SYMBOL,
        rows=symbols.rows,
        tell=symbols.tell,
        filters=symbols.FILTERS,
        in_a_language=[TOLD_IN],
    ),
    Resource(
        name="hits",
        title=_("Hits by day"),
        says=_(
            "How often what is public was read or downloaded on each day in Seoul, by the rules of"
            " COUNTER Release 5. The number of a day can grow until that day is over."
        ),
        fields=hits.FIELDS,
        order=BY_DAY,
        rows=hits.rows,
        tell=hits.tell,
        filters=hits.FILTERS,
    ),
]
