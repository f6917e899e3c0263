"""The history of a record at the desk: what was kept, any two side by side, and the way back to one.

In place of the admin's own history, which knows the rows of records and not what they said.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from .access import Deed
from .models import HistoryEntry, Record
from .revisions import keeping, lines, returning, snapshots, telling
from .states import in_seoul
from .verbs import VerbsMixin

LINES = 50


class HistoryMixin(VerbsMixin):
    pressed = (*VerbsMixin.pressed, Deed.RETURN)

    def get_urls(self) -> list:
        name = f"{self.opts.app_label}_{self.opts.model_name}_compare"
        compare = self.admin_site.admin_view(require_safe(self.compare_view))
        return [path("<path:object_id>/history/compare/", compare, name=name), *super().get_urls()]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The last step of saving: now the record is stored with all its parts."""
        super().save_related(request, form, formsets, change)
        changed = self.construct_change_message(request, form, formsets, not change)
        if changed:
            keeping.keep(form.instance, by=request.user, changed=changed)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        record = self._read(request, object_id)
        stubs = lines.stubs(record.live)
        page = Paginator(stubs, LINES).get_page(request.GET.get("page"))
        shown = lines.load(list(page))
        kept = [stub.entry for stub in stubs if stub.entry]
        on_page = {line.entry.pk for line in shown if line.entry}
        chosen = {
            name: self._chosen(request, name, kept, standard)
            for name, standard in (("before", kept[1:2]), ("after", kept[:1]))
        }
        context = self._page_of(record) | {
            **self.admin_site.each_context(request),
            "title": gettext("History"),
            "page": page,
            "lines": shown,
            "is_comparable": len(kept) > 1,
            "chosen": chosen,
            "elsewhere": {name: pk for name, pk in chosen.items() if pk and pk not in on_page},
            "compare": self.url("compare", record),
        }
        return TemplateResponse(request, "admin/publishing/history.html", context)

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        record = self._read(request, object_id)
        wanted = [request.GET.get(name, "") for name in ("before", "after")]
        if not all(one.isdecimal() for one in wanted) or wanted[0] == wanted[1]:
            messages.warning(request, gettext("Choose two different versions to compare."))
            return self.to(record, "history")
        kept = keeping.kept_of(record.live).select_related("revision__user")
        before, after = (get_object_or_404(kept, pk=pk) for pk in sorted(map(int, wanted)))
        try:
            both = snapshots.read(before), snapshots.read(after)
        except snapshots.Unreadable as error:
            messages.error(request, str(error))
            return self.to(record, "history")
        names = telling.Names(request.user, *both)
        compared, same = telling.compare(*both, names)
        heads = [in_seoul(entry.revision.date_created) for entry in (before, after)]
        tables = [
            (
                one,
                one.difference.table(
                    left=heads[0], right=heads[1], caption=one.label, pictures=names.pictures
                ),
            )
            for one in compared
        ]
        context = self._page_of(record) | {
            **self.admin_site.each_context(request),
            "title": gettext("Two versions compared"),
            "sides": (before, after),
            "tables": tables,
            "same": same,
            "may_return": self._may_return(request, record),
        }
        return TemplateResponse(request, "admin/publishing/compare.html", context)

    def do_return_to(self, request: HttpRequest, record: Record) -> HttpResponse:
        wanted = request.POST.get("entry", "")
        if not wanted.isdecimal():
            raise Http404
        kept = keeping.kept_of(record.live).select_related("revision")
        entry = get_object_or_404(kept, pk=int(wanted))
        if not self._may_return(request, record):
            said = gettext("The changes that wait are in review. First take them back.")
            messages.warning(request, said)
            return self.to(record, "history")
        without = bool(request.POST.get("without_missing"))
        try:
            target = returning.return_to(
                record=record, entry=entry, by=request.user, without_missing=without
            )
        except returning.NoLongerFits as refused:
            return self._refused(request, record, entry, refused)
        said = gettext("It says again what it said on %s. Readers see it once it is published.")
        messages.success(request, said % in_seoul(entry.revision.date_created))
        return self.to(target)

    def _refused(
        self, request: HttpRequest, record: Record, entry: HistoryEntry, refused: Any
    ) -> HttpResponse:
        if not refused.missing:
            for problem in refused.problems:
                messages.error(request, problem)
            return self.to(record, "history")
        context = self._page_of(record) | {
            **self.admin_site.each_context(request),
            "title": gettext("Something it names is gone"),
            "entry": entry,
            "missing": refused.missing,
        }
        return TemplateResponse(request, "admin/publishing/return_without.html", context)

    def _read(self, request: HttpRequest, object_id: str) -> Any:
        """A record whose history is this user's to read: it names texts as they once were."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.may(request, record, Deed.HISTORY):
            raise PermissionDenied
        return record

    def _may_return(self, request: HttpRequest, record: Record) -> bool:
        """Whether the row it would be written into is this user's to write in now."""
        target = record.live.changes() or record.live
        deed = Deed.OPEN if Deed.OPEN in self.access(request, target).possible else Deed.SAVE
        return deed in self.access(request, target) and self.may(request, target, deed)

    def _page_of(self, record: Record) -> dict[str, Any]:
        return {
            "record": record,
            "opts": self.opts,
            "list_url": reverse(self.url_name("changelist")),
            "back": self.url("change", record),
            "history_url": self.url("history", record),
            "return_url": self.url(Deed.RETURN, record),
        }

    def _chosen(
        self, request: HttpRequest, name: str, kept: list[int], standard: list[int]
    ) -> int | None:
        wanted = request.GET.get(name, "")
        if wanted.isdecimal() and int(wanted) in kept:
            return int(wanted)
        return standard[0] if standard else None
