"""Documents whose pages are pictures of text: no machine reads them, so a second person has to.

Such a document is held until somebody else than who uploaded it has looked at it and answers for it
with a reason. New bytes are held anew.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.attachments.models import Attachment, PageText
from advocacy.publishing.checks import Check, Finding, Severity
from advocacy.publishing.models import Publication, Record

from . import register
from .models import Override
from .surfaces import documents


def pages(attachment: Attachment) -> list[int]:
    """Those on which no word could be read, counted from 1."""
    read = PageText.objects.filter(attachment=attachment).exclude(text="", drawn="")
    known = set(read.values_list("number", flat=True))
    return [number for number in range(1, (attachment.pages or 0) + 1) if number not in known]


def is_held(attachment: Attachment) -> bool:
    answered = Override.objects.filter(file=attachment.uuid, sha256=attachment.sha256)
    return bool(pages(attachment)) and not answered.exists()


def held(record: Record) -> Iterable[Finding] | None:
    """Where there is no register, nothing is looked for. One that cannot be read, scanning.py tells of."""
    shown = documents(record) if register.is_set_up() else []
    if not shown or not register.is_readable():
        return None
    said = _(
        "The document “%(title)s” has pages without words that can be searched for protected names "
        "(%(pages)s). Somebody else than who uploaded it has to look at them and answer for it."
    )
    return [
        Finding(
            said % {"title": one.document.title, "pages": ", ".join(map(str, pages(one.document)))},
            one.field,
            "" if isinstance(record, Publication) else one.language,
            reverse("protection:held", args=[one.document.uuid]),
        )
        for one in shown
        if is_held(one.document)
    ]


CHECKS = [
    Check(
        held, Severity.MUST_FIX, gettext_lazy("Every page of a document was read, or answered for")
    )
]
