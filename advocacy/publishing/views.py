"""What every public view of the house says of its answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

#: Of what is drawn for somebody who is shown what readers cannot have: it holds no script.
PREVIEW_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'"
)

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def read_only(view: View) -> View:
    """A view that changes nothing: it answers GET and HEAD, and 405 to all else.

    No form leads to it, so what is sent to it is not first asked for the token of one.
    """
    return csrf_exempt(require_safe(view))


Answer = TypeVar("Answer", bound=HttpResponseBase)


def in_confidence(response: Answer) -> Answer:
    """The answer, which nobody may keep, index, or be told the address of."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def preview(page: str, language: str) -> HttpResponse:
    """A page drawn as a preview (`showing.draw`). A frame of our own may hold it."""
    response = in_confidence(HttpResponse(page))
    response.headers["Content-Language"] = language
    response.headers["Content-Security-Policy"] = PREVIEW_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def published_page(*params: str) -> Callable:
    """Mark a view's answer as a published page: the same for every reader.

    `params` are the query parameters the view reads; whatever keeps pages may ignore all others.
    Readers' browsers keep it too, but ask each time whether it still holds, so that a withdrawn
    page is gone at once.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @read_only
        @wraps(view)
        def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            response = view(request, *args, **kwargs)
            if response.status_code == 200:
                response.page_params = params  # type: ignore[attr-defined]
                patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
            return response

        answer.page_params = params  # type: ignore[attr-defined]  # known before a page is asked for
        return answer

    return decorate
