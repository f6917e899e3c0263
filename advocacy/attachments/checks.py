"""What is looked at in the files a record uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.publishing.checks import Check, Finding, Severity
from advocacy.publishing.checks.bodies import Body, bodies
from advocacy.publishing.checks.links import internal_paths
from advocacy.publishing.checks.texts import finding
from advocacy.publishing.models import Publication, Record
from advocacy.publishing.queryset import related

from . import figures
from .files import sentences
from .models import Attachment, Figure, PageText, Use

#: What cameras, telephones and programs call their files: it tells of them, and nothing of the thing.
_MADE_UP = re.compile(
    r"(?:IMG|DSC[NF]?|DSCF|PXL|PANO|MVIMG|P|VID|Screenshot|Scan|scan|image|photo|Photo|KakaoTalk)"
    r"[ _-]?(?:Photo[ _-]?)?\d[\d ._-]*.*"
    r"|Microsoft (?:Word|PowerPoint|Excel) - .*|.*\.(?:docx?|hwpx?|pptx?|xlsx?|odt|jpe?g|png|heic|pdf)"
    r"|(?:Untitled|Document|무제|제목 없음|새 문서|스캔)[ _-]?\d*|[\d ._-]+",
    re.IGNORECASE,
)


class Used(NamedTuple):
    """A file, and where its record shows it."""

    attachment: Attachment
    text: Publication | None  # None: it is the record's own
    field: str


def used(record: Record) -> list[Used]:
    """Each file once: the documents, and the pictures of the texts that go public."""
    holders: list[tuple[Any, Publication | None]] = [(record, None)]
    holders += [(text, text) for text in record.ready_texts() if text is not record]
    found: dict[int, Used] = {}
    for holder, text in holders:
        for accessor in holder.parts:
            model = related(type(holder), accessor)
            if not issubclass(model, Use):
                continue
            field = "body" if issubclass(model, Figure) else accessor
            for use in getattr(holder, accessor).all():
                found.setdefault(use.attachment_id, Used(use.attachment, text, field))
    return list(found.values())


def _finding(one: Used, sentence: str) -> Finding:
    change = reverse("admin:attachments_attachment_change", args=[one.attachment.pk])
    if one.text is None:
        return Finding(sentence, one.field, url=change)
    return finding(one.text, sentence, one.field, url=change)


def undescribed_pictures(record: Record) -> list[Finding] | None:
    return _not_ready([one for one in used(record) if not one.attachment.is_pdf])


def documents_without_a_language(record: Record) -> list[Finding] | None:
    return _not_ready([one for one in used(record) if one.attachment.is_pdf])


def _not_ready(files: list[Used]) -> list[Finding] | None:
    found = [_finding(one, said) for one in files for said in one.attachment.problems()]
    return found if files else None


def named_by_a_machine(record: Record) -> list[Finding] | None:
    files = used(record)
    said = _("“%s” is what a camera or a program called its file. Readers see it: give it a title.")
    titles = [(one, one.attachment.title) for one in files]
    bad = [_finding(one, said % title) for one, title in titles if _MADE_UP.fullmatch(title)]
    return bad if files else None


def without_text(record: Record) -> list[Finding] | None:
    """A scan: neither a screen reader nor the search knows what it says."""
    documents = [one for one in used(record) if one.attachment.is_pdf]
    if not documents:
        return None
    pages = PageText.objects.filter(attachment__in=[one.attachment.pk for one in documents])
    read = set(pages.exclude(text="").values_list("attachment", flat=True))
    said = _("The document “%s” is a picture of text. Nobody can search it or have it read aloud.")
    bad = [one for one in documents if one.attachment.pk not in read]
    return [_finding(one, said % one.attachment.title) for one in bad]


def words_under_dark_boxes(record: Record) -> list[Finding] | None:
    return _covered(record, dark=True)


def words_under_light_boxes(record: Record) -> list[Finding] | None:
    """Perhaps on purpose: a designer who paints over a line. Readers can copy it all the same."""
    return _covered(record, dark=False)


def _covered(record: Record, *, dark: bool) -> list[Finding] | None:
    documents = [one for one in used(record) if one.attachment.is_pdf]
    found = [
        (one, [box for box in one.attachment.covered if box["dark"] == dark]) for one in documents
    ]
    said = _("The document “%(title)s”: %(covered)s")
    bad = [
        _finding(one, said % {"title": one.attachment, "covered": sentences.covered(boxes)})
        for one, boxes in found
        if boxes
    ]
    return bad if documents else None


def missing_pictures(record: Record) -> list[Finding] | None:
    shown = [(body, uuid) for body in bodies(record) for uuid in figures.uuids(body.html)]
    if not shown:
        return None
    there = {one.attachment.uuid for one in used(record)}
    said = _("A picture in the text is not in the library any more.")
    return [finding(body.text, said, body.field) for body, uuid in shown if uuid not in there]


def dead_file_links(record: Record) -> list[Finding] | None:
    """Links to files readers cannot fetch, now or with this record."""
    linked = [(body, path, uuid) for body in bodies(record) for path, uuid in _files(body)]
    if not linked:
        return None
    wanted = {uuid for _body, _path, uuid in linked}
    visible = Attachment.objects.visible().filter(uuid__in=wanted)
    there = {
        *visible.values_list("uuid", flat=True),
        *(one.attachment.uuid for one in used(record)),
    }
    said = _("The link to %s leads to a file that readers cannot open.")
    return [
        finding(body.text, said % path, body.field)
        for body, path, uuid in linked
        if uuid not in there
    ]


def _files(body: Body) -> Iterator[tuple[str, UUID]]:
    for path in internal_paths(body.html):
        try:
            match = resolve(path)
        except Resolver404:
            continue
        if match.view_name == "attachments:file":
            yield path, match.kwargs["uuid"]


CHECKS = [
    Check(undescribed_pictures, Severity.MUST_FIX, gettext_lazy("Every picture has a description")),
    Check(
        documents_without_a_language,
        Severity.MUST_FIX,
        gettext_lazy("Every document has a language"),
    ),
    Check(
        words_under_dark_boxes,
        Severity.MUST_FIX,
        gettext_lazy("No words are left under what is blacked out"),
    ),
    Check(
        words_under_light_boxes,
        Severity.CONSIDER,
        gettext_lazy("No words are painted over in a document"),
    ),
    Check(
        without_text,
        Severity.CONSIDER,
        gettext_lazy("Every document can be searched and read aloud"),
    ),
    Check(
        named_by_a_machine,
        Severity.CONSIDER,
        gettext_lazy("No file tells by its title what made it; what it carried inside is removed"),
    ),
    Check(missing_pictures, Severity.CONSIDER, gettext_lazy("Every picture is in the library")),
    Check(dead_file_links, Severity.CONSIDER, gettext_lazy("Readers can open every linked file")),
]
