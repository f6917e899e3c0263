"""Answers when there is no page to show, each with a sentence on what to do next."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template import loader
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from advocacy.api.problems import is_asked, problem
from advocacy.casework import ledger
from advocacy.imports.addresses import words_of
from advocacy.imports.targets import leads_to
from advocacy.publishing import unsent
from advocacy.publishing.addresses import Gone, current_address
from advocacy.publishing.head import Head
from advocacy.publishing.models import Language

LONGEST_PATH = 500  # of an address that was ever ours (publishing.FormerAddress)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Lead on from a former address (301), say that a text was taken away (410), else 404."""
    if is_asked(request):
        return problem(404)
    gone = isinstance(exception, Gone)
    if not gone and request.method in ("GET", "HEAD"):
        try:
            if address := _moved_to(request.path):
                return _for_now(HttpResponsePermanentRedirect(address))
        except Gone:
            gone = True
    if not gone and (answer := old_site(request)):
        return answer
    if gone:
        return _page(request, "410.html", 410, _("This page is gone"))
    return _page(request, "404.html", 404, _("There is no such page"))


def old_site(request: HttpRequest) -> HttpResponse | None:
    """What stands here now of what stood there on the old site (301); 410 with a search for what did
    not come over, or was taken back. None for every other address.
    """
    if request.method not in ("GET", "HEAD"):
        return None
    try:
        address = leads_to(request.path, request.META.get("QUERY_STRING", ""))
    except Gone:
        words = words_of(request.path)
        return _page(request, "410_old.html", 410, _("This page of our former site is gone"), words)
    return _for_now(HttpResponsePermanentRedirect(address)) if address else None


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem(400) if is_asked(request) else _plain(400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "403.html", 403, _("This is not open to you"))


def too_many(request: HttpRequest) -> HttpResponse:
    """Somebody tries passwords, or has pressed a button too often."""
    return _page(request, "429.html", 429, _("Too many tries"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form was sent that did not come from this site, or whose page was open for too long.

    What somebody wrote on a page of ours is handed back, with a token that will be accepted.
    """
    if unsent.is_written(request) and unsent.is_from_here(request):
        return unsent.hand_back(request)
    return _page(request, "403_csrf.html", 403, _("The form could not be accepted"))


class MethodMiddleware:
    """A page where Django refuses a method with nothing but the status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        page = _page(request, "405.html", 405, _("Nothing can be sent here"))
        page["Allow"] = response["Allow"]
        return page


def broken(request: HttpRequest) -> HttpResponse:
    """A mistake of ours. Asks nothing of the database, which may be what is broken."""
    return problem(500) if is_asked(request) else _plain(500)


def _moved_to(path: str) -> str | None:
    """Raises Gone."""
    if len(path) > LONGEST_PATH or "\x00" in path:
        return None
    if ledger.is_retired(path):
        raise Gone
    return current_address(path)


def _page(
    request: HttpRequest, template: str, status: int, title: str, words: str = ""
) -> HttpResponse:
    language = get_language()
    head = Head(
        title=title,
        language=language if language in Language.values else Language.EN.value,
        path=request.path,
        indexed=False,
    )
    return _for_now(render(request, template, {"head": head, "words": words}, status=status))


def _for_now(answer: HttpResponse) -> HttpResponse:
    """Browsers keep some answers for good that say nothing of it (RFC 9111, 4.2.2), 410 among them:
    what was taken away would be gone for its readers also when it is public again.
    """
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _plain(status: int) -> HttpResponse:
    try:
        style = static("site.css")
    except ValueError:  # the static files were not collected: then it is that which is broken
        style = ""
    page = loader.get_template(f"{status}.html").render({"style": style})
    return HttpResponse(page, status=status)
