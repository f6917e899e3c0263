from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from advocacy.backup import anchors, encryption
from advocacy.backup.archive import Archive
from advocacy.backup.refused import Refused
from advocacy.publishing import log


class Command(BaseCommand):
    help = "Finds the first row of the log that was altered, taken out or inserted, and then fails."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anchor",
            default="",
            metavar="HASH",
            help="a hash that this command once printed and that was kept elsewhere",
        )
        parser.add_argument("--identity", metavar="FILE", help=encryption.HELP)
        parser.add_argument(
            "--backup",
            default=[],
            action="append",
            metavar="FILE",
            help="a backup whose log this one must continue; can be given several times",
        )

    def handle(
        self, *, anchor: str, backup: list[str], identity: str | None, **options: Any
    ) -> None:
        verified = log.verify(anchor=anchor.strip().lower())
        if verified.problem:
            raise CommandError(verified.problem)
        for file in backup:
            try:
                with Archive(Path(file), encryption.identities(identity)) as archive:
                    problem = anchors.compare(archive)
            except Refused as refusal:
                raise CommandError(str(refusal)) from refusal
            if problem:
                raise CommandError(problem)
        number, last = verified.head
        self.stdout.write(f"The log is whole: {number} rows, the last with the hash {last}.")
