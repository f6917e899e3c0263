"""Pages drawn from text that is not saved, for whoever typed it: drawn when that was asked for."""

from __future__ import annotations

from uuid import UUID

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from . import views
from .models import Unsaved
from .preview import phone


@require_safe
@admin.site.admin_view
def page(request: HttpRequest, key: UUID, language: str) -> HttpResponse:
    return views.preview(_page(request, key, language), language)


@require_safe
@admin.site.admin_view
def on_phone(request: HttpRequest, key: UUID, language: str) -> HttpResponse:
    _page(request, key, language)
    return phone(request, reverse("publishing:preview", args=[key, language]), language)


def _page(request: HttpRequest, key: UUID, language: str) -> str:
    kept = get_object_or_404(Unsaved.objects.of(request.user), key=key)
    if language not in kept.pages:
        raise Http404
    return kept.pages[language]
