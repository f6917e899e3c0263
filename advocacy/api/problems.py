"""What is wrong with a request, as programs read it: `application/problem+json` (RFC 9457)."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

MEDIA_TYPE = "application/problem+json"
PREFIX = "/api/"
SAID = {
    HTTPStatus.BAD_REQUEST: "The request cannot be read.",
    HTTPStatus.NOT_FOUND: "There is nothing at this address. /api/v1/openapi.json lists what there is.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Nothing can be sent here: it is only read.",
    HTTPStatus.NOT_ACCEPTABLE: "Answers are application/json. The Accept header rules that out.",
    HTTPStatus.GONE: "This was public and is no longer. Please delete your copy.",
    HTTPStatus.PRECONDITION_FAILED: "What you know is not what there is.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests. Wait as long as Retry-After says.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "A mistake of ours. Try again later.",
}


class Refused(Exception):
    """A request that is not answered as it was asked; `str()` is a sentence."""

    def __init__(self, status: int, sentence: str = "", **more: Any) -> None:
        super().__init__(sentence)
        self.status, self.more = status, more


def problem(status: int, sentence: str = "", **more: Any) -> HttpResponse:
    """`more` are members that say which part of the request it is about."""
    known = HTTPStatus(status)
    said = {
        "type": "about:blank",
        "title": known.phrase,
        "status": status,
        "detail": sentence or SAID.get(known, known.description),
        **more,
    }
    answer = HttpResponse(json.dumps(said), status=status, content_type=MEDIA_TYPE)
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Content-Language"] = "en"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def is_asked(request: HttpRequest) -> bool:
    """Whether somebody asks below the address of the interface, where there are no pages."""
    return request.path_info.startswith(PREFIX)
