"""Inline tags of form media under the site's Content Security Policy."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from js_asset import Media


def with_nonce(media: Any, request: HttpRequest) -> Media:
    """`media` whose tags carry the request's nonce, so that its inline import map may run."""
    return Media.from_media(media, nonce=str(request.csp_nonce))  # type: ignore[attr-defined]


class CSPMediaMixin:
    """A ModelAdmin whose forms may hold widgets with an import map (`RichTextWidget`)."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["media"] = with_nonce(context["media"], request)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]
