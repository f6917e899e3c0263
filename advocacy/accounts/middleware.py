"""On a public site nobody works at the desk before a second factor is set up."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from . import factors


class SecondFactorMiddleware:
    """Leads whoever has none to where it is set up. Readers' pages are none of its business."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if factors.are_required() and self.is_closed(request.path_info):
            user = request.user
            if user.is_authenticated and not factors.has_one(user):
                return redirect("mfa_index")
        return self.get_response(request)

    def is_closed(self, path: str) -> bool:
        """Whether a path leads to the desk, and not to signing in or out or to another language."""
        if not path.startswith(reverse("admin:index")):
            return False
        ways_out = (reverse("admin:logout"), reverse("set_language"))
        return path not in ways_out and not path.startswith(reverse("account_login"))
