"""Lists of the desk narrowed by the UN body in the column `body`."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from .bodies import CHOICES


class BodyFilter(admin.SimpleListFilter):
    """The bodies that something of the list is of, in the order of all."""

    title = _("UN body")
    parameter_name = "body"

    def lookups(self, request: Any, model_admin: Any) -> list[Any]:
        shown = model_admin.get_queryset(request).order_by().prefetch_related(None)
        named = set(shown.values_list("body", flat=True).distinct())
        return [(code, name) for code, name in CHOICES if code in named]

    def queryset(self, request: Any, queryset: Any) -> Any:
        return queryset.filter(body=self.value()) if self.value() else queryset
