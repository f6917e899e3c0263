from __future__ import annotations

from time import monotonic

from django.core.management.base import BaseCommand

from advocacy.progress import Bar
from advocacy.search import index
from advocacy.search.engines import engine

MEGABYTE = 1_000_000


class Command(BaseCommand):
    help = (
        "Write the index of the search anew, a little at a time. The site may run meanwhile: what is "
        "searched is found, and what is published goes into the index too."
    )

    def handle(self, *args, **options) -> None:
        started = monotonic()
        rows = index.reindex(Bar(self.stdout))
        seconds, size = monotonic() - started, engine().size() / MEGABYTE
        self.stdout.write(f"\n{rows:,} texts and pages in {seconds:.1f} s; {size:,.1f} MB.")
