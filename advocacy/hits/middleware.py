"""Counts what a view has marked, after the response is made.

A view ends with `return count(response, Kind.VIEW, article.uuid)`. Put CountHits before (outside)
SessionMiddleware, so that asking who is staff cannot add `Vary: Cookie` to a page, and after
(inside) ConditionalGetMiddleware, whose 304 is a new response without the mark. A view that answers
304 itself marks that response too.
"""

from collections.abc import Callable
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from . import trouble
from .counter import Kind
from .models import Trouble
from .recording import record

# In the environ of a request whose hit is written down by whoever put it there.
COUNTED_IN_FRONT = "advocacy.hits.counted_in_front"

Answer = TypeVar("Answer", bound=HttpResponseBase)


class Counted(NamedTuple):
    """A mark on a response: it shows, or hands out, this publication or attachment."""

    kind: Kind
    item: UUID


def count(response: Answer, kind: Kind, item: UUID) -> Answer:
    """The same response, marked to be counted as one hit of that item."""
    response.counted = Counted(kind, item)  # type: ignore[attr-defined]  # read by CountHits
    return response


class CountHits:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        mark: Counted | None = getattr(response, "counted", None)
        in_front = COUNTED_IN_FRONT in request.META
        if mark is not None and not in_front and not is_staff(request):
            kind, item = mark
            record(
                item,
                Kind(kind),
                request.META,
                status=response.status_code,
                content_range=response.headers.get("Content-Range", ""),
            )
        return response


def is_staff(request: HttpRequest) -> bool:
    """Asks the database only if the visitor has a session cookie; readers have none. Never
    raises.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    try:
        user = getattr(request, "user", None)
        return user is not None and user.is_staff
    except Exception as error:
        trouble.remember(Trouble.What.HIT, error)
        return False
