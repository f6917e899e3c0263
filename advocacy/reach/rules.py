"""What the numbers mean, in sentences that stand beside them wherever they go."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.hits.counter import DOUBLE_CLICK_MS

from .report import Report


def sentences(report: Report) -> list[str]:
    """How it was counted, then what is special about this month."""
    return [*counting(), *about(report)]


def counting() -> list[str]:
    return [
        _("Counted by the COUNTER Code of Practice, Release 5."),
        _(
            "A view is a page of a publication that was answered, also from the reader’s own cache "
            "(HTTP 200 and 304). A download is a document of which the first byte was sent."
        ),
        _(
            "Requests of one visitor for one item at most %(seconds)s seconds apart are one "
            "(a double click)."
        )
        % {"seconds": DOUBLE_CLICK_MS // 1000},
        _(
            "Robots are known by COUNTER’s list and stand in a column of their own; they are in no "
            "other number. Our own signed-in staff, pages that a browser fetched before anybody "
            "asked, and HEAD requests are not counted."
        ),
        _(
            "A visitor-day is one visitor of one item on one day. Who reads two publications, or one "
            "on two days, is two visitor-days."
        ),
        _(
            "A visitor is an address with a browser, known as a keyed hash that nobody can undo when "
            "its day is past. No address is stored. People behind one address with equal browsers "
            "count as one visitor."
        ),
        _("Days begin at midnight in Seoul."),
        _(
            "An article with several tags counts for each of them: the lines of the tags do not add "
            "up to the total."
        ),
    ]


def about(report: Report) -> list[str]:
    said = []
    if not report.is_complete:
        said.append(_("The month is not over: these numbers will grow."))
    if report.total.old_site:
        said.append(
            _(
                "Before this site, the pages listed had %(number)s hits on the old site, which "
                "counted by other rules. That number stands apart and is part of no other "
                "(source: %(origins)s)."
            )
            % {"number": f"{report.total.old_site:,}", "origins": "; ".join(report.origins)}
        )
    for row in report.trouble:
        said.append(
            ngettext(
                "In this month counting failed %(times)s time on the server %(server)s (%(what)s): "
                "hits may be missing.",
                "In this month counting failed %(times)s times on the server %(server)s (%(what)s): "
                "hits may be missing.",
                row.times,
            )
            % {"times": row.times, "server": row.machine, "what": row.get_what_display()}
        )
    return said
