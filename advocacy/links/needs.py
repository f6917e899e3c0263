"""The links that need a hand, each with the places where it is mended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Case, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.publishing.models import Fact, Publication
from advocacy.publishing.richtext import rich_texts

from .models import Link, Place

State = Link.State
#: In the order they are to be seen to.
SHOWN = (State.DEAD, State.REFUSED, State.MOVED)


@dataclass(frozen=True)
class Stands:
    """A text or a row with the link in it; `form` leads to the very field."""

    title: str
    kind: str
    form: str
    language: str = ""


@dataclass
class Need:
    link: Link
    stands: list[Stands] = field(default_factory=list)

    @property
    def says(self) -> str:
        """What was found, in a sentence."""
        link = self.link
        if link.state == State.MOVED:
            return _("It has moved for good to this address:")
        if link.trouble:
            return str(link.get_trouble_display())
        if link.is_own:
            if link.status == 410:
                return _("The page was taken away from readers.")
            return _("There is no such page on this site, or readers cannot read it yet.")
        return _("The site answers with the error %(status)s.") % {"status": link.status}


def number() -> int:
    """How many lead readers nowhere."""
    return Link.objects.standing().lost().count()


def links() -> QuerySet[Link]:
    """All of them, the lost ones first."""
    order = Case(*(When(state=state, then=Value(n)) for n, state in enumerate(SHOWN)), default=9)
    found = Link.objects.standing().filter(state__in=SHOWN)
    return found.order_by(order, "-since", "pk")


def needs(some: Iterable[Link]) -> list[Need]:
    """Of some links; two queries, and one for each kind of text they stand in."""
    found = {link.pk: Need(link) for link in some}
    by_kind: dict[str, list[Place]] = defaultdict(list)
    for place in Place.objects.filter(link__in=found):
        by_kind[place.kind].append(place)
    for kind, places in by_kind.items():
        rows = _rows(kind, [place.row for place in places])
        for place in places:
            if place.row in rows:
                found[place.link_id].stands.append(_stands(rows[place.row], place.field))
    return list(found.values())


def _rows(kind: str, pks: Sequence[int]) -> dict[int, Any]:
    """Those that readers can still read: all others need not be known to whoever looks."""
    model: Any = apps.get_model(kind)
    if not issubclass(model, Publication):
        return model._default_manager.in_bulk(pks)
    rows = model.objects.published().filter(pk__in=pks).defer(*rich_texts(model))
    is_of_a_fact = any(one.name == "fact" for one in model._meta.concrete_fields)
    return {row.pk: row for row in (rows.select_related("fact") if is_of_a_fact else rows)}


def _stands(row: Any, name: str) -> Stands:
    shown = row.record if isinstance(row, Publication) else row
    opts = shown._meta
    form = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[shown.pk])
    is_part = any(one.name == name and not one.concrete for one in row._meta.get_fields())
    if isinstance(shown, Fact):
        at = "texts-group"
    elif is_part:
        at = f"{name}-group"
    else:
        at = f"at-{name}" if isinstance(row, Publication) else f"id_{name}"
    language = getattr(row, "language", "")
    return Stands(str(row), str(opts.verbose_name), f"{form}#{at}", language)
