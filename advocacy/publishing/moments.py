"""A moment typed as a date, a time and the city on whose clock it is meant."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.admin.widgets import BaseAdminDateWidget
from django.db import models
from django.forms.renderers import get_default_renderer
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .clocks import CITIES, clocks

#: Where moments are shown again once they are saved; its clocks are never put forward or back.
HOME = CITIES[0][1]
_CITY = {str(zone): city for city, zone in CITIES}


class NotOneMoment(Exception):
    """The clocks there never showed that time, or showed it twice; `str()` is a sentence."""


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """When the clocks in `zone` show that time, in UTC. Raises NotOneMoment."""
    shown = datetime.combine(day, at)
    first, second = (shown.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first
    said = {"time": f"{at:%H:%M}", "day": date_format(day), "city": _CITY.get(str(zone), str(zone))}
    if first.astimezone(zone).replace(tzinfo=None) != shown:
        # Before a gap `fold=0` counts on from the clock of the winter, and so lies after it.
        said["later"] = f"{first.astimezone(zone):%H:%M}"
        sentence = _(
            "On %(day)s the clocks in %(city)s are put forward and never show %(time)s. The moment "
            "you mean is perhaps %(later)s."
        )
        raise NotOneMoment(sentence % said)
    said |= {
        name: f"{one.astimezone(HOME):%H:%M}" for name, one in (("one", first), ("two", second))
    }
    said["home_day"] = date_format(first.astimezone(HOME).date())
    sentence = _(
        "On %(day)s the clocks in %(city)s are put back and show %(time)s twice. Give the time in "
        "Seoul instead: on %(home_day)s %(one)s for the first, %(two)s for the second."
    )
    raise NotOneMoment(sentence % said)


class MomentWidget(forms.MultiWidget):
    supports_microseconds = False
    template_name = "admin/publishing/_moment.html"

    def _render(self, template_name: str, context: Any, renderer: Any = None) -> Any:
        """Its template is the site's; those of its parts are of Django's forms, found elsewhere."""
        parts = context["widget"]["subwidgets"]
        own = renderer or get_default_renderer()
        said = [mark_safe(own.render(one["template_name"], {"widget": one})) for one in parts]  # noqa: S308
        return render_to_string(template_name, {**context, "parts": said})

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        cities = [(str(zone), city) for city, zone in CITIES]
        parts = (
            BaseAdminDateWidget(),
            # Without the shortcuts of the admin: "now" would be the time in Seoul, whatever the city.
            forms.TimeInput(attrs={"class": "moment-time", "size": "8"}),
            forms.Select(choices=cities, attrs={"aria-label": gettext_lazy("On the clocks in")}),
        )
        super().__init__(parts, attrs)

    def decompress(self, value: datetime | None) -> list[Any]:
        if value is None:
            return [None, None, str(HOME)]
        at_home = value.astimezone(HOME)
        return [at_home.date(), at_home.time(), str(HOME)]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        day, at, zone = super().value_from_datadict(data, files, name)
        return [day, at, zone or str(HOME)]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["clocks"] = clocks(value) if isinstance(value, datetime) else []
        context["widget"]["of_date"], context["widget"]["of_time"] = _("Date:"), _("Time:")
        return context


class MomentField(forms.MultiValueField):
    widget = MomentWidget
    default_error_messages = {
        "invalid_date": gettext_lazy("Enter a valid date."),
        "invalid_time": gettext_lazy("Enter a valid time."),
    }

    def __init__(self, **kwargs: Any) -> None:
        cities = [(str(zone), city) for city, zone in CITIES]
        parts = (
            forms.DateField(required=False),
            forms.TimeField(required=False),
            forms.ChoiceField(choices=cities, required=False),
        )
        super().__init__(fields=parts, require_all_fields=False, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """A city alone says nothing."""
        if not isinstance(initial, list):
            initial = MomentWidget().decompress(initial)
        return super().has_changed(initial, data)

    def compress(self, data_list: list[Any]) -> datetime | None:
        day, at, zone = data_list or (None, None, "")
        if day is None and at is None:
            return None
        if day is None or at is None:
            missing = "invalid_date" if day is None else "invalid_time"
            raise forms.ValidationError(self.error_messages[missing], code=missing)
        try:
            return moment(day, at, ZoneInfo(zone or str(HOME)))
        except NotOneMoment as error:
            raise forms.ValidationError(str(error), code="not_one_moment") from error


MOMENTS: dict[type[models.Field[Any, Any]], dict[str, Any]] = {
    models.DateTimeField: {"form_class": MomentField, "widget": MomentWidget}
}
