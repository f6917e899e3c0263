"""What the form of a record asks for while somebody types; told to its scripts in JSON.

Whatever is wrong, it is said so that the script can go on: the text is still in the page.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from . import presence, unsaved
from .models import Presence, Unsaved
from .people import name_of
from .records import Record, kinds


def for_scripts(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view for staff, whose script is told where to sign in again, rather than led there."""

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not admin.site.has_permission(request):
            return JsonResponse({"signed_out": True}, status=403)
        return view(request, *args, **kwargs)

    return answer


@require_safe
@for_scripts
def session(request: HttpRequest) -> HttpResponse:
    """Who is signed in now, and what a page opened before needs of the new session."""
    return JsonResponse(
        {"user": str(request.user.pk), "csrf": get_token(request), "key": browser_key(request)}
    )


@require_POST
@for_scripts
def keep(request: HttpRequest, key: UUID) -> HttpResponse:
    """Keep the fields of a form that is open: JSON of `user`, `kind`, `record`, `row`, `fields`.

    With `isAsSaved` everything was undone again, and there is nothing to keep.
    """
    try:
        sent = json.loads(request.body)
        kind = _kind(sent["kind"])
        record, row = (UUID(sent[name]) if sent[name] else None for name in ("record", "row"))
        fields = unsaved.fields_of(
            (str(name), list(values)) for name, values in sent["fields"].items()
        )
        user = str(sent["user"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return JsonResponse({}, status=400)
    if user != str(request.user.pk):
        return JsonResponse({"somebody_else": True}, status=409)
    if sent.get("isAsSaved"):
        unsaved.throw_away(user=request.user, key=key)
        return JsonResponse({"said": ""})
    kept = unsaved.keep(
        user=request.user,
        key=key,
        kind=kind._meta.label_lower,
        record=record,
        row=row,
        fields=fields,
    )
    return JsonResponse({"said": _("Kept at %s (Seoul), not saved yet.") % _clock(kept.typed_at)})


@require_POST
@admin.site.admin_view
def throw_away(request: HttpRequest, key: UUID) -> HttpResponse:
    """Forget text that was not saved, and lead back to where it was offered."""
    kept = get_object_or_404(Unsaved.objects.of(request.user), key=key)
    unsaved.throw_away(user=request.user, key=key)
    kind = _kind(kept.kind)
    name = f"admin:{kind._meta.app_label}_{kind._meta.model_name}_%s"
    opened = request.POST.get("opened", "")
    if opened.isascii() and opened.isdigit():
        return HttpResponseRedirect(reverse(name % "change", args=[opened]))
    return HttpResponseRedirect(reverse(name % "add"))


@require_POST
@for_scripts
def here(request: HttpRequest) -> HttpResponse:
    """Note that `record` of `kind` is open in a browser, or no longer (`leaving`); who else has it."""
    try:
        kind, uuid = _kind(request.POST.get("kind", "")), UUID(request.POST.get("record", ""))
    except ValueError:
        return JsonResponse({}, status=400)
    its = Q(uuid=uuid) | Q(replaces__uuid=uuid)
    if not kind.objects.editable_by(request.user).filter(its).exists():
        raise Http404
    if "leaving" in request.POST:
        presence.leave(user=request.user, record=uuid)
        return JsonResponse({})
    presence.tell(user=request.user, record=uuid)
    return JsonResponse(
        {"said": beside(request.user, uuid), "changed": _changed(request, kind, uuid)}
    )


def beside(user: Any, record: UUID) -> str:
    """A sentence on who else has a record open; "" if nobody has."""
    others = [
        _("%(name)s (since %(time)s, Seoul)")
        % {"name": name_of(one.user), "time": _clock(one.since)}
        for one in Presence.objects.beside(user, record)
    ]
    return _("Others have this open: %s.") % ", ".join(others) if others else ""


def _changed(request: HttpRequest, kind: type[Record], record: UUID) -> str:
    """Whether the row that is open has another version than the one that was opened."""
    row, version = request.POST.get("row", ""), request.POST.get("version", "")
    try:
        found = kind.objects.filter(uuid=UUID(row)).values_list("version", flat=True).first()
    except ValueError:
        return ""
    if found is None or str(found) != version:
        return _(
            "A colleague has saved this text since you opened it. You will see both when you save."
        )
    return ""


def browser_key(request: HttpRequest) -> str:
    """The key, in base64, under which a browser keeps what it cannot send: of this session alone.

    It is never stored, here or there. When the session has ended nobody can make it again.
    """
    secret = salted_hmac(
        "publishing.autosave", request.session.session_key or "", algorithm="sha256"
    )
    return base64.b64encode(secret.digest()).decode()


def typing(
    request: HttpRequest, kind: type[Record], record: Any, *, is_saved: bool
) -> dict[str, Any]:
    """What the scripts of a form need to know; `is_saved` if it shows the record as it is saved."""
    any_key = UUID(int=0)
    return {
        "user": str(request.user.pk),
        "kind": kind._meta.label_lower,
        "record": str(record.live.uuid) if record else None,
        "row": str(record.uuid) if record else None,
        "isSaved": is_saved,
        "key": browser_key(request),
        "keep": reverse("publishing:keep", args=[any_key]),
        "anyKey": str(any_key),
        "here": reverse("publishing:here"),
        "session": reverse("publishing:session"),
        "signIn": reverse("admin:login"),
        "labels": {
            "offline": _(
                "The desk cannot be reached. Your text is kept in this browser, and sent when it can be."
            ),
            "offlineNotHeld": _(
                "The desk cannot be reached. Keep this page open: your text is sent when it can be."
            ),
            "signedOut": _(
                "You are signed out. Your text is still here: sign in in a new tab, then go on in this one."
            ),
            "somebodyElse": _(
                "Somebody else has signed in in this browser. Your text is still here, "
                "and can be saved when you sign in again."
            ),
            "refused": _(
                "The desk does not take this text. It is still here: copy it before you leave the page."
            ),
            "signIn": _("Sign in, in a new tab"),
        },
    }


def _kind(label: str) -> type[Record]:
    """Raises ValueError where there is no such kind of record."""
    for kind in kinds():
        if kind._meta.label_lower == label:
            return kind
    raise ValueError(label)


def _clock(moment: Any) -> str:
    return time_format(localtime(moment), "TIME_FORMAT")
