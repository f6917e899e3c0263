"""Where staff make links to a text that is not public, see who has made some, and end them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext

from . import shared, sharing
from .access import Deed
from .head import absolute
from .models import Language, Record, ShareLink
from .verbs import VerbsMixin

if TYPE_CHECKING:
    Base = VerbsMixin
else:
    Base = object


class SharingMixin(Base):
    """Mix in before VerbsMixin."""

    asking = (*VerbsMixin.asking, Deed.SHARE)

    def do_share(self, request: HttpRequest, record: Record) -> HttpResponse:
        made: list[tuple[str, str, str]] = []
        if request.method == "POST" and (number := request.POST.get("end")):
            self._end(request, record, number)
        elif request.method == "POST" and (problems := sharing.problems(record)):
            for problem in problems:
                messages.error(request, problem)
        elif request.method == "POST":
            made = self._made(sharing.share(record=record, by=request.user))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Links to the preview"),
            "record": record,
            "opts": self.opts,
            "back": self.url("change", record),
            "list_url": reverse(self.url_name("changelist")),
            "made": made,
            "hours": int(ShareLink.LASTS.total_seconds() // 3600),
            "links": ShareLink.objects.open().of(record).select_related("made_by"),
        }
        # The address is told in this one answer: not in a message, which a cookie might carry.
        return TemplateResponse(request, "admin/publishing/share.html", context)

    def _made(self, token: str) -> list[tuple[str, str, str]]:
        """Code, name and address of each language a new link leads to."""
        _link, texts = shared.texts(token)
        known = [language for language in Language if language in texts]
        return [(one.value, one.label, absolute(shared.address(token, one.value))) for one in known]

    def _end(self, request: HttpRequest, record: Record, number: str) -> None:
        links: Any = ShareLink.objects.open().of(record)
        link = links.filter(pk=number).first() if number.isascii() and number.isdigit() else None
        if link is None:
            raise Http404
        sharing.revoke(link=link, by=request.user)
        messages.success(request, gettext("The link is ended. It leads nowhere any more."))
