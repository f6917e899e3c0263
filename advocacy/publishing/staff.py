"""Pages of the desk that belong to no single kind of record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .access import may_take_away
from .models import Publication, Record
from .records import kinds

PER_PAGE = 50


class Row(NamedTuple):
    """A record in the trash; without `restore`, it is not this person's to bring back."""

    record: Record
    kind: str
    change: str
    restore: str


@require_safe
@admin.site.admin_view
def trash(request: HttpRequest) -> HttpResponse:
    """What is in the trash, of what is this person's to work on; what goes first stands first."""
    page = Paginator(_thrown(request), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **admin.site.each_context(request),
        "title": _("Trash"),
        "days": Record.KEPT_IN_TRASH.days,
        "page": page,
        "rows": list(_rows(request, list(page))),
    }
    return TemplateResponse(request, "admin/publishing/trash.html", context)


def _thrown(request: HttpRequest) -> list[tuple[type[Record], int]]:
    found: list[tuple[datetime, type[Record], int]] = []
    for kind in kinds():
        if not admin.site.get_model_admin(kind).has_view_permission(request):
            continue
        rows = kind.objects.editable_by(request.user).live().in_trash()
        found += [(at, kind, pk) for at, pk in rows.values_list("trashed_at", "pk")]
    return [(kind, pk) for _at, kind, pk in sorted(found, key=lambda row: row[0])]


def _rows(request: HttpRequest, wanted: list[tuple[type[Record], int]]) -> Iterator[Row]:
    """Two queries for each kind at most, however many there are."""
    pks: dict[type[Record], list[int]] = defaultdict(list)
    for kind, pk in wanted:
        pks[kind].append(pk)
    records = {
        (kind, record.pk): record
        for kind, some in pks.items()
        for record in kind.objects.open_to(request.user).filter(pk__in=some)
    }
    for record in filter(None, map(records.get, wanted)):
        opts = record._meta
        name = f"admin:{opts.app_label}_{opts.model_name}_%s"
        may = admin.site.get_model_admin(type(record)).has_change_permission(request)
        may = may and may_take_away(request.user, record)
        yield Row(
            record,
            str(opts.verbose_name),
            reverse(name % "change", args=[record.pk]),
            reverse(name % "restore", args=[record.pk]) if may else "",
        )


@require_safe
@admin.site.admin_view
def roles(request: HttpRequest) -> HttpResponse:
    """Who may do what, for people: as access.py says it."""
    context = {**admin.site.each_context(request), "title": _("Who may do what")}
    return TemplateResponse(request, "admin/publishing/roles.html", context)


@require_safe
@admin.site.admin_view
def on_site(request: HttpRequest, content_type_id: int, object_id: str) -> HttpResponse:
    """Lead from a row to its page, in place of Django's view, which tells the address of any draft."""
    kind: Any = ContentType.objects.filter(pk=content_type_id).first()
    model = kind and kind.model_class()
    if model and issubclass(model, Publication):
        text = model.objects.published().filter(pk=_number(object_id)).first()
        if text is None:
            raise Http404
        return HttpResponseRedirect(text.get_absolute_url())
    return shortcut(request, content_type_id, object_id)


def _number(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 19:
        return int(text)
    raise Http404
