"""The page on which an editor brings across what was copied off the old site."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from advocacy.publishing.people import EDIT_ALL

from ..landing import Landing, Line
from ..models import Imported
from ..records import Post
from .forms import PasteForm, Proposals
from .reading import read


class Made(NamedTuple):
    """What became of one thing, and where it is written on."""

    title: str
    what: str
    reasons: tuple[str, ...]
    url: str


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@admin.site.admin_view
@permission_required(EDIT_ALL, raise_exception=True)
def copied(request: HttpRequest) -> HttpResponse:
    """Paste, see what was recognised beside it, confirm; nothing is stored before, or published at all."""
    paste = PasteForm(request.POST or None)
    proposals: Proposals | None = None
    marks: tuple[str, ...] = ()
    made: list[Made] | None = None
    if request.method == "POST" and paste.is_valid():
        said = paste.cleaned_data
        reading = read(said["copied"], without_marks=not said["keep_marks"])
        is_confirmed = "_make" in request.POST
        proposals = Proposals(reading, request.POST if is_confirmed else None)
        marks = reading.marks
        if is_confirmed and proposals.wanted and proposals.are_valid():
            made = _land(proposals.posts(), request.user)
    context = {
        **admin.site.each_context(request),
        "title": _("Bring a page of the old site across"),
        "paste": paste,
        "proposals": proposals,
        "marks": marks,
        "made": made,
        "media": Media() if proposals is None else proposals.media,
    }
    return TemplateResponse(request, "admin/imports/copied.html", context)


def _land(posts: list[Post], by: Any) -> list[Made]:
    lines = list(Landing(by=by).land(posts))
    return [_made(post, line) for post, line in zip(posts, lines, strict=True)]


def _made(post: Post, line: Line) -> Made:
    known = Imported.objects.filter(source=post.source, key=post.key).first()
    url = reverse("imports:text", args=[known.record]) if known else ""
    return Made(post.text.title, str(line.outcome.label), line.reasons, url)
