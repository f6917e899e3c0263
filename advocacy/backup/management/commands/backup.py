from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from advocacy.backup import encryption, making
from advocacy.backup import scheduled as of_the_site
from advocacy.backup.progress import Progress
from advocacy.backup.refused import Refused


class Command(BaseCommand):
    help = (
        "Makes one archive of everything the site holds, while it runs: tables, files, and hashes of "
        "all of them. Under its name stands a whole archive, or nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("file", nargs="?", metavar="FILE", help="such as site.tar.gz")
        where.add_argument(
            "--scheduled",
            action="store_true",
            help="into BACKUP_DIR, unless it holds one of today; old ones go, as docs/backups.md says",
        )

        parser.add_argument(
            "--encrypt-to",
            action="append",
            default=[],
            metavar="KEY",
            help="a public key of age, age1…, whose holder alone can read it; can be given several "
            "times; of scheduled ones BACKUP_RECIPIENTS says it",
        )

    def handle(
        self, *, file: str | None, scheduled: bool, encrypt_to: list[str], **options: Any
    ) -> None:
        tell = Progress(self.stdout)
        try:
            if scheduled:
                of_the_site.give_way()
                self.stdout.write(_scheduled(tell))
                return
            to = encryption.recipients(encrypt_to)
            made = making.back_up(Path(file or ""), recipients=to, tell=tell)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{file} holds {made.rows} rows of {made.tables} tables and {made.files} files, "
            f"in {made.size / 1e6:,.1f} MB. Who wanted to write waited {made.writers_waited:.2f} s at most."
        )
        if made.missing:
            self.stderr.write(
                f"{len(made.missing)} files that the database names are missing, "
                f"the first is {made.missing[0]}."
            )


def _scheduled(tell: Progress) -> str:
    made = of_the_site.back_up(tell=tell)
    return f"{made} is there." if made else "There is a backup of today already."
