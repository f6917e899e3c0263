from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from advocacy.progress import Bar
from advocacy.symbols import importing

HELP = """Bring in UN documents from a CSV file (UTF-8 or EUC-KR); again, it changes nothing.

The first line names the columns, in any order; only symbol is needed: symbol, title, title_ko, date
(EDTF: 2014-12-18), body (hrc, or its name), session, kind, agenda_item, outcome (vote, no_vote), yes, no,
abstain, sponsors, draft, report, resolution, record. In the last five, semicolons stand between several.
The columns of the Dag Hammarskjöld Library's voting data are known by their own names. docs/symbols.md
tells more.
"""


class Command(BaseCommand):
    help = HELP

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Say what would be, and stop.")

    def handle(self, *args, **options) -> None:
        bar = Bar(self.stdout)
        try:
            text = importing.decoded(options["file"].read_bytes())
            lines = len(text.splitlines())
            result = importing.bring_in(
                importing.read(text),
                dry_run=options["dry_run"],
                tell=lambda line: bar(line, lines),
            )
        except (OSError, importing.Unreadable) as error:
            raise CommandError(str(error)) from error
        for problem in sorted(result.problems):
            self.stderr.write(f"Line {problem.line}, {problem.symbol or '–'}: {problem.sentence}")
        self.stdout.write(
            f"{len(result.made):,} new, {len(result.changed):,} changed, {len(result.same):,} as they "
            f"were, {len(result.problems):,} problems."
            f"{' Nothing was written.' if options['dry_run'] else ''}"
        )
        if result.problems:
            raise CommandError("Some of it was not taken: the lines above say why.")
