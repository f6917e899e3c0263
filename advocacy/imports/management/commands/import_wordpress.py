from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management import CommandError

from advocacy.imports import wordpress
from advocacy.imports.commands import Bar, ImportCommand
from advocacy.imports.records import Kind, Read

READINGS = 2  # once for the files and the people, once for the posts


class Watched:
    """A file that says how much of it has been read."""

    def __init__(self, path: Path, tell: Callable[[int, int], None]) -> None:
        self.file, self.size, self.tell = path.open("rb"), path.stat().st_size, tell
        self.done = 0

    def read(self, number: int = -1) -> bytes:
        said = self.file.read(number)
        self.done += len(said)
        self.tell(self.done, READINGS * self.size)
        return said

    def seek(self, place: int) -> int:
        return self.file.seek(place)

    def close(self) -> None:
        self.file.close()


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
        types = dict.fromkeys(options["types"], Kind.ARTICLE)
        watched = Watched(options["export"], tell)
        try:
            yield from wordpress.read(watched, types)
        finally:
            watched.close()
