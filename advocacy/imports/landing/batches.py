"""Posts come down a batch at a time: each batch is one transaction, and one new generation.

Whatever is killed when, what has come down stays, and the next run goes on: a post is known by its name
on the old site. One that cannot be written stops no other.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.publishing import many
from advocacy.publishing.models import Publication
from advocacy.publishing.people import Person

from ..models import Imported
from ..records import Kind, Post, Skipped
from . import articles, facts, links, noting
from .changes import Changes, model_of
from .files import Brought, Library
from .folder import Folder
from .lines import Line, Outcome
from .noting import Name
from .ready import Ready, make_ready

log = logging.getLogger(__name__)

BATCH = 100  # posts in one transaction: others who write wait no longer than for these

Made = tuple[Any, Ready, Brought]


class Todo(NamedTuple):
    ready: Ready
    brought: Brought
    was: Imported | None  # what is known of it from an earlier run


class Landing:
    """One run. `dry` writes nothing and says what would happen; `by` is whose deed it is."""

    def __init__(
        self,
        folder: Folder | None = None,
        *,
        dry: bool = False,
        by: Person | None = None,
        hosts: Sequence[str] = (),
        at: datetime | None = None,
    ) -> None:
        self.folder, self.dry, self.by = folder or Folder(), dry, by
        self.at = at or timezone.now()
        self.library, self.tags = Library(), articles.Tags()
        self.links = links.OldLinks(hosts)
        self.changes = Changes(self.tags, by=by, at=self.at)

    def land(self, read: Iterable[Post | Skipped]) -> Iterator[Line]:
        """What became of each, in their order."""
        rows = iter(read)
        while batch := list(islice(rows, BATCH)):
            posts = {(one.source, one.key): one for one in batch if isinstance(one, Post)}
            lines = self._together(posts)
            for one in batch:
                if isinstance(one, Skipped):
                    yield Line(Outcome.SKIPPED, one.line, "", one.key, reasons=(one.reason,))
                elif one is posts[one.source, one.key]:
                    yield lines[one.source, one.key]
                else:
                    said = _("A row further below has the same number: that one was taken.")
                    yield _line(Outcome.SKIPPED, one, [said])
        if not self.dry:
            self.links.mend()

    def _together(self, posts: dict[Name, Post]) -> dict[Name, Line]:
        """Files first, and without a transaction: nobody waits for them to be read."""
        known = noting.known(posts.values())
        lines: dict[Name, Line] = {}
        todo: list[Todo] = []
        for name, post in posts.items():
            ready, was = make_ready(post, self.folder), known.get(name)
            if was is not None and was.fingerprint == ready.fingerprint:
                lines[name] = _line(Outcome.SAME, post)
            elif self.dry:
                lines[name] = _foreseen(ready, was, self.at)
            else:
                todo.append(Todo(ready, self.library.bring(ready), was))
        if self.dry:
            return lines
        lines |= self._written(todo)
        with transaction.atomic():
            noting.numbers(posts.values(), self.at)
        return lines

    def _written(self, todo: list[Todo]) -> dict[Name, Line]:
        try:
            with transaction.atomic():
                return self._write(todo)
        except Exception as error:
            self.tags.forget()
            log.info("A batch is written post by post: %s", error)
        lines: dict[Name, Line] = {}
        for one in todo:
            post = one.ready.post
            try:
                with transaction.atomic():
                    lines |= self._write([one])
            except Exception as error:
                self.tags.forget()
                log.warning("A post could not be written: %s", type(error).__name__)
                said = _("It could not be written: %s") % _said(error)
                lines[post.source, post.key] = _line(Outcome.FAILED, post, [said])
        return lines

    def _write(self, todo: list[Todo]) -> dict[Name, Line]:
        """Part of a transaction; raises what one bad post raises."""
        lines = self._make([one for one in todo if one.was is None])
        for ready, brought, was in todo:
            if was is not None:
                lines[was.source, was.key] = self._again(was, ready, brought)
        return lines

    def _again(self, was: Imported, ready: Ready, brought: Brought) -> Line:
        outcome, reasons = self.changes.make(was, ready, brought)
        if outcome == Outcome.CHANGED:
            was.fingerprint = ready.fingerprint
            was.save()
            noting.addresses([(ready.post, brought, was.record)])
            reasons = [
                *reasons,
                *brought.reasons,
                *noting.belongings(ready.post, brought, was.record),
            ]
            self.links.look_at([was])
        return _line(outcome, ready.post, reasons, ready)

    def _make(self, todo: list[Todo]) -> dict[Name, Line]:
        """Write what is new, show readers what may be shown, and note where it came from."""
        made = [
            (model_of(one.ready.post.kind)(created_by=self.by), one.ready, one.brought)
            for one in todo
        ]
        hindered = self._articles([one for one in made if one[1].post.kind == Kind.ARTICLE])
        for record, ready, brought in made:
            if ready.post.kind != Kind.ARTICLE:
                facts.fill(record, ready, brought)
                hindered[id(record)] = self.changes.show(record, ready.post)
        imported = noting.note([(record, ready) for record, ready, _brought in made], self.at)
        lines = {}
        for (record, ready, brought), row in zip(made, imported, strict=True):
            post = ready.post
            reasons = [*hindered.get(id(record), ()), *brought.reasons]
            reasons += articles.remarks(post.text)
            reasons += noting.belongings(post, brought, record.uuid)
            is_shown = row.status == Publication.Status.PUBLISHED
            outcome = Outcome.PUBLISHED if is_shown else Outcome.DRAFT
            line = _line(outcome, post, reasons, ready)
            if is_shown and isinstance(record, Publication):
                line = line._replace(address=unquote(record.get_absolute_url()))
            lines[post.source, post.key] = line
        noting.addresses([(ready.post, brought, record.uuid) for record, ready, brought in made])
        self.links.look_at(imported)
        return lines

    def _articles(self, made: list[Made]) -> dict[int, list[str]]:
        """Why some of them are not shown to readers, by the identity of the row at hand."""
        for article, ready, brought in made:
            for name, value in articles.fields(ready, brought, self.at).items():
                setattr(article, name, value)
        noting.join_translations([(article, ready) for article, ready, _brought in made])
        articles.insert(made, self.tags)
        said = {id(one): articles.hindrances(ready.post, self.at) for one, ready, _b in made}
        shown = [one for one, _ready, _brought in made if not said[id(one)]]
        refused = many.publish_drafts(records=shown, by=self.by, at=self.at)
        return said | {id(one): refused[one.pk] for one in shown if one.pk in refused}


def _foreseen(ready: Ready, was: Imported | None, at: datetime) -> Line:
    """What a run would do; what the checks will say of a text is known when it is there."""
    post = ready.post
    is_article = post.kind == Kind.ARTICLE
    hindered = articles.hindrances(post, at) if is_article else articles.not_public(post)
    if was is None:
        outcome = Outcome.DRAFT if hindered else Outcome.PUBLISHED
    else:
        outcome, hindered = Changes.foreseen(was, post)
    return _line(outcome, post, [*hindered, *ready.missing], ready)


def _line(
    outcome: Outcome, post: Post, reasons: Sequence[str] = (), ready: Ready | None = None
) -> Line:
    dropped = (*post.dropped, *(ready.body.dropped if ready else ()))
    said = tuple(dict.fromkeys((*reasons, *dropped)))
    return Line(outcome, post.line, post.source, post.key, post.text.title, said)


def _said(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return _("the database refuses it") if isinstance(error, DatabaseError) else str(error)
