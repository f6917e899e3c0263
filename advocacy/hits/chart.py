"""A bar chart of days as inline SVG: no script, no inline style, so it passes a strict CSP."""

from collections.abc import Sequence

from django.template.defaultfilters import date as format_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .counter import Kind
from .counts import Day

BAR = 4
HEIGHT = 48


def bars(series: Sequence[Day], kind: Kind) -> SafeString:
    """One bar a day of readers' hits, scaled to the best day. All its numbers that matter are in its label.

    The colour is that of the text around it; classes for more: `reach-chart`, `reach-bar`, `reach-empty`.
    """
    most = max(series, key=lambda day: day.human, default=None)
    if most is None or not most.human:
        return format_html('<p class="reach-empty">{}</p>', _nothing(kind, len(series)))
    rows = (
        (number * BAR, HEIGHT - height, BAR - 1, height)
        for number, day in enumerate(series)
        if (height := _height(day.human, most.human))
    )
    return format_html(
        '<svg class="reach-chart" role="img" aria-label="{}" xmlns="http://www.w3.org/2000/svg" '
        'viewBox="0 0 {} {}" width="{}" height="{}" fill="currentColor">{}</svg>',
        label(series, most, kind),
        len(series) * BAR,
        HEIGHT,
        len(series) * BAR,
        HEIGHT,
        format_html_join(
            "", '<rect class="reach-bar" x="{}" y="{}" width="{}" height="{}"></rect>', rows
        ),
    )


def label(series: Sequence[Day], most: Day, kind: Kind) -> str:
    """The chart in a sentence, for those who do not see it."""
    return _(
        "%(kind)s a day from %(first)s to %(last)s: %(sum)s in all, most on %(day)s: %(most)s."
    ) % {
        "kind": _("Downloads") if kind == Kind.DOWNLOAD else _("Views"),
        "first": format_date(series[0].day, "DATE_FORMAT"),
        "last": format_date(series[-1].day, "DATE_FORMAT"),
        "sum": sum(day.human for day in series),
        "day": format_date(most.day, "DATE_FORMAT"),
        "most": most.human,
    }


def _height(number: int, most: int) -> int:
    """At least one pixel for a day that somebody came."""
    return max(1, round(number * HEIGHT / most)) if number else 0


def _nothing(kind: Kind, number: int) -> str:
    if kind == Kind.DOWNLOAD:
        text = ngettext(
            "No downloads in the last day.", "No downloads in the last %(days)s days.", number
        )
    else:
        text = ngettext("No views in the last day.", "No views in the last %(days)s days.", number)
    return text % {"days": number}
