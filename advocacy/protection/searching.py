"""The search through all that is public, and all that will be by itself: after the register has changed.

It goes on where it stopped, record by record and then page by page, in pieces short enough for the queue
of tasks. What it meets and readers can get is listed for case officers, who alone take it down. What is
still to appear is withdrawn before it does.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django_tasks import task

from advocacy.publishing import actions
from advocacy.publishing.models import Publication, Record, ShownAtOnce
from advocacy.publishing.queryset import related
from advocacy.publishing.records import kinds
from advocacy.publishing.whole import whole
from advocacy.tasks import names

from . import at_once, pages, register, usage
from .letters import write_to_case_officers
from .models import Consent, Exposed, Page, Search
from .places import BLOCKS, Place
from .register import Register
from .scanning import Looking

#: Of one piece, in seconds: a small part of the time after which a task is thought dead.
PIECE_S = 60.0
#: The kinds of what was met that is a page by itself, and of what was withdrawn before it appeared; of all
#: else it is a model.
PAGE, HELD_BACK = "page", "held back"
#: For so long it is told of.
HELD_BACK_FOR = timedelta(days=30)


def begin(at: datetime | None = None) -> Search | None:
    """Start a search from the beginning; one that is under way ends. None where nobody is looked for.

    Raises Unreadable.
    """
    now = register.current()
    if now is None:
        return None
    at = at or timezone.now()
    total = sum(_public(kind, at).count() for kind in kinds())
    search = Search.objects.create(version=now.version, started_at=at, total=total)
    go_on.enqueue(search.pk)
    return search


def begin_if_due(at: datetime | None = None) -> bool:
    """For once a day: also what was changed in the register by other ways is looked for at last."""
    now = register.current()
    if now is None:
        return False
    at = at or timezone.now()
    last = Search.objects.first()
    if last is not None and last.version == now.version:
        ended = any(last.started_at < consent.ends_at <= at for consent in now.consents)
        # What was met may be withdrawn or mended since, and pages are met for another reason then.
        if not (ended or Exposed.objects.exclude(kind=HELD_BACK).exists()):
            return False
    return begin(at) is not None


@task()
def go_on(pk: int) -> None:
    """Look at some more records, and then pages. Raises Unreadable, and is tried again."""
    search = Search.objects.first()
    if search is None or search.pk != pk or search.finished_at:
        return  # another was begun since
    until = time.monotonic() + PIECE_S
    for _step in _steps(search):
        if Search.objects.first() != search:
            return  # the other looks at all of it
        if time.monotonic() > until:
            go_on.enqueue(pk)
            return
    search.finished_at = timezone.now()
    told_of = Q(kind=HELD_BACK, found_at__gt=search.finished_at - HELD_BACK_FOR)
    Exposed.objects.exclude(told_of).exclude(search=pk).delete()  # they are so no more
    search.save(update_fields=["finished_at"])


names.register(go_on, lambda pk: gettext("to look for protected names in all that is public"))


@task()
def tell_of_end(pk: int) -> None:
    """To be done when a consent ends by itself: tell case officers, if a text has ended with it."""
    consent = Consent.objects.filter(pk=pk, ended_at=None).first()
    if consent is None or consent.approved_at is None:
        return
    if any(_ended(model, consent.ends_at).exists() for model in _texts()):
        write_to_case_officers()
    begin()


names.register(tell_of_end, lambda pk: gettext("to see to what ends with a consent"))


def exposed(at: datetime | None = None) -> Iterator[tuple[Exposed, Record]]:
    """What was met and can still be read, or will be; withdrawn since, it is left out."""
    at = at or timezone.now()
    met = {one.record: one for one in Exposed.objects.exclude(kind__in=[PAGE, HELD_BACK])}
    for kind in kinds() if met else ():
        for record in _public(kind, at).filter(uuid__in=met):
            yield met[record.uuid], record


def held_back() -> Iterator[tuple[Exposed, Record]]:
    """What was to appear and was withdrawn before it did; published again, it is left out."""
    met = {one.record: one for one in Exposed.objects.filter(kind=HELD_BACK)}
    for kind in kinds() if met else ():
        for record in kind.objects.live().filter(uuid__in=met):
            if any(text.status == text.Status.WITHDRAWN for text in record.publications()):
                yield met[record.uuid], record


def exposed_pages() -> QuerySet[Exposed]:
    """The same of pages that are no text's own."""
    return Exposed.objects.filter(kind=PAGE)


def exposed_at_once() -> Iterator[tuple[Exposed, ShownAtOnce]]:
    """The same of what needs no publishing, such as a tag or a menu."""
    found = {one.record: one for one in Exposed.objects.all()}
    for row in at_once.rows() if found else ():
        if one := found.get(at_once.uuid_of(row)):
            yield one, row


def _steps(search: Search) -> Iterator[None]:
    """Look at one thing after the other that was not looked at yet."""
    for record in _after(search):
        _look(record, search)
        search.kind, search.last = record._meta.label_lower, record.pk
        search.done += 1
        search.save(update_fields=["kind", "last", "done", "is_told"])
        yield
    if pages.is_new(search):
        for row in at_once.rows():  # few, and short
            _look_at_row(row, search)
        pages.begin(search)
    reader = pages.Reader(search)
    while page := pages.unread(search):
        _look_at_page(page, reader, search)
        search.read += 1
        search.save(update_fields=["read", "is_told"])
        yield


def _after(search: Search) -> Iterator[Record]:
    """Kind after kind, each by primary key: the same order in every piece."""
    every = sorted(kinds(), key=lambda kind: kind._meta.label_lower)
    for kind in every:
        label = kind._meta.label_lower
        if label < search.kind:
            continue
        last = search.last if label == search.kind else 0
        found = _public(kind, search.started_at).filter(pk__gt=last).order_by("pk")
        for pk in list(found.values_list("pk", flat=True)):
            record = whole(kind).filter(pk=pk).first()  # it may have been removed meanwhile
            if record is not None:
                yield record


def _public(kind: Any, at: datetime) -> QuerySet[Any]:
    """Records with a text that readers can get at `at`, or will later, when its time has come."""
    if issubclass(kind, Publication):
        return kind.objects.live().filter(_goes_out(kind, at))
    text = related(kind, "texts")
    facts = text.objects.filter(_goes_out(text, at)).values("fact")
    return kind.objects.live().filter(pk__in=facts)


def _goes_out(text: type[Publication], at: datetime) -> Q:
    is_left = Q(unpublish_at__isnull=True) | Q(unpublish_at__gt=at)
    return is_left & Q(status=text.Status.PUBLISHED)


def _ended(text: Any, at: datetime) -> QuerySet[Any]:
    return text.objects.filter(status=text.Status.PUBLISHED, unpublish_at=at, working=False)


def _texts() -> list[Any]:
    found = [kind if issubclass(kind, Publication) else related(kind, "texts") for kind in kinds()]
    return list(dict.fromkeys(found))


def _look(record: Record, search: Search) -> None:
    at = timezone.now()
    now = register.current()
    places, people = ([], set()) if now is None else _met(record, now, at)
    kind = record._meta.label_lower
    if now and _hold_back(record, places, at):
        left, still = _met(whole(type(record)).get(pk=record.pk), now, at)
        places, people, kind = (left, still, kind) if left else (places, people, HELD_BACK)
    if places:
        _expose(record.uuid, kind, places, people, search)
    else:
        Exposed.objects.filter(record=record.uuid).exclude(kind=HELD_BACK).delete()


def _hold_back(record: Record, places: list[Place], at: datetime) -> bool:
    """What is still to appear is withdrawn before it does; whether there was any."""
    named = {place.language for place in places}
    to_come = [
        text
        for text in record.publications()
        if text.status == text.Status.PUBLISHED
        and text.published_at
        and text.published_at > at
        and named & {text.language, ""}
    ]
    for text in to_come:
        actions.withdraw(publication=text, at=at)
    return bool(to_come)


def _look_at_row(row: ShownAtOnce, search: Search) -> None:
    now = register.current()
    hits = set() if now is None else at_once.met(row, now)
    if hits:
        people = {person for person, _field in hits}
        fields = sorted({field for _person, field in hits})
        _expose(at_once.uuid_of(row), row._meta.label_lower, fields, people, search)


def _look_at_page(page: Page, reader: pages.Reader, search: Search) -> None:
    """Whom a record or a row names that is listed already is on its lists by that."""
    now = register.current()
    named = set() if now is None else reader.read(page, now, timezone.now())
    listed = Exposed.objects.filter(search=search.pk).exclude(kind__in=[PAGE, HELD_BACK])
    if people := named - {person for one in listed for person in one.people}:
        _expose(page.key, PAGE, [], people, search, path=page.path)
    page.is_read = True
    page.save(update_fields=["is_read"])


def _expose(
    uuid: UUID,
    kind: str,
    places: list[Any],
    people: set[str],
    search: Search,
    path: str | None = None,
) -> None:
    at = timezone.now()
    usage.note(None, uuid, people, at)
    known = Exposed.objects.filter(record=uuid).first()
    Exposed.objects.update_or_create(
        record=uuid,
        defaults={
            "kind": kind,
            "places": places,
            "people": sorted(people),
            "path": path,
            "found_at": known.found_at if known else at,
            "search": search.pk,
        },
    )
    if known is None and not search.is_told:
        search.is_told = True
        write_to_case_officers()


def _met(record: Record, now: Register, at: datetime) -> tuple[list[Place], set[str]]:
    """What blocks publishing in the texts that go out; of others a fact may have, nothing."""
    looking = Looking(record, now, at)
    looking.over()
    out = {
        text.language
        for text in record.publications()
        if text.status == text.Status.PUBLISHED
        and (text.unpublish_at is None or text.unpublish_at > at)
    }
    if not out:
        return [], set()
    places = [
        place
        for place in looking.places
        if place.what in BLOCKS and (not place.language or place.language in out)
    ]
    return places, looking.named if places else set()
