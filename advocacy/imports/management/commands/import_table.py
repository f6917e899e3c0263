from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import CommandError

from advocacy.imports.commands import Bar, ImportCommand
from advocacy.imports.records import Kind, Read
from advocacy.imports.tables.columns import COLUMNS
from advocacy.imports.watched import of_table


class Command(ImportCommand):
    help = (
        "Takes over articles, milestones or meetings from a table, CSV or XLSX, whose row of heads is "
        "described in docs/moving.md. Done again, it brings what is new or has changed, and nothing twice."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=[kind.value for kind in COLUMNS], metavar="KIND")
        parser.add_argument("table", type=Path, metavar="FILE", help="CSV or XLSX")
        super().add_arguments(parser)
        parser.add_argument(
            "--published",
            action="store_true",
            help="rows without a state are published, as those of this site's own tables",
        )

    def read(self, tell: Bar, **options: Any) -> Read:
        if not options["table"].is_file():
            raise CommandError(f"There is no file {options['table']}.")
        state = "published" if options["published"] else ""
        return of_table(options["table"], Kind(options["kind"]), tell, state=state)
