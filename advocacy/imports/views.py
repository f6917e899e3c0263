"""Imports at the desk: for administrators; and the files that wait to be made PDFs, for editors."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from advocacy.publishing.records import kinds
from advocacy.publishing.views import in_confidence

from . import places, running, systems
from .forms import RunForm
from .models import Held, Run

SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
@admin.site.admin_view
@permission_required("imports.add_run", raise_exception=True)
def index(request: HttpRequest) -> HttpResponse:
    form = RunForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            run = form.run(request.user)
        except OSError:
            form.add_error("upload", _("The server has no room for it. The webmaster can help."))
        else:
            running.start(run)
            return HttpResponseRedirect(reverse("imports:run", args=[run.uuid]))
    context = {
        "form": form,
        "runs": Run.objects.all()[:SHOWN],
        "folder": places.folder(),
        "waiting": Held.objects.filter(done_at__isnull=True).count(),
    }
    return _page(request, "index", _("Bring the old site across"), context)


@require_safe
@admin.site.admin_view
@permission_required("imports.view_run", raise_exception=True)
def run(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(Run, uuid=uuid)
    return _page(
        request, "run", str(found), {"run": found, "system": dict(systems.CHOICES)[found.system]}
    )


@require_safe
@admin.site.admin_view
@permission_required("imports.view_run", raise_exception=True)
def report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(Run, uuid=uuid)
    name = f"import-{timezone.localdate(found.started_at)}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return in_confidence(
        HttpResponse(found.report, content_type="text/csv; charset=utf-8", headers=headers)
    )


@require_safe
@admin.site.admin_view
@permission_required("imports.view_held", raise_exception=True)
def held(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The file as it came; never shown by a browser, whatever it is."""
    found = get_object_or_404(Held, uuid=uuid)
    try:
        file = default_storage.open(found.key)
    except FileNotFoundError:
        raise Http404 from None
    return in_confidence(
        FileResponse(
            file,
            as_attachment=True,
            filename=found.shown,
            content_type="application/octet-stream",
        )
    )


@require_safe
@admin.site.admin_view
def text(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """To the form of the record of that name, of whatever kind, where it is open to who asks."""
    for kind in kinds():
        if record := kind.objects.open_to(request.user).filter(uuid=uuid).first():
            opts = record._meta
            name = f"admin:{opts.app_label}_{opts.model_name}_change"
            return HttpResponseRedirect(reverse(name, args=[record.pk]))
    raise Http404


def _page(request: HttpRequest, name: str, title: str, context: dict[str, Any]) -> HttpResponse:
    known = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, f"admin/imports/{name}.html", known)
