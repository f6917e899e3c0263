"""What somebody with a link is shown: the preview of a text, in each language it has, and its files."""

from __future__ import annotations

from datetime import datetime

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from . import sharing, showing, views
from .head import Head
from .models import Publication, ShareLink
from .showing import Ribbon
from .views import in_confidence, read_only

_OVER = (Publication.Status.WITHDRAWN, Publication.Status.TRASHED)


def texts(token: str, at: datetime | None = None) -> tuple[ShareLink, dict[str, Publication]]:
    """An open link, and what it leads to by language. Raises Http404 where it leads nowhere.

    It leads to what is its maker's to work on, now as then, also in the other language; what was
    withdrawn or thrown away is nobody's any more, and what must not leave the house stays in it.
    """
    link = sharing.find(token, at)
    kind = apps.get_model(link.kind) if link else None
    if link is None or kind is None:
        raise Http404
    theirs = kind.objects.editable_by(link.made_by)
    record = theirs.live().filter(uuid=link.record, trashed_at=None).first()
    if record is None:
        raise Http404
    found: dict[str, Publication] = {}
    for one in [showing.latest(record), *showing.counterparts(record)]:
        one.opened_by = link.made_by  # whoever reads it, it is their look at it
        is_theirs = one.live.trashed_at is None and theirs.filter(pk=one.pk).exists()
        if is_theirs and not sharing.problems(one):
            for text in showing.texts_of(one):
                if text.standing.status not in _OVER:
                    found.setdefault(text.language, text)
    return link, found


def address(token: str, language: str) -> str:
    return reverse("publishing:shared", args=[language, token])


def files(token: str) -> str:
    """The path under which the files of what a link leads to are found."""
    return f"/preview/{token}"


@read_only
def page(request: HttpRequest, language: str, token: str) -> HttpResponse:
    """The preview; once readers can have the text itself, they are led there."""
    at = timezone.now()
    try:
        link, found = texts(token, at)
        text = found[language]
    except (Http404, KeyError):
        return over(language)
    if text.pk == text.standing.pk and text.is_public(at):
        return in_confidence(HttpResponseRedirect(text.get_absolute_url()))
    ribbon = Ribbon(paths={code: address(token, code) for code in found}, until=link.expires_at)
    html = showing.draw(text, at=at, ribbon=ribbon, files=files(token))
    return views.preview(html, language)


def over(language: str) -> HttpResponse:
    """The answer to a link that leads nowhere, the same for whatever reason."""
    head = Head(title=_("This link leads nowhere"), language=language, path="", indexed=False)
    html = render_to_string(
        "publishing/link_over.html", {"head": head}, request=showing.nobodys("/")
    )
    return in_confidence(HttpResponse(html, status=404))
