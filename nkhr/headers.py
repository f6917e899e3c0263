"""What every answer of the site tells browsers about whom it trusts: nobody but itself.

`SecurityHeaders` is the outermost middleware, so pages, errors, redirects, feeds and files all leave
through it; pages kept in memory (nkhr.store) are kept with the headers they left with. What Django has
a setting for is set in settings.py. A header that a view has given itself is left as it is.
"""

from __future__ import annotations

from typing import Any

from csp.middleware import CheckableLazyObject, CSPMiddleware
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from js_asset import Media

STAFF = "/admin/"
DOCUMENTS = "/documents/"
PICTURES = "/pictures/"
SHARED = "/preview/"  # the files of a text whose preview somebody has a link to
SOCIAL_PICTURE = f"{settings.STATIC_URL}og."

_SHOWN = (
    "img-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: Of what holds no script: all that readers are shown. A block of JSON-LD is data, and no script.
#: Auditors of pages (Lighthouse) ask for robots.txt from within one; no script of a page's could.
PAGE = f"default-src 'none'; connect-src 'self'; {_SHOWN}"
#: Of what holds scripts: those tags run that carry the nonce of this answer, whatever their address.
SCRIPTED = f"default-src 'none'; script-src 'nonce-%s'; connect-src 'self'; {_SHOWN}"
_FILE = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
#: WebKit shows a PDF as a plug-in in a page of its own making, and shows none in a sandbox.
DOCUMENT = f"{_FILE}; object-src 'self'"
FILE = f"{_FILE}; sandbox"
_FILES = {DOCUMENTS: DOCUMENT, PICTURES: FILE, settings.STATIC_URL: FILE}

#: What no page of ours asks of a device. Passkeys and the clipboard are not among it: staff use them.
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture"),
        *("encrypted-media", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts"),
        *("magnetometer", "microphone", "midi", "payment", "screen-wake-lock", "serial"),
        *("usb", "window-management", "xr-spatial-tracking"),
    )
)


class SecurityHeaders(CSPMiddleware):
    """The nonce is django-csp's: drawn when a template asks for it, refused once the header is out."""

    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)
        # SecurityMiddleware says three of these too, but not of a request that it refuses itself.
        self.of_all = {
            "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
            "Permissions-Policy": PERMISSIONS,
            "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": settings.X_FRAME_OPTIONS,
        }

    def process_template_response(
        self, request: HttpRequest, response: SimpleTemplateResponse
    ) -> SimpleTemplateResponse:
        """The scripts that the forms of a page bring along are the page's own."""
        context = response.context_data
        if context and "media" in context:
            nonce = str(request.csp_nonce)  # type: ignore[attr-defined]
            context["media"] = Media.from_media(context["media"], nonce=nonce)
        return response

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        path, headers = request.path_info, response.headers
        nonce = getattr(request, "_csp_nonce", None)
        # Django's page of an error, which developers see, has styles and scripts in it.
        if not (settings.DEBUG and response.status_code in (404, 500)):
            policy = content_policy(path, headers.get("Content-Type", ""), nonce)
            headers.setdefault("Content-Security-Policy", policy)
        if nonce is None:
            request.csp_nonce = CheckableLazyObject(self._csp_nonce_post_response)  # type: ignore[attr-defined]
        for name, value in self.of_all.items():
            headers.setdefault(name, value)
        kept = headers.get("Cache-Control", "")
        headers.setdefault(
            "Cross-Origin-Resource-Policy",
            "cross-origin" if is_for_others(path, response.status_code, kept) else "same-origin",
        )
        if (path.startswith(STAFF) or "no-store" in kept) and (
            headers["Referrer-Policy"] != "no-referrer"
        ):
            # Where staff came from is nobody else's business. Not `no-referrer`: browsers would
            # then send forms with `Origin: null`, which Django refuses.
            headers["Referrer-Policy"] = "same-origin"
        return response


def content_policy(path: str, content_type: str, nonce: str | None) -> str:
    """Content-Security-Policy (CSP Level 3) of an answer.

    That of a file goes by its address: a 304 has no type, and what it says replaces what a browser
    was told before (RFC 9111, 4.3.4).
    """
    if nonce:
        return SCRIPTED % nonce
    if not content_type.startswith("text/html"):
        for place, policy in _FILES.items():
            if path.startswith(place) or (path.startswith(SHARED) and place in path):
                return policy
    return PAGE


def is_for_others(path: str, status: int, cache_control: str) -> bool:
    """Whether other sites may show it: the picture of a shared link, and those that feeds carry."""
    is_picture = path.startswith((PICTURES, SOCIAL_PICTURE))
    return is_picture and status < 400 and "no-store" not in cache_control
