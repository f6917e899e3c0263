"""The files of a text that somebody with a link is shown: under that link, and nowhere else."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from advocacy.publishing import shared
from advocacy.publishing.addresses import files_under
from advocacy.publishing.models import Language
from advocacy.publishing.views import in_confidence, read_only

from . import uses, views
from .models import Attachment, Use


@read_only
def file(request: HttpRequest, token: str, uuid: UUID, filename: str) -> HttpResponseBase:
    return _shown(token, uuid, partial(views.hand_out, request, filename))


@read_only
def rendition(request: HttpRequest, token: str, uuid: UUID, name: str) -> HttpResponseBase:
    return _shown(token, uuid, partial(views.hand_out_drawn, request, name))


def _shown(token: str, uuid: UUID, hand_out: partial) -> HttpResponseBase:
    """A file the texts use, or one that everybody may have and that stands on their page."""
    try:
        with files_under(shared.files(token)):
            return in_confidence(hand_out(_readable(token, uuid), False))
    except Http404:
        return shared.over(Language(get_language() or Language.EN))


def _readable(token: str, uuid: UUID) -> Attachment:
    _link, texts = shared.texts(token)
    files = Attachment.objects.filter(uuid=uuid)
    owners = [*texts.values(), *(text.record for text in texts.values())]
    attachment = files.filter(uses.are_by(owners, Use)).first() or files.visible().first()
    if attachment is None:
        raise Http404
    return attachment
