"""What needs somebody at the desk: the rows of its front page, a few of each kind."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Case, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from advocacy.hits import counts
from advocacy.publishing.checks.attention import failing
from advocacy.publishing.clocks import Clock, clocks
from advocacy.publishing.models import (
    Fact,
    FactText,
    Publication,
    Record,
    Remark,
    Review,
    Unsaved,
)
from advocacy.publishing.people import name_of
from advocacy.publishing.records import kinds
from advocacy.publishing.richtext import rich_texts
from advocacy.publishing.states import in_seoul, state

from . import disks

SHOWN = 10
RECENT = timedelta(days=30)
DAYS_OF_HITS = 7


@dataclass(frozen=True)
class Line:
    """A text that is to be opened. `clocks`: when it appears or ends by itself."""

    title: str
    kind: str
    url: str
    language: str = ""
    says: str = ""
    note: str = ""
    clocks: tuple[Clock, ...] = ()
    hits: int = 0


@dataclass(frozen=True)
class Board:
    user: Any
    at: datetime

    @classmethod
    def of(cls, user: Any, at: datetime | None = None) -> Board:
        return cls(user, at or timezone.now())

    @cached_property
    def in_progress(self) -> list[Line]:
        """What they have begun, the newest first."""
        found = (
            record
            for kind in kinds()
            for record in _light(kind.objects.mine_in_progress(self.user)).order_by("-pk")[:SHOWN]
        )
        return [_of_record(record) for record in _few(found)]

    @cached_property
    def unsaved(self) -> list[Line]:
        """What they typed and have not saved, the newest first; it is offered where this leads."""
        kept = Unsaved.objects.of(self.user, self.at).defer("pages").order_by("-typed_at")
        return list(filter(None, (_of_unsaved(one, self.user) for one in kept[:SHOWN])))

    @cached_property
    def failing(self) -> list[Line]:
        """What they have begun and must mend before it can be published, each with the first reason."""
        return [_of_record(one.record, says=one.findings[0].sentence) for one in failing(self.user)]

    @cached_property
    def to_review(self) -> list[Line]:
        """What they were asked to look at, with the note, the longest waiting first."""
        waiting = [
            record
            for kind in kinds()
            for record in _light(kind.objects.waiting_for(self.user)).select_related("replaces")
        ]
        reviews = Review.objects.filter(record__in=[one.uuid for one in waiting])
        asked = {review.record: review for review in reviews.select_related("asked_by")}
        notes = _notes(waiting)
        waiting = [record for record in waiting if record.uuid in asked]
        waiting.sort(key=lambda record: asked[record.uuid].asked_at)
        return [
            _of_record(
                record,
                says=name_of(asked[record.uuid].asked_by),
                note=notes.get(record.live.uuid, ""),
            )
            for record in waiting[:SHOWN]
        ]

    @cached_property
    def scheduled(self) -> list[Line]:
        """What appears or ends by itself, the next first."""
        next_at = Case(When(published_at__gt=self.at, then="published_at"), default="unpublish_at")
        # Said of the two columns, so that their indexes answer and not a look at every text.
        ahead = Q(published_at__gt=self.at) | Q(unpublish_at__gt=self.at)
        texts = (
            text
            for model in _publications()
            for text in _light(model.objects.open_to(self.user))
            .filter(status=Publication.Status.PUBLISHED, working=False)
            .annotate(next_at=next_at)
            .filter(ahead)
            .order_by("next_at", "pk")[:SHOWN]
        )
        nearest = heapq.nsmallest(SHOWN, texts, key=lambda text: (text.next_at, text.pk))
        return [_of_text(text, clocks=tuple(clocks(text.next_at))) for text in nearest]

    @cached_property
    def recently_published(self) -> list[Line]:
        """What readers were given in the last weeks, and how often it was read this week."""
        since = self.at - RECENT
        found = (
            text
            for model in _publications()
            for text in _light(model.objects.published(self.at))
            .filter(published_at__gte=since)
            .newest_first()[:SHOWN]
        )
        newest = heapq.nlargest(SHOWN, found, key=lambda text: (text.published_at, text.pk))
        hits = counts.views_of_days([text.uuid for text in newest], DAYS_OF_HITS, self.at)
        return [_of_text(text, hits=hits[text.uuid]) for text in newest]

    @cached_property
    def short_disks(self) -> list[disks.Disk]:
        return disks.short()


def _few(records: Iterable[Record]) -> list[Record]:
    """Of all kinds together; numbers of several tables say little, so each kind gets its share."""
    by_kind: dict[type, list[Record]] = {}
    for record in records:
        by_kind.setdefault(type(record), []).append(record)
    found: list[Record] = []
    while any(by_kind.values()) and len(found) < SHOWN:
        for rows in by_kind.values():
            if rows:
                found.append(rows.pop(0))
    return found[:SHOWN]


def _notes(records: Iterable[Record]) -> dict[Any, str]:
    """What was said when each was last handed over, by uuid of the live record."""
    asked = Remark.objects.filter(
        record__in=[record.live.uuid for record in records], kind=Remark.Kind.ASKED
    )
    return dict(asked.order_by("at").values_list("record", "text"))


def _publications() -> Iterator[Any]:
    return (model for model in apps.get_models() if issubclass(model, Publication))


def _light(queryset: Any) -> Any:
    """Without the bodies, and with all that a line tells of."""
    found = queryset.defer(*rich_texts(queryset.model))
    if issubclass(queryset.model, Fact):
        return found.prefetch_related("texts")
    return found.select_related("fact") if issubclass(queryset.model, FactText) else found


def _of_record(record: Record, **more: Any) -> Line:
    if "says" not in more:
        states = dict.fromkeys(state(text) for text in record.publications())
        more["says"] = ", ".join(states)
    return _line(record, str(record), language=getattr(record, "language", ""), **more)


def _of_text(text: Any, **more: Any) -> Line:
    return _line(text.record, text.title, language=text.language, says=state(text), **more)


def _of_unsaved(kept: Unsaved, user: Any) -> Line | None:
    """Nothing, where the record is not theirs any more."""
    opts = apps.get_model(kept.kind)._meta
    if kept.record is None:
        url = reverse(f"admin:{opts.app_label}_{opts.model_name}_add")
        return Line(kept.title, str(opts.verbose_name), url, says=in_seoul(kept.typed_at))
    rows: Any = opts.model._default_manager.editable_by(user)
    live = rows.filter(Q(uuid=kept.record) | Q(replaces__uuid=kept.record)).order_by("pk").last()
    return live and _line(live, kept.title, says=in_seoul(kept.typed_at))


def _line(record: Record, title: str, **more: Any) -> Line:
    opts = record._meta
    url = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])
    return Line(title, str(opts.verbose_name), url, **more)
