"""What readers get: documents, pictures, and the list of all documents."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import DateTimeField, UUIDField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from advocacy.hits.counter import Kind
from advocacy.hits.middleware import count
from advocacy.prepared import Prepared, Slot
from advocacy.publishing.addresses import path_of
from advocacy.publishing.citing import cited, organisation
from advocacy.publishing.head import Head, front_page, other_than, with_query
from advocacy.publishing.lists import Paging
from advocacy.publishing.models import Language
from advocacy.publishing.views import published_page, read_only

from . import citing, uses
from .files.pipeline import ENDINGS, MEDIA_TYPES
from .models import Attachment, Document, Rendition
from .queryset import AttachmentQuerySet
from .serving import Stored, serve

log = logging.getLogger(__name__)

PER_PAGE = 20
_DRAWN = re.compile(r"([0-9a-f]{8})-(\d{1,5})\.([a-z]{3,4})", re.ASCII)
_FORMATS = {ENDINGS[form]: form for form in Rendition.Format.values}


@read_only
def file(request: HttpRequest, uuid: UUID, filename: str) -> HttpResponseBase:
    """The file itself, under an address that stays when it is replaced."""
    return hand_out(request, filename, *_readable(request, uuid))


def hand_out(
    request: HttpRequest, filename: str, attachment: Attachment, is_public: bool
) -> HttpResponseBase:
    """To somebody who may have it."""
    if filename != attachment.filename:
        return _elsewhere(attachment.get_absolute_url(), is_public, permanent=True)
    stored = Stored(
        key=attachment.key,
        size=attachment.size,
        media_type=attachment.media_type,
        etag=f'"{attachment.sha256}"',
        filename=attachment.filename,
    )
    response = _serve(request, stored, is_public=is_public)
    if attachment.language:  # the document's, not that of whoever asks for it
        response.headers["Content-Language"] = attachment.language
    if attachment.is_pdf and is_public:
        count(response, Kind.DOWNLOAD, attachment.uuid)
    return response


@read_only
def rendition(request: HttpRequest, uuid: UUID, name: str) -> HttpResponseBase:
    """A picture, or the first page of a document, drawn in one size and format."""
    return hand_out_drawn(request, name, *_readable(request, uuid))


def hand_out_drawn(
    request: HttpRequest, name: str, attachment: Attachment, is_public: bool
) -> HttpResponseBase:
    """To somebody who may have it."""
    match = _DRAWN.fullmatch(name)
    form = _FORMATS.get(match[3]) if match else None
    if match is None or form is None:
        raise Http404
    width = int(match[2])
    # Of the file as it was read above: it may be replaced between two queries.
    there = attachment.renditions.filter(attachment__sha256=attachment.sha256)
    drawn = there.filter(format=form, width=width).first()
    if drawn is None or match[1] != attachment.sha256[:8]:
        nearest = min(there, key=lambda other: _distance(other, form, width), default=None)
        if nearest is None:
            raise Http404
        return _elsewhere(attachment.drawn_url(nearest.width, nearest.format), is_public)
    stored = Stored(
        key=drawn.key,
        size=drawn.size,
        media_type=MEDIA_TYPES[form],
        etag=f'"{attachment.sha256[:16]}-{width}-{form}"',
    )
    return _serve(request, stored, is_public=is_public, is_immutable=True)


def _distance(drawn: Rendition, form: str, width: int) -> tuple[bool, bool, int, int]:
    """How far a rendition is from what was asked for. What is not drawn yet has its small JPEG."""
    other_form, no_jpeg = drawn.format != form, drawn.format != Rendition.Format.JPEG
    return other_form, no_jpeg, abs(drawn.width - width), -drawn.width


@published_page("page")
def index(request: HttpRequest, language: str) -> HttpResponse:
    """Every document readers can open, in whatever language it is written."""
    at = timezone.now()
    documents = Attachment.objects.documents().visible(at)
    here, there = (
        reverse("attachments:index", args=[code]) for code in (language, other_than(language))
    )
    paging = Paging.of(
        request.GET.get("page"),
        total=documents.count(),
        per_page=PER_PAGE,
        path_of=lambda page: with_query(here, page=page),
    )
    context = {
        "head": Head(
            title=paging.titled(_("Documents")),
            language=language,
            path=paging.path,
            description=_(
                "Statements, submissions and reports to download, each with its checksum."
            ),
            translations={other_than(language): there} if paging.number == 1 else {},
            counterpart=there,
            crumbs=[front_page(language)],
        ),
        "documents": _with_records(documents.newest_use_first(at), paging, language, at),
        "paging": paging,
    }
    return render(request, "attachments/index.html", context)


@published_page()
def cite(request: HttpRequest, language: str, uuid: UUID, ending: str) -> HttpResponse:
    """A document as a reference, in a file."""
    at = timezone.now()
    documents = Attachment.objects.documents().visible(at).filter(uuid=uuid)
    for attachment in documents:
        texts = uses.told_in([attachment], Document, language, at)[attachment.pk]
        return cited(citing.work(attachment, texts, language), ending, name=attachment.name)
    raise Http404


def _with_records(
    documents: AttachmentQuerySet, paging: Paging, language: str, at: datetime
) -> list[Attachment]:
    """Those of one page, each knowing the texts it stands beside and how it is cited."""
    shown = list(documents[paging.start : paging.end])
    texts = uses.told_in(shown, Document, language, at)
    names = {code: organisation(code) for code in Language.values}
    for attachment in shown:
        attachment.told_in = texts.get(attachment.pk, [])
        attachment.cited_at = path_of("attachments:index", language) + f"{attachment.uuid}/"
        work = citing.work(attachment, attachment.told_in, language)
        attachment.work = replace(work, author=names[work.language])
    return shown


def _readable(request: HttpRequest, uuid: UUID) -> tuple[Attachment, bool]:
    """The file and whether everyone may read it. Raises Http404 where this reader may not.

    Readers' sessions are not looked at before it is clear that a file is not public.
    """
    for attachment in _visible(uuid=uuid, at=timezone.now()):
        return attachment, True
    user = request.user
    may_read_all = user.is_staff and user.has_perm("attachments.view_attachment")
    attachment = Attachment.objects.filter(uuid=uuid).first() if may_read_all else None
    if attachment is None:
        raise Http404
    return attachment, False


# Asked for each file and picture; Django would take longer to write it than all the rest takes.
_visible = Prepared(
    lambda: Attachment.objects.filter(uuid=Slot("uuid", UUIDField())).visible(
        Slot("at", DateTimeField())
    )
)


def _elsewhere(path: str, is_public: bool, *, permanent: bool = False) -> HttpResponse:
    redirect = HttpResponsePermanentRedirect if permanent else HttpResponseRedirect
    response = redirect(path)
    if is_public:  # asked each time: a name may be given back
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _serve(request: HttpRequest, stored: Stored, **options: bool) -> HttpResponseBase:
    try:
        return serve(request, stored, **options)
    except FileNotFoundError as error:
        log.error("A stored file is missing: %s", stored.key)
        raise Http404 from error
