from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from advocacy.backup import encryption
from advocacy.backup.archive import Archive
from advocacy.backup.progress import Progress
from advocacy.backup.refused import Refused


class Command(BaseCommand):
    help = "Reads a backup whole and says whether it is what it was when it was made. Needs no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--identity", metavar="FILE", help=encryption.HELP)

    def handle(self, *, file: str, identity: str | None, **options: Any) -> None:
        tell = Progress(self.stdout)
        try:
            with Archive(Path(file), encryption.identities(identity)) as archive:
                size = archive.size
                found = archive.verify(
                    lambda done: tell(f"{done / 1e6:,.0f} of {size / 1e6:,.0f} MB.")
                )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        number, last = found.label.log
        self.stdout.write(
            f"{file} is whole. It was made on {found.label.made_at} of {found.label.site} and "
            f"holds {found.rows} rows of {found.tables} tables and {found.files} files. The log "
            f"ended with row {number}, whose hash is {last}."
        )
