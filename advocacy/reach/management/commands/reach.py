"""manage.py reach 2026-11: the monthly report on a terminal or as a spreadsheet."""

from __future__ import annotations

import sys
import unicodedata
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from ... import report, rules, sheets
from ...months import Month

LONGEST_NAME = 60


def month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None


class Command(BaseCommand):
    help = "Shows how many readers were reached in a month, by publication, tag and language."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("month", type=month, help="such as 2026-11")
        parser.add_argument("--format", choices=["table", "csv", "xlsx"], default="table")
        parser.add_argument("--output", type=Path, help="write into this file")
        parser.add_argument(
            "--language",
            choices=[code for code, _name in settings.LANGUAGES],
            default=settings.LANGUAGE_CODE,
            help="of the report (%(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["format"] == "xlsx" and options["output"] is None and sys.stdout.isatty():
            raise CommandError("A workbook is no text: say where to with --output FILE.")
        with translation.override(options["language"]):
            made = report.build(options["month"])
            match options["format"]:
                case "csv":
                    written = sheets.as_csv(made).encode()
                case "xlsx":
                    written = sheets.as_xlsx(made)
                case _:
                    written = as_text(made).encode()
        if options["output"] is not None:
            try:
                options["output"].write_bytes(written)
            except OSError as error:
                raise CommandError(
                    f"Cannot write {options['output']}: {error.strerror}."
                ) from error
        elif options["format"] == "xlsx":
            sys.stdout.buffer.write(written)
        else:
            self.stdout.write(written.decode(), ending="")


def as_text(made: report.Report) -> str:
    return "\n".join([sheets.heading(made), *_tables(made), "", *rules.sentences(made), ""])


def _tables(made: report.Report) -> Iterator[str]:
    names = [sheets.columns()[1], *sheets.columns()[5:]]
    for title, lines in sheets.tables(made):
        if not lines:
            continue
        yield f"\n{title}"
        rows = [sheets.cells(title, line) for line in lines]
        shown = [[_cut(str(row[1])), *(f"{cell:,}" for cell in row[5:])] for row in rows]
        widths = [max(map(_width, column)) for column in zip(names, *shown, strict=True)]
        for name, *numbers in (names, *shown):
            cells = [" " * (w - _width(n)) + n for n, w in zip(numbers, widths[1:], strict=True)]
            yield "  ".join([name + " " * (widths[0] - _width(name)), *cells]).rstrip()


def _width(text: str) -> int:
    """Columns of a terminal: Hangul takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _cut(name: str) -> str:
    if _width(name) <= LONGEST_NAME:
        return name
    while _width(name) >= LONGEST_NAME:
        name = name[:-1]
    return name + "…"
