"""The ways a file becomes public: each slice above adds its own at start."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.db.models import Model, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from advocacy.prepared import Slot
from advocacy.publishing.models import Fact, FactText, Publication
from advocacy.publishing.people import Person
from advocacy.publishing.queryset import FactQuerySet, related
from advocacy.publishing.richtext import rich_texts

if TYPE_CHECKING:
    from .models import Attachment

VisibleUses = Callable[[datetime | Slot], QuerySet]


class Way(NamedTuple):
    """The uses readers can see at a moment, those by what was published and not taken back, and the
    field by which each has its time.
    """

    visible: VisibleUses
    released: Callable[[], QuerySet]
    since: str


class Place(NamedTuple):
    """A record that uses a file, as staff know it: live, or the working copy of one."""

    record: Model  # what the admin opens
    title: str
    is_open: bool  # to whoever asks; if not, the title names nothing


_ways: list[Way] = []


def register(visible_uses: VisibleUses, *, released: Callable[[], QuerySet], since: str) -> None:
    """Add a function from a moment to the uses readers can see at it.

    `released` are those that are, were or will be seen if nobody takes them back. `since` leads from
    a use to when its record became public, as in `order_by()`.
    """
    way = Way(visible_uses, released, since)
    if way not in _ways:
        _ways.append(way)


def register_published(*kinds: type[Model]) -> None:
    """Add the uses of each kind by texts and facts that are published; for `AppConfig.ready()`."""
    for kind in kinds:
        owner = owner_field(kind)
        owners = related(kind, owner)
        told = "__texts" if issubclass(owners, Fact) else ""
        register(
            _of_published(kind, owner),
            released=_of_released(kind, owner),
            since=f"{owner}{told}__published_at",
        )


def _of_published(kind: type[Model], owner: str) -> VisibleUses:
    # By joins, not `in`: SQLite would write down all that is published to look for one use.
    owners = related(kind, owner)
    is_fact = issubclass(owners, Fact)
    texts: Any = related(owners, "texts") if is_fact else owners
    relation = f"{owner}__texts__" if is_fact else f"{owner}__"
    return lambda at: kind._default_manager.filter(texts.objects.is_published(at, relation))


def _of_released(kind: type[Model], owner: str) -> Callable[[], QuerySet]:
    owners = related(kind, owner).objects
    return lambda: kind._default_manager.filter(**{f"{owner}__in": owners.released()})


def registered() -> Sequence[Way]:
    return tuple(_ways)


def places(
    attachments: Iterable[Attachment], use: type[Model], *, user: Person | None
) -> dict[int, list[Place]]:
    """By primary key of the attachment, every record that uses it; `user` learns no title of what is
    not open to them. Without one, the site itself asks, to which all is open.

    Two queries for each kind of use. `use` is the abstract model all kinds are made from.
    """
    found: dict[int, list[Place]] = defaultdict(list)
    wanted = [attachment.pk for attachment in attachments]
    for model in kinds(use):
        owner = owner_field(model)
        rows: QuerySet[Any] = model._default_manager.filter(attachment__in=wanted)
        path = f"{owner}__fact" if _belongs_to_fact(model, owner) else owner
        used = [(row.attachment_id, getattr(row, owner)) for row in rows.select_related(path)]
        owners: Any = related(model, owner).objects.all()
        owners = owners if user is None else owners.open_to(user)
        opened = owners.in_bulk({holder.pk for _file, holder in used})
        # What may be opened comes first: one text of a fact may be read, and another not.
        for attachment, holder in sorted(
            used, key=lambda row: (row[1].pk not in opened, row[1].pk)
        ):
            record = getattr(holder, "fact", holder)
            if record not in [place.record for place in found[attachment]]:
                found[attachment].append(_place(record, opened.get(holder.pk)))
    return found


def _place(record: Model, opened: Model | None) -> Place:
    title = str(opened) if opened else _("a text that is not open to you")
    return Place(record, title, opened is not None)


def told_in(
    attachments: Iterable[Attachment], use: type[Model], language: str, at: datetime
) -> dict[int, list[Publication]]:
    """By primary key of the attachment, the public texts it stands beside, each piece once: told in
    `language`, else in the other. For each kind of `use` one query, of facts one more.
    """
    found: dict[int, list[Publication]] = defaultdict(list)
    for kind in kinds(use):
        owner = owner_field(kind)
        shown = related(kind, owner).objects.published(at)
        owners = shown.defer(*rich_texts(shown.model))
        if isinstance(owners, FactQuerySet):
            owners = owners.with_texts(at)
        rows: QuerySet[Any] = kind._default_manager.filter(
            attachment__in=[attachment.pk for attachment in attachments],
            **{f"{owner}__in": shown},
        ).prefetch_related(Prefetch(owner, owners))
        pieces: dict[tuple[int, Any], Publication] = {}
        for row in rows.order_by("pk"):
            record = getattr(row, owner)
            text: Any = record.text(language) if isinstance(record, Fact) else record
            piece = (row.attachment_id, getattr(record, "translation_group", record.pk))
            if piece not in pieces or text.language == language:
                pieces[piece] = text
        for (attachment, _piece), text in pieces.items():
            found[attachment].append(text)
    return found


def are_by(owners: Iterable[Model], use: type[Model]) -> Q:
    """Of attachments: those that one of these texts or facts uses, whether readers may or not."""
    used = Q(pk__in=[])
    for kind in kinds(use):
        owner = owner_field(kind)
        of_kind = [one.pk for one in owners if isinstance(one, related(kind, owner))]
        rows = kind._default_manager.filter(**{f"{owner}__in": of_kind})
        used |= Q(pk__in=rows.values("attachment"))
    return used


def owner_field(model: type[Model]) -> str:
    """The relation from a use to what uses the file: the one that is not the file."""
    return next(
        field.name
        for field in model._meta.get_fields()
        if field.many_to_one and field.name != "attachment"
    )


def record_of(kind: type[Model]) -> type[Model]:
    """What the admin opens for such a use: of a text of a fact, the fact."""
    owner = owner_field(kind)
    owners = related(kind, owner)
    return related(owners, "fact") if issubclass(owners, FactText) else owners


def kinds(use: type[Model]) -> list[type[Model]]:
    """The concrete tables of uses. `use` is the abstract model all are made from."""
    return [model for model in apps.get_models() if issubclass(model, use)]


def _belongs_to_fact(model: type[Model], owner: str) -> bool:
    return issubclass(related(model, owner), FactText)
