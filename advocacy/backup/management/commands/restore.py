from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from advocacy.backup import encryption, restoring
from advocacy.backup.progress import Progress
from advocacy.backup.refused import Refused


class Command(BaseCommand):
    help = (
        "Puts the site back to what a backup holds, on either database. The backup is read whole "
        "before anything is touched; the site runs on meanwhile, and changes in one instant."
    )
    requires_system_checks: list[str] = []  # of a site that may not be there yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--identity", metavar="FILE", help=encryption.HELP)
        parser.add_argument("--yes", action="store_true", help="do not ask")
        parser.add_argument(
            "--shorter-ledger",
            default="",
            metavar="CASE_OFFICER",
            help=(
                "the user name of a case officer who has agreed that the ledger of what was taken out "
                "of the site is shorter than the backup's, or cannot be read with this key: names may "
                "come back. The log notes it."
            ),
        )

    def handle(
        self, *, file: str, yes: bool, identity: str | None, shorter_ledger: str, **options: Any
    ) -> None:
        if not yes and not self.is_meant(file):
            raise CommandError("Nothing was done.")
        try:
            restored = restoring.restore(
                Path(file),
                identities=encryption.identities(identity),
                tell=Progress(self.stdout),
                confirmed_by=shorter_ledger,
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"Restored {restored.what.rows} rows of {restored.what.tables} tables and "
            f"{restored.what.files} files, {restored.written} of which were written; "
            f"the site is as it was on {restored.what.label.made_at}. Everybody signs in again."
        )
        if restored.to_do:
            self.stdout.write(restored.to_do)

    def is_meant(self, file: str) -> bool:
        self.stdout.write(f"All that the site holds is replaced by what {file} holds.")
        return input("Type yes to go on: ").strip().lower() == "yes"
