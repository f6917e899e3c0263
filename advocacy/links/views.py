"""The page of the desk with the links that need a hand."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from . import needs
from .models import Link

PER_PAGE = 50


@require_safe
@admin.site.admin_view
def index(request: HttpRequest) -> HttpResponse:
    """For everybody at the desk: it names public texts alone."""
    page = Paginator(needs.links(), PER_PAGE).get_page(request.GET.get("page"))
    standing = Link.objects.standing()
    context = {
        **admin.site.each_context(request),
        "title": _("Links that need a hand"),
        "page": page,
        "needs": needs.needs(page.object_list),
        "last": standing.aggregate(last=Max("checked_at"))["last"],
        "failing": standing.filter(state=Link.State.FAILING).count(),
        "unclear": standing.filter(state=Link.State.UNCLEAR).count(),
        "is_own_alone": not settings.CHECK_LINKS,
    }
    return TemplateResponse(request, "links/index.html", context)
