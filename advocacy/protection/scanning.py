"""What the checks say of protected names in a record: where they stand, and never whose they are.

A record is looked at once for what is stored in it; after that the verdict is read, until the record or
the register changes or a consent ends. So looking at a form again is no look into the register.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.publishing.checks import Check, Finding, Severity
from advocacy.publishing.models import Language, Publication, Record
from advocacy.publishing.whole import whole

from . import register, usage
from .documents import Unscannable
from .kept import VERSION, fingerprint, kept
from .matching import Hit, Kind
from .models import Use, Verdict
from .places import BLOCKS, DETAILS, FILE, NAME, NEAR, UNREADABLE, Place, sentence, waiting
from .register import Register
from .router import ALIAS
from .sealing import Unreadable
from .surfaces import Surface, documents, output, surfaces, within

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
#: Raised whenever more is looked at: what was found before then counts no more.
RULES = 2


class Seen(NamedTuple):
    """Of a record: what was found; or that nothing could be, and why as a sentence."""

    places: list[Place]
    good_until: datetime | None = None
    refused: str = ""


# --- What the panel and publishing are told --------------------------------------------------------


def must_fix(record: Record) -> list[Finding] | None:
    seen = look(record)
    if seen is None:
        return None
    if seen.refused:
        return [Finding(seen.refused)]
    return [_finding(record, place) for place in seen.places if place.what in BLOCKS]


def consider(record: Record) -> list[Finding] | None:
    seen = look(record)
    if seen is None or seen.refused:
        return None
    found = [_finding(record, place) for place in seen.places if place.what not in BLOCKS]
    if seen.good_until:
        said = _("A consent that this text rests on ends on %s. The text ends with it.")
        last = date_format(timezone.localtime(seen.good_until), "DATETIME_FORMAT")
        found.append(Finding(said % last))
    return found


def problems(record: Record) -> list[str]:
    """Why nobody outside may read it, not even a draft by a link (publishing.sharing)."""
    stored = whole(type(record)).get(pk=record.pk)
    stored.opened_by = record.opened_by
    found = must_fix(stored)
    return [finding.sentence for finding in found or []]


def end_of(record: Record, text: Publication) -> datetime | None:
    """When a text must end because a consent does (publishing.bounds): before it begins, if the
    register has changed since the check that let it be published.
    """
    known = record.__dict__.get("_seen_by_protection")  # of many that are published at once
    seen = known[0] if known else look(whole(type(record)).get(pk=record.pk))
    if seen and (seen.refused or any(place.what in BLOCKS for place in seen.places)):
        return _LONG_AGO
    return seen.good_until if seen else None


CHECKS = [
    Check(must_fix, Severity.MUST_FIX, gettext_lazy("No protected name without consent")),
    Check(consider, Severity.CONSIDER, gettext_lazy("Nothing comes close to a protected name")),
]


def _finding(record: Record, place: Place) -> Finding:
    language = "" if isinstance(record, Publication) else place.language
    url = ""
    if place.what == VERSION:
        opts = record._meta
        url = reverse(f"admin:{opts.app_label}_{opts.model_name}_history", args=[record.pk])
    return Finding(sentence(record, place), place.field, language, url)


# --- Looking ---------------------------------------------------------------------------------------


def look(record: Record, at: datetime | None = None) -> Seen | None:
    """What is known or found of a record fetched by `whole()`; None where there is no register."""
    known = record.__dict__.get("_seen_by_protection")
    if known is None:
        known = record.__dict__["_seen_by_protection"] = (_look(record, at or timezone.now()),)
    return known[0]


def _look(record: Record, at: datetime) -> Seen | None:
    try:
        now = register.current()
        return None if now is None else _seen(record, now, at)
    except (Unreadable, DatabaseError):
        return Seen([], refused=str(UNREADABLE))


def _seen(record: Record, now: Register, at: datetime) -> Seen:
    content = _content(record)
    verdict = Verdict.objects.filter(record=record.uuid).first()
    is_same = verdict is not None and verdict.content == content
    is_valid = verdict is not None and (verdict.good_until is None or at < verdict.good_until)
    if verdict and is_same and is_valid and verdict.version == now.version:
        return Seen([Place(*place) for place in verdict.found], verdict.good_until)
    if not is_same and (until := usage.waits_until(record.opened_by, at)):
        return Seen([], refused=waiting(until))
    looking = Looking(record, now, at)
    looking.over()
    looking.over_kept()
    places = looking.places
    if len(looking.met) > usage.MOST_PEOPLE:  # a list: nobody is told which of its names are known
        places = list(dict.fromkeys(place._replace(paragraph=0, page=0) for place in places))
    found = {
        "content": content,
        "version": now.version,
        "found": places,
        "good_until": looking.good_until,
    }
    with transaction.atomic(using=ALIAS):
        Verdict.objects.update_or_create(record=record.uuid, defaults=found)
        if not is_same:
            # An import writes more in an hour than anybody: for its person only what it meets counts.
            by = record.opened_by or (record.brought_by if looking.met else None)
            usage.note(by, record.live.uuid, looking.met, at)
    return Seen(places, looking.good_until)


def _content(record: Record) -> str:
    read: list[Any] = [RULES, *(tuple(surface) for surface in surfaces(record))]
    read += [(shown.file.key, shown.field, shown.language) for shown in documents(record)]
    read += [(text.language, "ready") for text in record.ready_texts()]
    read += fingerprint(record)
    return salted_hmac(__name__, repr(read), algorithm="sha256").hexdigest()


class Looking:
    """One look at a record, with what was found so far."""

    def __init__(self, record: Record, now: Register, at: datetime) -> None:
        self.record, self.register, self.at = record, now, at
        self.places: list[Place] = []
        self.good_until: datetime | None = None
        self.met: set[str] = set()
        self.named: set[str] = set()  # of these, whose whole name it was
        self._details: dict[str, set[str]] = defaultdict(set)

    def over(self) -> None:
        for surface in surfaces(self.record):
            self._at(surface)
        for shown in documents(self.record):
            try:
                for surface in within(shown):
                    self._at(surface)
            except Unscannable:
                self._add(Place(FILE, shown.field, shown.language))
        if not any(place.what == NAME for place in self.places):
            self._over_output()
        numbered = {(one.what, one.field, one.language) for one in self.places if one[3] or one[4]}
        self.places = [
            one
            for one in self.places
            if one.paragraph or one.page or (one.what, one.field, one.language) not in numbered
        ]

    def over_kept(self) -> None:
        """What colleagues can open: of the names in it the last place, and no part of a name."""
        known = [surface.text for surface in surfaces(self.record)]
        for what, at, text in kept(self.record, known):
            for person, hits in self._by_person(Surface(text, "")).items():
                full = [hit for hit in hits if hit.kind == Kind.FULL]
                if not full or self._agreed_until(Surface(text, ""), full):
                    continue
                if at > self.at - Use.WINDOW:  # what is older was a look of its own
                    self.met.add(person)
                if all(place.what != what for place in self.places):
                    self._add(Place(what, at=at.isoformat()))

    def _over_output(self) -> None:
        """What no field holds by itself: it comes from what the page shows beside the text."""
        for surface in output(self.record, self.at):
            for hits in self._by_person(surface).values():
                whole_names = [hit for hit in hits if hit.kind == Kind.FULL]
                for words in {hit.met for hit in whole_names}:
                    self._named(surface, [hit for hit in whole_names if hit.met == words])

    def _by_person(self, surface: Surface) -> dict[str, list[Hit]]:
        people: dict[str, list[Hit]] = defaultdict(list)
        for hit in self.register.matcher.find(surface.text):
            people[hit.person].append(hit)
        return people

    def _at(self, surface: Surface) -> None:
        for person, hits in self._by_person(surface).items():
            for words in {hit.met for hit in hits if hit.kind != Kind.IDENTIFIER}:
                self._named(surface, [hit for hit in hits if hit.met == words])
            self._told(surface, person, [hit for hit in hits if hit.kind == Kind.IDENTIFIER])

    def _named(self, surface: Surface, hits: list[Hit]) -> None:
        ends = self._agreed_until(surface, hits)
        if ends is None:
            self.met.add(hits[0].person)
            is_whole = any(hit.kind == Kind.FULL for hit in hits)
            if is_whole:
                self.named.add(hits[0].person)
            self._add(_place(NAME if is_whole else NEAR, surface))
        elif self.good_until is None or ends < self.good_until:
            self.good_until = ends

    def _agreed_until(self, surface: Surface, hits: list[Hit]) -> datetime | None:
        """In every language the surface is read in; of a fact's own fields, in all it is told in."""
        ready = {text.language for text in self.record.ready_texts()}
        languages = {surface.language} if surface.language else ready or set(Language.values)
        ends: list[Any] = [
            self.register.ends_at(
                hits, language=language, record=str(self.record.live.uuid), at=self.at
            )
            for language in languages
        ]
        return min(ends) if all(ends) else None

    def _told(self, surface: Surface, person: str, hits: Iterable[Hit]) -> None:
        """Two details of one person, anywhere in the record."""
        details = self._details[person]
        before = len(details)
        details.update(hit.detail for hit in hits)
        if before < len(details) > 1:
            self.met.add(person)
            self._add(_place(DETAILS, surface))

    def _add(self, place: Place) -> None:
        if place not in self.places:
            self.places.append(place)


def _place(what: str, surface: Surface) -> Place:
    return Place(what, surface.field, surface.language, surface.paragraph, surface.page)
