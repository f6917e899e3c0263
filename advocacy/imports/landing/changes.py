"""Posts that say something else than when they came over: the record follows, unless it has an editor."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from advocacy.news.models import Article
from advocacy.publishing import actions, many
from advocacy.publishing.models import Publication, Record
from advocacy.publishing.people import Person

from ..models import Imported
from ..records import Kind, Post
from . import articles, facts
from .articles import Tags
from .files import Brought
from .lines import Outcome
from .noting import state_of
from .ready import Ready


def model_of(kind: Kind | str) -> Any:
    return facts.MODELS.get(Kind(kind), Article)


class Changes:
    def __init__(self, tags: Tags, *, by: Person | None, at: datetime) -> None:
        self.tags, self.by, self.at = tags, by, at

    @staticmethod
    def foreseen(was: Imported, post: Post) -> tuple[Outcome, list[str]]:
        """Whether the record would follow, and if not, why."""
        record = model_of(was.kind).objects.filter(uuid=was.record).first()
        said = _why_not(record, was, post)
        return (Outcome.LEFT, [said]) if said else (Outcome.CHANGED, [])

    def make(self, was: Imported, ready: Ready, brought: Brought) -> tuple[Outcome, list[str]]:
        """Let the record say what the post says now; `was` then knows its new state."""
        records: Any = model_of(was.kind).objects
        record = records.select_for_update(of=("self",)).filter(uuid=was.record).first()
        if said := _why_not(record, was, ready.post):
            return Outcome.LEFT, [said]
        reasons = self._follow(record, ready, brought)
        if reasons is None:
            return Outcome.LEFT, [_("Readers keep the old text: the checks refuse the new one.")]
        was.version, was.status = state_of(records.get(pk=record.pk))
        return Outcome.CHANGED, reasons

    def show(self, record: Any, post: Post) -> list[str]:
        """Publish a new record by itself; why not, as sentences."""
        if hindered := articles.not_public(post):
            return hindered
        try:
            actions.publish(record=record, by=self.by, at=post.written, among_many=True)
        except actions.NotPublishable as refused:
            return refused.problems
        return []

    def _follow(self, record: Any, ready: Ready, brought: Brought) -> list[str] | None:
        """Why it is not shown, as sentences; None if nothing was changed."""
        if record.is_known_to_readers():
            copy = actions.open_working_copy(record=record, by=self.by)
            self._fill(copy, ready, brought)
            try:
                actions.publish(record=copy, by=self.by, among_many=True)
            except actions.NotPublishable:
                actions.discard_working_copy(record=copy)
                return None
            return []
        self._fill(record, ready, brought)
        record.version = F("version") + 1
        record.save(update_fields=["version"])
        record.refresh_from_db()
        if not isinstance(record, Article):
            return self.show(record, ready.post)
        if hindered := articles.hindrances(ready.post, self.at):
            return hindered
        refused = many.publish_drafts(records=[record], by=self.by, at=self.at)
        return refused.get(record.pk, [])

    def _fill(self, record: Record, ready: Ready, brought: Brought) -> None:
        if isinstance(record, Article):
            articles.replace(record, ready, brought, self.at, self.tags)
        else:
            facts.fill(record, ready, brought)


def _why_not(record: Any, was: Imported, post: Post) -> str:
    """Why a record is not to follow its post; empty if it is."""
    if record is None:
        return _("It was removed here.")
    version, status = state_of(record)
    if status != was.status and status in (
        Publication.Status.WITHDRAWN,
        Publication.Status.TRASHED,
    ):
        return _("It was taken back here.")
    if (version, status) != (was.version, was.status) or record.changes() is not None:
        return _("It was edited here since.")
    if not post.public and record.is_known_to_readers():
        return _("Readers cannot open it there any more, and still can here: see to it.")
    return ""
