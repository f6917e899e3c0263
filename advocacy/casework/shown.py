"""What was found, as a case officer is asked about it: titles are read as they are now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.attachments.models import Attachment
from advocacy.protection.places import Place, sentence
from advocacy.publishing.models import Record
from advocacy.publishing.states import state
from advocacy.publishing.whole import whole

from .listing import FILE, default
from .models import Withdrawal

MOST_SENTENCES = 8


class Found(NamedTuple):
    """One record, and what may become of it."""

    uuid: str
    title: str
    states: str
    form: str  # where it can be read
    sentences: list[str]
    note: str
    can_be_kept: bool
    choice: str


class Listed(NamedTuple):
    records: list[Found]
    files: list[tuple[str, str]]  # title, and its page at the desk
    others: list[str]  # sentences


def listed(work: Withdrawal) -> Listed:
    return Listed(list(_records(work)), list(_files(work)), list(_others(work)))


def _records(work: Withdrawal) -> Iterator[Found]:
    for uuid, found in work.records.items():
        kind: Any = apps.get_model(found["kind"])
        record = whole(kind).filter(uuid=UUID(uuid)).first()
        if record is None:
            continue
        opts = kind._meta
        yield Found(
            uuid=uuid,
            title=" · ".join(dict.fromkeys(text.title for text in record.publications())),
            states=" · ".join(_states(record)),
            form=reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk]),
            sentences=_sentences(record, found["places"]),
            note=_note(found),
            can_be_kept=found["is_exact"],
            choice=default(found),
        )


def _states(record: Record) -> Iterator[str]:
    for text in record.publications():
        yield f"{text.get_language_display()}: {state(text)}"
    if record.changes():
        yield _("with changes that wait")


def _sentences(record: Record, places: list[list[Any]]) -> list[str]:
    found = list(dict.fromkeys(sentence(record, Place(*place)) for place in places))
    more = len(found) - MOST_SENTENCES
    if more <= 0:
        return found
    said = ngettext("And in %(number)s more place.", "And in %(number)s more places.", more)
    return [*found[:MOST_SENTENCES], said % {"number": more}]


def _note(found: dict[str, Any]) -> str:
    if not found["is_exact"]:
        return _("The name cannot be replaced here with certainty, so it can only be removed.")
    if found["is_near"]:
        return _(
            "Beside the name a part of it, or something close to it, would remain. Read it before you "
            "let it stay."
        )
    return ""


def _files(work: Withdrawal) -> Iterator[tuple[str, str]]:
    for file in Attachment.objects.filter(uuid__in=work.others.get(FILE, [])):
        yield file.title, reverse("admin:attachments_attachment_change", args=[file.pk])


def _others(work: Withdrawal) -> Iterator[str]:
    counts = {label: number for label, number in work.others.items() if label != FILE}
    said = {
        "reversion.version": _("Kept versions, which are rewritten: %s"),
        "publishing.unsaved": _("Texts typed and not saved: %s"),
        "publishing.remark": _("Comments and notes: %s"),
        "publishing.formeraddress": _("Former addresses, which will say that the page is gone: %s"),
        "django_tasks_database.dbtaskresult": _(
            "Tasks and letters that wait, which are dropped: %s"
        ),
        "accounts.user": _("Accounts of people who work here, which stay as they are: %s"),
    }
    for label, number in sorted(counts.items()):
        name = str(apps.get_model(label)._meta.verbose_name_plural)
        other = _("%(rows)s: %(number)s") % {"rows": name[:1].upper() + name[1:], "number": number}
        yield said[label] % number if label in said else other
