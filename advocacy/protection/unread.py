"""Files that no machine reads, pictures of text and pages of documents: so a second person has to.

Such a file is held until somebody else than who uploaded it has looked at it and answers for it with a
reason. That is said of its bytes, so new ones are held anew.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.attachments.files import sentences
from advocacy.attachments.models import Attachment
from advocacy.publishing.checks import Check, Finding, Severity
from advocacy.publishing.models import Publication, Record

from . import register
from .models import Override
from .surfaces import Shown, files


def is_held(attachment: Attachment) -> bool:
    return not_searched(attachment.unread) and not _answered([attachment.sha256])


def not_searched(unread: list | None) -> bool:
    """None: nobody has looked yet."""
    return unread is None or bool(unread)


def is_answered_for(sha256: str) -> bool:
    return bool(_answered([sha256]))


def held(record: Record) -> Iterable[Finding] | None:
    """Where there is no register, nothing is looked for. One that cannot be read, scanning.py tells of."""
    shown = files(record) if register.is_set_up() else []
    if not shown or not register.is_readable():
        return None
    once: dict[int, Shown] = {}
    for one in shown:
        if not_searched(one.file.unread):
            once.setdefault(one.file.pk, one)
    answered = _answered([one.file.sha256 for one in once.values()])
    return [
        Finding(
            said(one.file),
            one.field,
            "" if isinstance(record, Publication) else one.language,
            reverse("protection:held", args=[one.file.uuid]),
        )
        for one in once.values()
        if one.file.sha256 not in answered
    ]


def shown_unanswered() -> list[Attachment]:
    """What readers can open, or will, and nobody answers for: it was public before it was looked at."""
    found = Attachment.objects.released().exclude(unread__isnull=True).exclude(unread=[])
    answered = _answered([file.sha256 for file in found])
    return [file for file in found.order_by("pk") if file.sha256 not in answered]


def said(file: Attachment) -> str:
    if file.unread is None:
        said = _(
            "It is not known yet whether “%(title)s” is a picture of text. It is being looked at by itself; "
            "try again later, or have somebody else than who uploaded it answer for it."
        )
    elif file.is_pdf:
        said = _(
            "The document “%(title)s” has pages that cannot be searched for protected names (%(why)s). "
            "Somebody else than who uploaded it has to look at them and answer for it."
        )
    else:
        said = _(
            "The picture “%(title)s” cannot be searched for protected names (%(why)s). "
            "Somebody else than who uploaded it has to look at it and answer for it."
        )
    return said % {"title": file.title, "why": sentences.unread(file.unread or [])}


def _answered(files: list[str]) -> set[str]:
    """Of these SHA-256, those that somebody answers for."""
    known = Override.objects.filter(sha256__in=files) if files else Override.objects.none()
    return set(known.values_list("sha256", flat=True))


CHECKS = [
    Check(
        held,
        Severity.MUST_FIX,
        gettext_lazy("Every picture and page was searched for names, or answered for"),
    )
]
