"""Text that reaches the desk after its writer was signed out: handed back, to be sent once more.

It is kept nowhere but in the page that answers, since nobody knows whose it is. With scripts it does
not come to this (`autosave`): a form is then sent only while its writer is signed in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from .records import kinds

#: The pages of a record that somebody writes on.
_WRITTEN_ON = ("add", "change", "side_by_side", "ask", "send_back", "publish")
_NOT_TYPED = ("csrfmiddlewaretoken",)


class HandBackMiddleware:
    """Behind the check of tokens: what another site has sent never comes back from here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        # In this order: to ask who somebody is makes a page theirs alone (Vary: Cookie).
        if is_written(request) and not admin.site.has_permission(request):
            return hand_back(request)
        return None


def is_written(request: HttpRequest) -> bool:
    """Whether it sends what somebody wrote about a record."""
    match = request.resolver_match
    if request.method != "POST" or match is None or match.namespace != admin.site.name:
        return False
    names = (kind._meta for kind in kinds())
    known = {f"{of.app_label}_{of.model_name}_{page}" for of in names for page in _WRITTEN_ON}
    return match.url_name in known


def is_from_here(request: HttpRequest) -> bool:
    """Whether a browser says that a page of ours has sent it (Fetch, "Origin header")."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def hand_back(request: HttpRequest) -> HttpResponse:
    """The page with what was sent, and a button that sends it again."""
    is_signed_in = admin.site.has_permission(request)
    context = {
        **admin.site.each_context(request),
        "title": _("Not saved yet") if is_signed_in else _("You are signed out"),
        "is_signed_in": is_signed_in,
        "sent": [(name, values) for name, values in request.POST.lists() if name not in _NOT_TYPED],
        "sign_in": resolve_url(settings.LOGIN_URL),
    }
    answer = render(request, "admin/publishing/unsent.html", context, status=403)
    add_never_cache_headers(answer)
    return answer
