"""What every request passes through that belongs to no slice: its language, and the mark of staff."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers

from nkhr.errors import old_site
from nkhr.store import marker
from nkhr.store.admission import is_of_old_front_page


class LanguageMiddleware:
    """The language that the address names, else the one the browser asks for.

    As Django's LocaleMiddleware, but an address with a language in it never varies by reader."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.languages = {code for code, _name in settings.LANGUAGES}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        first = request.path_info.partition("/")[2].partition("/")[0]
        named = first in self.languages
        language = first if named else translation.get_language_from_request(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        if not named:
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", language)
        return response


class OldSite:
    """Answers for posts of the old site that its front page showed: `/?p=5`, `/?document_srl=5`.

    All its other addresses lead nowhere here, and are answered where that is found out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        answer = old_site(request) if is_of_old_front_page(request.path_info, query) else None
        return answer or self.get_response(request)


class StaffMarker:
    """Gives signed-in staff the cookie with which they pass by the store of pages, and takes it back.

    Given in the admin, where staff sign in and out; nobody else's session is looked at. Put it
    outside SessionMiddleware, so that looking cannot add `Vary: Cookie` to a page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        mark = request.COOKIES.get(marker.COOKIE)
        if mark is not None or request.path_info.startswith("/admin/"):
            with suppress(DatabaseError):  # then it stays as it is; the answer says what is wrong
                self.settle(request, response, mark)
        return response

    def settle(self, request: HttpRequest, response: HttpResponse, mark: str | None) -> None:
        session = settings.SESSION_COOKIE_NAME
        may_be_staff = session in request.COOKIES or session in response.cookies
        user = getattr(request, "user", None) if may_be_staff else None
        if user is not None and user.is_staff:
            if marker.seconds_left(mark or "") > marker.LASTS_S - marker.RENEWED_AFTER_S:
                return
            response.set_cookie(
                marker.COOKIE,
                marker.make(),
                max_age=marker.LASTS_S,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        elif mark is not None:
            response.delete_cookie(marker.COOKIE, samesite="Lax")
            # Text that could not be sent is held there (publishing/held.js), under a key that is gone.
            response.headers["Clear-Site-Data"] = '"storage"'
        else:
            return
        patch_cache_control(response, private=True)
