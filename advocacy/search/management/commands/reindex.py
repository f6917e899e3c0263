from __future__ import annotations

from time import monotonic

from django.core.management.base import BaseCommand

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
        self.shown = -1
        rows = index.reindex(self.progress)
        seconds, size = monotonic() - started, engine().size() / MEGABYTE
        self.stdout.write(f"\n{rows:,} texts and pages in {seconds:.1f} s; {size:,.1f} MB.")

    def progress(self, done: int, total: int) -> None:
        """A bar where somebody looks, a line for every tenth part where it is kept."""
        tenths = 30 if self.stdout.isatty() else 10
        share = tenths * done // max(1, total)
        if share == self.shown:
            return
        self.shown = share
        if self.stdout.isatty():
            self.stdout.write(f"\r{'█' * share:<30} {done:,}/{total:,}", ending="")
        else:
            self.stdout.write(f"{done:,} of {total:,}")
        self.stdout.flush()
