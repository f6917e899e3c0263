"""Media coverage as readers see it: where an address is dead, the copy that a web archive keeps.

Which addresses are dead is found out by a slice above, which says so here (`register`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from advocacy.prepared import Prepared, Slot

from .models import Coverage

Since = Callable[[Iterable[str]], Mapping[str, datetime]]

_since: list[Since] = []
_of_article = Prepared(lambda: Coverage.objects.filter(article=Slot("article")))


def register(since: Since) -> None:
    """Add who knows which of some addresses are dead, and since when; for `AppConfig.ready()`."""
    if since not in _since:
        _since.append(since)


def of_article(article: int) -> list[Coverage]:
    """One query; another, where an archived copy may have to stand in."""
    reports = _of_article(article=article)
    kept = [report for report in reports if report.url and report.archived_url]
    for since in _since if kept else ():
        dead = since([report.url for report in kept])
        for report in kept:
            report.dead_since = report.dead_since or dead.get(report.url)
    return reports
