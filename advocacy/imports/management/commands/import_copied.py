from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import CommandError

from advocacy.imports.commands import Bar, ImportCommand
from advocacy.imports.copied.posts import read_posts
from advocacy.imports.records import Read


class Command(ImportCommand):
    help = (
        "Makes drafts of a page of the old site that was copied off the screen: the introduction, the "
        "milestones, the articles. At the desk the same is shown before anything is written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("page", type=Path, metavar="FILE", help="text or HTML, in UTF-8")
        super().add_arguments(parser)

    def read(self, tell: Bar, **options: Any) -> Read:
        if not options["page"].is_file():
            raise CommandError(f"There is no file {options['page']}.")
        yield from read_posts(options["page"].read_text(encoding="utf-8-sig", errors="replace"))
