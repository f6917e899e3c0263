"""Hits by day, as they were folded: of what readers can see now, and of nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.attachments.models import Attachment
from advocacy.datasets.fields import DAY, NUMBER, UUID, Field, Told, one_of
from advocacy.hits.counter import Kind
from advocacy.hits.models import DailyCount
from advocacy.meetings.models import MeetingText
from advocacy.milestones.models import MilestoneText
from advocacy.news.models import Article

from .parameters import Parameter, a_day, an_item, choice

TEXTS: tuple[Any, ...] = (Article, MilestoneText, MeetingText)

FILTERS = [
    an_item(_("Only hits of this article, text or document.")),
    Parameter(
        "kind", one_of(Kind.values), _("Only views, or only downloads."), choice(Kind.values)
    ),
    a_day("from", _("Only this day and those after it.")),
    a_day("to", _("Only this day and those before it.")),
]

FIELDS = [
    Field("day", DAY, _("The day, in Seoul."), lambda one: one.record.day.isoformat()),
    Field(
        "item",
        UUID,
        _("What was read: the id of an article or a document, the text_id of all else."),
        lambda one: str(one.record.item),
    ),
    Field(
        "kind",
        one_of(Kind.values),
        _("A page that was read, or a document that was downloaded."),
        lambda one: one.record.kind,
    ),
    Field(
        "hits", NUMBER, _("By readers; robots are not among them."), lambda one: one.record.human
    ),
    Field("robots", NUMBER, _("By robots that say so."), lambda one: one.record.robots),
]


def rows(asked: Mapping[str, Any], at: datetime) -> Any:
    public = Q(item__in=Attachment.objects.documents().visible(at).values("uuid"))
    for model in TEXTS:
        public |= Q(item__in=model.objects.published(at).values("uuid"))
    wanted = {
        "item": asked["item"],
        "kind": asked["kind"],
        "day__gte": asked["from"],
        "day__lte": asked["to"],
    }
    given = {name: value for name, value in wanted.items() if value is not None}
    return DailyCount.objects.filter(public, **given)


def tell(found: Iterable[Any], asked: Mapping[str, Any], at: datetime) -> Iterator[Told]:
    return (Told(row, row, at) for row in found)
