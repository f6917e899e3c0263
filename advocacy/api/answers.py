"""How programs are answered: read only, from any site, a number of times a minute, in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import wraps
from hashlib import blake2b
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from advocacy.publishing.addresses import Gone
from advocacy.publishing.models import Language

from . import limits
from .problems import Refused, problem

METHODS = "GET, HEAD, OPTIONS"
#: What a program on another site may see of an answer (Fetch standard, CORS).
EXPOSED = "ETag, Link, RateLimit, RateLimit-Policy, Retry-After"
LANGUAGES = ", ".join(Language.values)  # records say each for itself which is theirs
DAY_S = 24 * 60 * 60


class Answer(NamedTuple):
    content: Mapping[str, Any]
    links: Mapping[str, str] = {}  # addresses by relation (RFC 8288)


View = Callable[..., Answer]


def open_data(view: View) -> Callable[..., HttpResponse]:
    """A view that gives an Answer, or raises Refused, Http404 or Gone. It is no page, and no hit."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return _preflight()
        if request.method not in ("GET", "HEAD"):
            response = problem(405)
            response.headers["Allow"] = METHODS
            return _for_all(response)
        left = limits.take(request.META)
        if left.is_allowed:
            response = _answer(view, request, *args, **kwargs)
        else:
            response = problem(429)
            response.headers["Retry-After"] = str(left.seconds)
        # draft-ietf-httpapi-ratelimit-headers
        response.headers["RateLimit-Policy"] = f'"default";q={limits.REQUESTS};w={limits.SECONDS}'
        response.headers["RateLimit"] = f'"default";r={left.requests};t={left.seconds}'
        return _for_all(response)

    return answer


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    if not request.accepts("application/json"):
        return problem(406)
    try:
        made = view(request, *args, **kwargs)
    except Refused as refusal:
        return problem(refusal.status, str(refusal), **refusal.more)
    except Gone:
        return problem(410)
    except Http404:
        return problem(404)
    response = _as_json(made)
    known = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    return problem(412) if known is not None and known.status_code == 412 else known or response


def _as_json(made: Answer) -> HttpResponse:
    content = json.dumps(made.content, ensure_ascii=False).encode()
    response = HttpResponse(content, content_type="application/json")
    response.headers["ETag"] = f'"{blake2b(content, digest_size=16).hexdigest()}"'
    if made.links:
        links = (f'<{address}>; rel="{relation}"' for relation, address in made.links.items())
        response.headers["Link"] = ", ".join(links)
    response.headers["Content-Language"] = LANGUAGES
    response.headers["X-Robots-Tag"] = "noindex"
    # As published pages: what is withdrawn is gone at once.
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    patch_vary_headers(response, ("Accept",))
    return response


def _preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    response.headers["Allow"] = METHODS
    response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
    response.headers["Access-Control-Max-Age"] = str(DAY_S)
    return _for_all(response)


def _for_all(response: HttpResponse) -> HttpResponse:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    return response
