"""For pages that show links: which of them are dead."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from .addresses import normal
from .models import Link


def since(urls: Iterable[str]) -> dict[str, datetime]:
    """Of these the dead ones, and since when they are known to be. One query."""
    kept = {normal(url): url for url in urls}
    dead = Link.objects.filter(url__in=kept, state=Link.State.DEAD)
    return {kept[url]: at for url, at in dead.values_list("url", "since")}
