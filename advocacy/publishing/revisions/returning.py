"""Going back to what was kept: a draft or a working copy says again what it said then.

Readers notice nothing before it is published. What belongs to the present stays: the address, the
times of publication, and the corrections that readers were shown.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from .. import actions
from ..carrying import IDENTITY
from ..history import HistoryEntry
from ..models import Correction, FactText, Record
from . import keeping, snapshots
from .snapshots import Kept, Unreadable

#: Of the present, beside what makes a row itself.
OF_TODAY = {*IDENTITY, "slug", "language", "published_at", "unpublish_at", "ready"}


class NoLongerFits(Exception):
    """It could not be returned to, and nothing has changed; `problems` are sentences.

    `missing` are things it names that are no longer there: without them it may fit.
    """

    def __init__(self, problems: list[str], missing: list[str] | None = None) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems
        self.missing = missing or []


@transaction.atomic
def return_to(
    *, record: Record, entry: HistoryEntry, by: Any = None, without_missing: bool = False
) -> Any:
    """The draft, or the working copy of what readers know, with the content of `entry`.

    What it said before was kept when it was saved. Raises NoLongerFits.
    """
    live = _lock(record.live)
    if live.trashed_at:
        raise NoLongerFits([_("It is in the trash. Bring it back first.")])
    try:
        kept = snapshots.read(entry)
    except Unreadable as error:
        raise NoLongerFits([str(error)]) from error
    missing = _missing(kept)
    if missing and not without_missing:
        said = _("What it names is no longer there: %s.") % ", ".join(missing.values())
        raise NoLongerFits([said], list(missing.values()))
    is_known = live.is_known_to_readers()
    target = _lock(actions.open_working_copy(record=live, by=by) if is_known else live)
    try:
        with transaction.atomic():
            _write(kept, target, missing)
    except ValidationError as error:
        raise NoLongerFits(error.messages) from error
    except IntegrityError as error:
        raise NoLongerFits([_("It does not fit what the record has become since.")]) from error
    keeping.keep(target, by=by, verb=keeping.Verb.RETURNED, source=entry)
    return target


def _lock(record: Record) -> Any:
    return type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)


def _write(kept: Kept, target: Any, missing: dict[Any, str]) -> None:
    target.version += 1
    _write_row(kept, target, missing)
    for accessor, parts in kept.parts.items():
        relation: Any = type(target)._meta.get_field(accessor)
        model, owner = relation.related_model, relation.field.name
        if issubclass(model, FactText):
            for part in parts:
                _write_row(part, _text_for(part, model, target), missing)
        elif not (issubclass(model, Correction) or getattr(model, "is_written_by_its_text", False)):
            getattr(target, accessor).all().delete()
            for part in parts:
                if missing.keys().isdisjoint(part.needs()):
                    _write_row(part, model(**{owner: target}), missing, but=owner)


def _text_for(kept: Kept, model: Any, fact: Any) -> Any:
    """The text in that language, or a new one; texts in others stay as they are."""
    language = getattr(kept.row, "language")  # noqa: B009  which a model need not have
    standing = model.objects.filter(fact=fact, language=language).first()
    return standing or model(fact=fact, language=language)


def _write_row(kept: Kept, target: Any, missing: dict[Any, str], *, but: str = "") -> None:
    leave = IDENTITY | {but} if but else OF_TODAY
    for field in type(target)._meta.concrete_fields:
        if field.name not in leave:
            setattr(target, field.attname, getattr(kept.row, field.attname))
    target.full_clean(exclude=[] if getattr(target, "slug", "-") else ["slug"])
    target.save()
    for name, keys in kept.tied.items():
        model = type(target)._meta.get_field(name).related_model
        getattr(target, name).set([key for key in keys if (model, key) not in missing])


def _missing(kept: Kept) -> dict[tuple[Any, Any], str]:
    """What it names that is no longer there, by kind and primary key, as it was called."""
    called = {}
    for row in kept.all():
        is_part = bool(row.owner)
        for model, key in row.needs():
            called[model, key] = (
                row.called if is_part and not row.tied else model._meta.verbose_name
            )
    there = set()
    for model in {model for model, _key in called}:
        keys = [key for kind, key in called if kind is model]
        found = model._base_manager.filter(pk__in=keys).values_list("pk", flat=True)
        there |= {(model, key) for key in found}
    return {need: str(name) for need, name in called.items() if need not in there}
