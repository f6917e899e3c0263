from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

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

    def handle(self, *, anchor: str, **options: Any) -> None:
        verified = log.verify(anchor=anchor.strip().lower())
        if verified.problem:
            raise CommandError(verified.problem)
        number, last = verified.head
        self.stdout.write(f"The log is whole: {number} rows, the last with the hash {last}.")
