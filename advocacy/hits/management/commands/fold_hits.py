"""manage.py fold_hits: add up what the journals of this machine hold, now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...fold import Folder, tick


class Command(BaseCommand):
    help = (
        "Adds the hits in this machine's journals to the counts, as the server does once a second."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        folded = tick(Folder(), housekeeping=True)
        if folded.busy:
            raise CommandError(
                "Another process is adding up hits, or the database is locked. Nothing is lost; try again."
            )
        self.stdout.write(
            f"{folded.records} records folded, {folded.removed_journals} journals removed."
        )
        if folded.skipped_bytes:
            self.stdout.write(
                f"{folded.skipped_bytes} bytes were no whole record and were left out."
            )
