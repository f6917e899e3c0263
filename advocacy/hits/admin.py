"""Reach in the admin of other slices: a column in their lists and a panel in their forms, both read-only."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import chart, counts
from .counter import Kind

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = object


class ReachMixin(Base):
    """Mix in before ModelAdmin; name `reach_views` in `list_display`, `reach` in `readonly_fields`.

    The column asks once for the whole page of the list. A model whose item is not its `uuid` overrides
    `reach_item`.
    """

    reach_kinds: tuple[Kind, ...] = (Kind.VIEW,)  # pages are viewed, documents are downloaded

    def reach_item(self, record: Any) -> UUID:
        return record.uuid

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        base = super().get_changelist(request, **kwargs)
        return type(
            "ReachChangeList",
            (ReachChangeList, base),
            {"reach_item": staticmethod(self.reach_item)},
        )

    @admin.display(description=gettext_lazy("Views"))
    def reach_views(self, record: Any) -> int:
        if hasattr(record, "reach_views_of_page"):
            return record.reach_views_of_page
        return counts.views(self.reach_item(record))

    @admin.display(description=gettext_lazy("Reach"))
    def reach(self, record: Any) -> str | SafeString:
        """Totals and the last 90 days; robots apart."""
        if record.pk is None:
            return _("Nobody can have read this yet.")
        item = self.reach_item(record)
        said = {
            Kind.VIEW: lambda: _("%(n)s views") % {"n": counts.views(item)},
            Kind.DOWNLOAD: lambda: _("%(n)s downloads") % {"n": counts.downloads(item)},
        }
        numbers = _("%(hits)s; robots, counted apart: %(robots)s.") % {
            "hits": ", ".join(said[kind]() for kind in self.reach_kinds),
            "robots": counts.robots(item),
        }
        charts = ((chart.bars(counts.by_day(item, kind), kind),) for kind in self.reach_kinds)
        return format_html(
            '<div class="reach"><p class="reach-numbers">{}</p>{}</div>',
            numbers,
            format_html_join("", "{}", charts),
        )


class ReachChangeList(ChangeList):
    reach_item: Any

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if "reach_views" not in self.list_display:
            return
        views = counts.views_of([self.reach_item(record) for record in self.result_list])
        for record in self.result_list:
            record.reach_views_of_page = views[self.reach_item(record)]
