"""What a record is made of, in its form: whoever may change the record may change its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext

if TYPE_CHECKING:
    Base = admin.options.InlineModelAdmin[Any, models.Model]
else:
    Base = object


class PartInline(Base):
    """Mix in before an inline: it has no permissions of its own."""

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """A row of a table is deleted by a box that says so itself: its heading is far away."""
        formset: Any = super().get_formset(request, obj, **kwargs)
        said = {"aria-label": gettext("Delete this row")}
        formset.deletion_widget = forms.CheckboxInput(attrs=said)
        return formset

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "view") or self._may(request, "change")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "change" if obj else "add")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request, obj)

    def _may(self, request: HttpRequest, action: str) -> bool:
        opts = self.parent_model._meta
        return request.user.has_perm(f"{opts.app_label}.{get_permission_codename(action, opts)}")


class CorrectionInline(PartInline, admin.TabularInline):
    extra = 0
