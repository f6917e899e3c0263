"""The state of a text, in words for the desk, and lists of records by it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .clocks import clocks
from .models import Language, Publication
from .richtext import rich_texts

Status = Publication.Status


def state(text: Publication) -> str:
    """What readers see of a text, in words."""
    now = timezone.now()
    if text.status != Status.PUBLISHED:
        return text.get_status_display()
    if text.published_at and text.published_at > now:
        return gettext("Public from %s, Seoul") % in_seoul(text.published_at)
    if text.unpublish_at and text.unpublish_at <= now:
        return gettext("Ended on %s, Seoul") % in_seoul(text.unpublish_at)
    if text.unpublish_at:
        return gettext("Public until %s, Seoul") % in_seoul(text.unpublish_at)
    return gettext("Public")


def badge(text: Publication) -> str:
    return format_html('<span class="state {}">{}</span>', text.status, state(text))


def badge_by_language(text: Publication) -> str:
    """Of one of the texts of a fact."""
    said = f"{text.get_language_display()}: {state(text)}"
    return format_html('<span class="state {}">{}</span>', text.status, said)


def in_seoul(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def on_clocks(moment: datetime | None) -> str:
    """In Seoul; what is still to come also where its readers and its writers may be."""
    if moment is None:
        return ""
    if moment <= timezone.now():
        return in_seoul(moment)
    _seoul, *elsewhere = clocks(moment)
    return format_html(
        '{}<br><span class="clocks">{}</span>',
        in_seoul(moment),
        format_html_join(" · ", "{}", ((clock,) for clock in elsewhere)),
    )


class CheckedChangeList(ChangeList):
    """Takes a NUL, which PostgreSQL stores nowhere, for the nonsense it is."""

    def get_filters_params(self, params=None) -> dict:
        found = super().get_filters_params(params)
        if any("\x00" in value for values in found.values() for value in values):
            raise IncorrectLookupParameters
        return found


class LatePaginator(Paginator):
    """Reads whole rows for one page, when it knows which: sorting carries their keys alone.

    It counts no further than somebody turns pages, for a count reads every row there is.
    """

    COUNTED = 1000
    #: The page that is asked for.
    asked = 1

    @cached_property
    def count(self) -> int:
        every: Any = self.object_list
        ahead = self.asked * self.per_page + self.COUNTED
        return every.order_by().values("pk")[:ahead].count()

    @property
    def is_more(self) -> bool:
        """Whether there may be more than it has counted."""
        return self.count >= self.asked * self.per_page + self.COUNTED

    def page(self, number: int | str) -> Page:
        rows: Any = super().page(number)
        keys = list(rows.object_list.values_list("pk", flat=True))
        every: Any = self.object_list
        found = {row.pk: row for row in every.order_by().filter(pk__in=keys)}
        rows.object_list = [found[key] for key in keys if key in found]
        return rows


class LiveChangeList(CheckedChangeList):
    """Working copies are reached through the record they replace."""

    def get_queryset(self, request, exclude_parameters=None) -> Any:
        found: Any = super().get_queryset(request, exclude_parameters)
        return found.live().defer(*rich_texts(found.model))

    def get_results(self, request) -> None:
        super().get_results(request)
        desk: Any = self.model_admin
        desk.fill(request, self.result_list)


class StateFilter(admin.SimpleListFilter):
    """By status of the text, or of any text of a fact. The trash has a page of its own."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [choice for choice in Status.choices if choice[0] != Status.TRASHED]

    def queryset(self, request, queryset):
        field = "status" if issubclass(queryset.model, Publication) else "texts__status"
        kept = queryset.filter(trashed_at__isnull=True)
        if self.value():
            found = kept.filter(**{field: self.value()})
            return found if field == "status" else found.distinct()
        return kept


class LanguageFilter(admin.SimpleListFilter):
    """By language, as not being in another: by equality a database would look up half of all there is
    and sort it, where it can go along the order of the list.
    """

    title = _("language")
    parameter_name = "language"

    def lookups(self, request, model_admin):
        return Language.choices

    def queryset(self, request, queryset):
        if self.value() not in Language.values:
            return queryset
        others = [code for code in Language.values if code != self.value()]
        return queryset.exclude(language__in=others)
