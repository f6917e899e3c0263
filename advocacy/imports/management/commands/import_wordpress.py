from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import CommandError

from advocacy.imports import wordpress
from advocacy.imports.commands import Bar, ImportCommand
from advocacy.imports.records import Read
from advocacy.imports.watched import of_wordpress


class Command(ImportCommand):
    help = (
        "Takes over the posts and pages of a WordPress from its own export (WXR) and the folder of its "
        "uploads; nothing is fetched. Done again, it brings what is new or has changed there, and "
        "nothing twice."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("export", type=Path, metavar="FILE", help="an export of WordPress, XML")
        super().add_arguments(parser)
        parser.add_argument(
            "--uploads",
            dest="files",
            type=Path,
            action="append",
            metavar="DIR",
            help="a copy of wp-content/uploads",
        )
        parser.add_argument(
            "--type",
            dest="types",
            action="append",
            default=[],
            metavar="NAME",
            help="a type of posts that a plugin has added, to be taken over as articles",
        )

    def handle(self, **options: Any) -> None:
        """Links to the site itself are known without being asked for."""
        if not options["export"].is_file():
            raise CommandError(f"There is no file {options['export']}.")
        with options["export"].open("rb") as file:
            own = wordpress.host(file)
        super().handle(**{**options, "host": [*options["host"], *filter(None, [own])]})

    def read(self, tell: Bar, **options: Any) -> Read:
        return of_wordpress(options["export"], options["types"], tell)
