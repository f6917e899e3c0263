"""The monthly report for staff: a page that prints, and the same as a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from advocacy.accounts.step_up import step_up

from . import report, rules, sheets
from .months import Month

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PERMISSION = "hits.view_dailycount"


def is_export(request: HttpRequest) -> bool:
    return "format" in request.GET


@require_safe
@admin.site.admin_view
@permission_required(PERMISSION, raise_exception=True)
@step_up(when=is_export)
def monthly(request: HttpRequest) -> HttpResponse:
    """`?month=2026-11`, the last whole month without; `?format=csv` or `xlsx` for a spreadsheet."""
    this = Month.of()
    try:
        month = Month.parse(request.GET["month"]) if request.GET.get("month") else this.before()
    except ValueError:
        raise Http404(_("There is no such month.")) from None
    if month > this:
        raise Http404(_("That month is yet to come."))
    made = report.build(month)
    match request.GET.get("format", ""):
        case "csv":
            return _file(sheets.as_csv(made), "text/csv; charset=utf-8", f"reach-{month}.csv")
        case "xlsx":
            return _file(sheets.as_xlsx(made), XLSX, f"reach-{month}.xlsx")
    context = {
        **admin.site.each_context(request),
        "title": sheets.heading(made),
        "report": made,
        "totals": [(name, getattr(made.total, key)) for key, name in report.numbers().items()],
        "tables": [Table(made, *which) for which in shown()],
        "rules": rules.counting(),
        "remarks": rules.about(made),
        "before": month.before(),
        "after": month.after() if month < this else None,
    }
    return TemplateResponse(request, "reach/monthly.html", context)


class Column(NamedTuple):
    name: str
    is_number: bool


class Table:
    """Lines with the numbers that say something in this table."""

    def __init__(
        self, made: report.Report, title: str, lines: str, numbers: Sequence[str], says_what: bool
    ) -> None:
        self.title, self.says_what = title, says_what
        said = [_("Name"), *([_("Kind"), _("Language")] if says_what else [])]
        self.columns = [Column(name, False) for name in said]
        self.columns += [Column(report.numbers()[key], True) for key in numbers]
        self.rows = [
            (line, [getattr(line, key) for key in numbers]) for line in getattr(made, lines)
        ]


def shown() -> list[tuple[str, str, list[str], bool]]:
    return [
        (_("By language"), "languages", [*report.numbers()][:5], False),
        (_("By tag"), "tags", ["views", "visitors", "robots"], False),
        (
            _("By publication"),
            "publications",
            ["views", "visitors", "robots", "old_site"],
            True,
        ),
        (_("By document"), "documents", ["downloads", "downloaders", "robots"], True),
    ]


def _file(content: str | bytes, media_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)
