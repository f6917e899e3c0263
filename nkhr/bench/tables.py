"""What was measured, in tables of Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from . import measure, served, withdrawing
from .archive import SMALL

CONTENDERS = {
    "site": "the site",
    "nginx": "nginx, the same bytes",
    "hello": "granian, as many bytes",
    "small": f"the site, {SMALL} articles",
}


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """In Markdown, and legible as it is."""
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    written = [
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([written[0], rule, *written[1:]])


def time_of(spent: withdrawing.Spent) -> str:
    return f"{spent.wall:.0f} s ({spent.cpu:.0f} s CPU)"


def cost_of(cost: measure.Cost) -> str:
    return f"{cost.cpu_ms:.2f} ms CPU, {cost.queries} queries"


def loads(found: served.Measured) -> str:
    rows = []
    for (question, contender), one in found.loads.items():
        ratio = found.ratio(question, contender) if contender != "site" else None
        rows.append(
            (
                question,
                CONTENDERS[contender],
                f"{one.per_s:,.0f}",
                f"{one.p50_ms:.2f}",
                f"{one.p99_ms:.2f}",
                f"{one.cpu_us:.0f}",
                f"{ratio:.2f}" if ratio else "",
            )
        )
    head = ("asked for", "of", "a second", "p50 ms", "p99 ms", "CPU µs", "site ÷ this")
    return table(head, rows)


def targets(found: served.Measured) -> str:
    rows = []
    for question in ("article", "article, gzip"):
        site = found.loads[question, "site"]
        for contender, target in (("nginx", 0.5), ("hello", 0.9)):
            if ratio := found.ratio(question, contender):
                name = f"{question}: answers a second ÷ those of {CONTENDERS[contender]}"
                rows.append((name, f"{ratio:.2f}", f"≥ {target}"))
        rows.append((f"{question}: CPU of the server", f"{site.cpu_us:.0f} µs", "≤ 30 µs"))
        rows.append((f"{question}: p99", f"{site.p99_ms:.2f} ms", "≤ 5 ms"))
    counted = found.loads["article, gzip", "site"].per_s
    uncounted = found.loads["article, gzip, not counted", "site"].per_s
    rows.append(("counting costs", f"{100 * (1 - counted / uncounted):.1f} %", "≤ 10 %"))
    for question in ("article, gzip", "news list, gzip"):
        ratio = found.loads[question, "small"].per_s / found.loads[question, "site"].per_s
        rows.append((f"{question}: few articles ÷ many", f"{ratio:.2f}", "≤ 1.1"))
    return table(("Under load", "", "target"), rows)
