"""What the commands of all importers have in common."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from .dumps import Dump
from .landing import Folder, Landing, Line, Outcome
from .landing.lines import noted
from .records import Read

EVERY_S = 0.5
WIDTH = 30


class Bar:
    """How far it has come: drawn over and over at a terminal, a line now and then elsewhere."""

    def __init__(self, output: Any) -> None:
        self.output = output
        self.is_terminal = bool(getattr(output, "isatty", bool)())
        self.next = time.monotonic() + EVERY_S
        self.done, self.total, self.rows = 0, 0, 0

    def __call__(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        self._draw()

    def row(self) -> None:
        self.rows += 1
        self._draw()

    def _draw(self) -> None:
        if time.monotonic() < self.next:
            return
        share = min(1.0, self.done / self.total) if self.total else 0.0
        drawn = "#" * int(share * WIDTH)
        said = f"[{drawn:.<{WIDTH}}] {share:4.0%}  {self.rows:,} rows"
        self.output.write(
            f"\r{said}" if self.is_terminal else said, ending="" if self.is_terminal else "\n"
        )
        self.output.flush()
        self.next = time.monotonic() + (EVERY_S if self.is_terminal else 10 * EVERY_S)

    def end(self) -> None:
        if self.is_terminal:
            self.output.write("")


class ImportCommand(BaseCommand):
    """A command that reads posts and lets them come down; `read` says where they come from."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--files",
            type=Path,
            action="append",
            default=[],
            metavar="DIR",
            help="where the files of the old site lie; may be given again for another folder",
        )
        parser.add_argument(
            "--host",
            action="append",
            default=[],
            metavar="NAME",
            help="the old site's, such as www.example.org: links to it are led to the texts here",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="write nothing, and say what would happen"
        )
        parser.add_argument(
            "--report",
            type=Path,
            metavar="FILE",
            help="a CSV with the reason for each row that was skipped, changed or not published",
        )

    def read(self, tell: Bar, **options: Any) -> Read:
        raise NotImplementedError

    def handle(self, **options: Any) -> None:
        for folder in options["files"]:
            if not folder.is_dir():
                raise CommandError(f"There is no folder {folder}.")
        bar = Bar(self.stdout)
        landing = Landing(Folder(options["files"]), dry=options["dry_run"], hosts=options["host"])
        try:
            lines = noted(landing.land(self.read(bar, **options)), options["report"])
            counts = self._counted(lines, bar)
        except OSError as error:
            raise CommandError(str(error)) from error
        bar.end()
        self._say(counts, dry=options["dry_run"])

    def _counted(self, lines: Iterable[Line], bar: Bar) -> Counter[Outcome]:
        counts: Counter[Outcome] = Counter()
        for line in lines:
            counts[line.outcome] += 1
            bar.row()
        return counts

    def _say(self, counts: Counter[Outcome], *, dry: bool) -> None:
        self.stdout.write("Nothing was written. This would happen:" if dry else "Done:")
        for outcome in Outcome:
            if counts[outcome]:
                self.stdout.write(f"{counts[outcome]:>8,}  {outcome.label}")


class DumpCommand(ImportCommand):
    """Of a board that is given as an SQL dump."""

    board = "its name in addresses"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dump", type=Path, metavar="DUMP", help="SQL, perhaps packed (.gz)")
        parser.add_argument(
            "--board",
            action="append",
            default=[],
            metavar="NAME",
            help=f"{self.board}; may be given again, and without it all boards are read",
        )
        parser.add_argument(
            "--encoding",
            choices=["utf-8", "cp949"],
            default="",
            help="of the dump's text, where it should not be told from the bytes",
        )
        super().add_arguments(parser)

    def read(self, tell: Bar, **options: Any) -> Read:
        if not options["dump"].is_file():
            raise CommandError(f"There is no file {options['dump']}.")
        return self.posts(Dump(options["dump"], encoding=options["encoding"], tell=tell), options)

    def posts(self, dump: Dump, options: dict[str, Any]) -> Iterator[Any]:
        raise NotImplementedError
