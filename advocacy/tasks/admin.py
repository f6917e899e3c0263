"""What the worker has done, is doing and could not do; staff can have it tried again."""

from __future__ import annotations

from datetime import datetime

import django_tasks_db.admin  # noqa: F401  registers its rows, which the next lines take back
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .models import Task

admin.site.unregister(DBTaskResult)

STATES = {
    TaskResultStatus.READY: pgettext_lazy("of a task", "waiting"),
    TaskResultStatus.RUNNING: pgettext_lazy("of a task", "being done"),
    TaskResultStatus.SUCCESSFUL: pgettext_lazy("of a task", "done"),
    TaskResultStatus.FAILED: pgettext_lazy("of a task", "given up"),
}


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("stuck", _("stuck")), *STATES.items()]

    def queryset(self, request, queryset):
        if self.value() == "stuck":
            return queryset.stuck()
        return queryset.filter(status=self.value()) if self.value() in STATES else queryset


@admin.register(Task)
class TaskAdmin(admin.ModelAdmin):
    list_display = ("what", "state", "since", "tried", "error")
    list_display_links = None
    list_filter = (StateFilter,)
    ordering = ("-enqueued_at",)
    actions = ("try_again",)
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Task | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Task | None = None) -> bool:
        return obj is None and super().has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Task | None = None) -> bool:
        return obj is None and super().has_change_permission(request)

    @admin.display(description=_("task"))
    def what(self, task: Task) -> str:
        return str(task)

    @admin.display(description=_("state"), ordering="status")
    def state(self, task: Task) -> str:
        return str(STATES[TaskResultStatus(task.status)])

    @admin.display(description=pgettext_lazy("of a task", "since"), ordering="enqueued_at")
    def since(self, task: Task) -> datetime:
        return task.enqueued_at

    @admin.display(description=_("attempts"))
    def tried(self, task: Task) -> int:
        return task.attempts

    @admin.display(description=_("last error"))
    def error(self, task: Task) -> str:
        return task.traceback.strip().rpartition("\n")[2]

    @admin.action(description=_("Try again"), permissions=["change"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Task]) -> None:
        number = sum(task.try_again() for task in queryset)
        sentence = ngettext(
            "%(n)d task will be tried again at once.",
            "%(n)d tasks will be tried again at once.",
            number,
        )
        level = messages.SUCCESS if number else messages.WARNING
        self.message_user(request, sentence % {"n": number}, level)
