"""The page on which a second person answers for a file that no machine can read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from advocacy.attachments.models import Attachment
from advocacy.publishing import log
from advocacy.publishing.models import LogEntry
from advocacy.publishing.people import PUBLISH

from . import register, unread
from .models import Override


class OverrideForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("why it can be shown"),
        max_length=1000,
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "What you have looked at, and why it names nobody. It is kept sealed."
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@never_cache
@admin.site.admin_view
def override(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """For whoever may publish, and has not uploaded it."""
    file = get_object_or_404(Attachment, uuid=uuid)
    if not register.is_readable() or not unread.is_held(file):
        raise Http404
    if not request.user.has_perm(PUBLISH):
        raise PermissionDenied
    is_own = file.uploaded_by_id == request.user.pk
    form = OverrideForm(request.POST or None)
    if request.method == "POST" and not is_own and form.is_valid():
        _answer_for(file, request, form.cleaned_data["reason"])
        messages.success(request, _("Noted. The file is not held any more."))
        return HttpResponseRedirect(reverse("admin:attachments_attachment_change", args=[file.pk]))
    context = {
        **admin.site.each_context(request),
        "title": _("Answer for a file"),
        "file": file,
        "said": unread.said(file),
        "is_own": is_own,
        "form": form,
    }
    return TemplateResponse(request, "admin/protection/held.html", context)


def _answer_for(file: Attachment, request: HttpRequest, reason: str) -> None:
    """The log first: it stands in the site's database, the answer in that of the register."""
    user: Any = request.user
    with transaction.atomic():
        log.item(LogEntry.Verb.OVERRIDE, file.uuid, by=user)
        Override.objects.get_or_create(
            file=file.uuid,
            sha256=file.sha256,
            defaults={"by": user.pk, "reason": reason},
        )
