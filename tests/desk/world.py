"""One record of each kind in each state, an author's own and a colleague's; made when it is asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Model
from django.utils import timezone

from advocacy.news.models import Article
from advocacy.pages.models import StandingPage
from advocacy.publishing import actions, reviewing
from advocacy.publishing.models import LogEntry, Publication, Record, Remark, Review
from tests.facts import meeting, milestone
from tests.people import ROLES, person

STAFF = ROLES
VISITOR = "visitor"
OWNERS = ("own", "other")
#: The reviewer of what is in review is `editor`, or somebody else.
STATES = (
    "draft",
    "in review",
    "in review by another",
    "published",
    "published, with changes",
    "changes",
    "changes in review",
    "embargoed",
    "withdrawn",
    "trashed draft",
    "trashed",
    "changes of what is trashed",
)
KINDS = {
    "article": "news_article",
    "page": "pages_standingpage",
    "meeting": "meetings_meeting",
    "milestone": "milestones_milestone",
}
SECRET = "zzsecret"


class Place(NamedTuple):
    kind: str
    state: str
    owner: str

    @property
    def is_fact(self) -> bool:
        return self.kind in ("meeting", "milestone")


class World:
    def __init__(self) -> None:
        self.people = {role: person(role) for role in STAFF}
        self.colleague = person("author", "colleague")
        self.another = person("editor", "another")
        self.made: dict[Place, Record] = {}

    def record(self, place: Place) -> Record:
        if place not in self.made:
            self.made[place] = self.in_state(place)
        return self.made[place]

    def in_state(self, place: Place) -> Any:
        """The row that is in the state: the live one, or the working copy where it says "changes"."""
        owner = self.people["author"] if place.owner == "own" else self.colleague
        draft = self.draft(place, owner)
        match place.state:
            case "draft":
                return draft
            case "in review":
                return self.reviewed(draft, owner, self.people["editor"])
            case "in review by another":
                return self.reviewed(draft, owner, self.another)
            case "trashed draft":
                actions.trash(record=draft, by=owner)
                return fresh(draft)
            case "embargoed":
                for text in draft.publications():
                    text.published_at = timezone.now() + timedelta(days=1)
                    text.save()
                return actions.publish(record=fresh(draft))
        live = actions.publish(record=draft, at=timezone.now() - timedelta(days=1))
        if "changes" in place.state:
            copy = actions.open_working_copy(record=live, by=owner)
            if place.state == "changes in review":
                self.reviewed(copy, owner, self.people["editor"])
            if place.state == "changes of what is trashed":
                actions.trash(record=live, by=owner)
            return fresh(live if place.state == "published, with changes" else copy)
        for text in live.publications() if place.state == "withdrawn" else ():
            actions.withdraw(publication=text)
        if place.state == "trashed":
            actions.trash(record=live, by=owner)
        return fresh(live)

    def draft(self, place: Place, owner: Any) -> Any:
        title = f"{SECRET} {place.owner} {place.kind} {STATES.index(place.state)}"
        if place.is_fact:
            maker = {"meeting": meeting, "milestone": milestone}[place.kind]
            return maker(titles={"en": title}, public=False, created_by=owner)
        kind = {"article": Article, "page": StandingPage}[place.kind]
        return kind.objects.create(title=title, body="<p>.</p>", created_by=owner)

    def reviewed(self, record: Any, owner: Any, reviewer: Any) -> Any:
        reviewing.ask(record=record, by=owner, reviewer=reviewer)
        return fresh(record)


def fresh(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


def fingerprint() -> list[list[tuple]]:
    """All that pressing a button at the desk could change of records."""
    kinds = [model for model in apps.get_models() if issubclass(model, Record | Publication)]
    return [_rows(model) for model in (*kinds, Review, Remark, LogEntry)]


def _rows(model: type[Model]) -> list[tuple]:
    names = {"pk", "status", "title", "version", "trashed_at", "replaces", "language", "reviewer"}
    columns = [field.name for field in model._meta.concrete_fields if field.name in names]
    return list(model._default_manager.order_by("pk").values_list("pk", *columns))
