"""Lists of UN documents brought in from CSV: rows in, a result out.

A document that is there already gets what its row says anew, and keeps what the row leaves empty. So
the same list can be brought in again, and nothing changes. One wrong row stops no other.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.publishing import at_once, generation
from advocacy.search.words import clean
from advocacy.un.symbols import parse

from . import columns
from .models import Relation, UNDocument

BATCH = 200  # rows in one transaction: others who write wait no longer than for these
_TEXTS = {"title": "title_en", "title_ko": "title_ko", "date": "date", "session": "session"}
_TEXTS |= {"agenda_item": "agenda_item"}
_NUMBERS = {"yes": "votes_for", "no": "votes_against", "abstain": "votes_abstaining"}
_CHANGED = [*_TEXTS.values(), *_NUMBERS.values(), "kind", "body", "outcome", "sponsors"]
_CHANGED += ["date_earliest", "date_latest"]
_NUMBER = re.compile("[0-9]{1,5}")
_LONGEST: Any = UNDocument._meta.get_field("symbol").max_length


class Unreadable(Exception):
    """The file is no such list; `str()` says why."""


class Problem(NamedTuple):
    """`line` is that of the file, counted from 1, where the row ends."""

    line: int
    symbol: str
    sentence: str


class Row(NamedTuple):
    """A row as it was read: cells by the name of their column."""

    line: int
    cells: dict[str, str]


@dataclass
class Result:
    """Which documents are new, changed, or as they were."""

    made: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    same: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def add(self, *, made: set[str], changed: set[str], same: set[str]) -> None:
        """Of one that stands in several places, the most is told that was done to it."""
        self.made |= made
        self.changed = (self.changed | changed) - self.made
        self.same = (self.same | same) - self.made - self.changed


def decoded(raw: bytes) -> str:
    """UTF-8, with or without its mark, or the encoding of Korean Windows. Raises Unreadable."""
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(
        _("The file is neither UTF-8 nor EUC-KR: save it as “CSV UTF-8” and try again.")
    )


def read(text: str) -> Iterator[Row | Problem]:
    """The rows of a list, in order; a line that starts with # is a note. Raises Unreadable."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = next((row for row in reader if row and not row[0].startswith("#")), [])
    except csv.Error as error:
        raise Unreadable(_("The file is no CSV.")) from error
    places = columns.known(header)
    if "symbol" not in places:
        raise Unreadable(_("No column of the first line is called “symbol”."))
    before: dict[str, str] = {}
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            yield Problem(reader.line_num, "", _("The line cannot be read as CSV."))
            continue
        if cells is None:
            return
        if not any(cell.strip() for cell in cells) or cells[0].startswith("#"):
            continue
        given = {name: clean(cells[place]) for name, place in places.items() if place < len(cells)}
        given = {name: cell.strip() for name, cell in given.items() if cell.strip()}
        if given != before:  # of the votes of single states, only the document is kept
            yield Row(reader.line_num, given)
        before = given


def bring_in(
    rows: Iterable[Row | Problem],
    *,
    dry_run: bool = False,
    tell: Callable[[int], None] = lambda line: None,
) -> Result:
    """Write them down, a few at a time; with `dry_run` only say what would be. `tell` is told lines."""
    result, waiting = Result(), iter(rows)
    while some := list(islice(waiting, BATCH)):
        result.problems += [one for one in some if isinstance(one, Problem)]
        _bring_in([one for one in some if isinstance(one, Row)], result, dry_run)
        tell(some[-1].line)
    return result


@transaction.atomic
def _bring_in(rows: Sequence[Row], result: Result, dry_run: bool) -> None:
    known = {name: _document(name) for row in rows if (name := row.cells.get("symbol"))}
    there = UNDocument.objects.in_bulk(filter(None, known.values()), field_name="symbol")
    stood = {name: _state(document) for name, document in there.items()}
    told: dict[str, UNDocument] = {}
    chains: dict[tuple[str, str], str] = {}
    for row in rows:
        name = known.get(row.cells.get("symbol", ""))
        if name is None:
            result.problems.append(_problem(row, _("There is no such UN document symbol.")))
            continue
        document = told.get(name) or there.get(name) or UNDocument(symbol=name)
        before = {one: getattr(document, one) for one in _CHANGED}
        try:
            _fill(document, row)
        except ValidationError as error:
            for one, value in before.items():
                setattr(document, one, value)
            result.problems.append(_problem(row, " ".join(error.messages)))
            continue
        told[name] = document
        for kind, other in _related(row, name, result):
            chains.setdefault((name, other), kind)
    made = {name for name in told if name not in there}
    changed = {name for name in told.keys() - made if _state(told[name]) != stood[name]}
    linked = _new_relations(chains)
    owners_of_new = {name for name, _other in linked}
    result.add(made=made, changed=changed | (owners_of_new - made), same=set(told))
    if dry_run or not (made or changed or linked):
        return
    UNDocument.objects.bulk_create([told[name] for name in sorted(made)])
    if changed:
        UNDocument.objects.bulk_update([told[name] for name in sorted(changed)], _CHANGED)
    owners = UNDocument.objects.in_bulk(owners_of_new, field_name="symbol")
    Relation.objects.bulk_create(
        Relation(document=owners[name], kind=kind, other=other)
        for (name, other), kind in linked.items()
    )
    generation.bump()


def _fill(document: UNDocument, row: Row) -> None:
    """Raises ValidationError, and may have filled some of it then."""
    cells = row.cells
    for name, attribute in _TEXTS.items():
        if name in cells:
            setattr(document, attribute, cells[name])
    if "sponsors" in cells:
        document.sponsors = "\n".join(columns.several(cells["sponsors"]))
    for name, read_cell in (("body", columns.body), ("kind", columns.kind)):
        if name in cells:
            code = read_cell(cells[name])
            if code is None:
                raise ValidationError(_("“%(cell)s” is not known.") % {"cell": cells[name]})
            setattr(document, name, code)
    _decide(document, cells)
    document.fill()
    document.full_clean(validate_unique=False)
    if problems := at_once.problems(document, None):
        raise ValidationError(problems)


def _decide(document: UNDocument, cells: dict[str, str]) -> None:
    numbers = [cells.get(name, "") for name in _NUMBERS]
    if not any(numbers) and "outcome" not in cells:
        return
    outcome = columns.outcome(cells.get("outcome", ""), numbers)
    if outcome is None or not all(_NUMBER.fullmatch(number) for number in numbers if number):
        raise ValidationError(
            _(
                "A vote has three numbers: in favour, against, abstaining. Without a vote there are none."
            )
        )
    document.outcome = outcome
    for number, attribute in zip(numbers, _NUMBERS.values(), strict=True):
        setattr(document, attribute, int(number) if number else None)


def _related(row: Row, name: str, result: Result) -> Iterator[tuple[str, str]]:
    """What the row says of the chain; a symbol there that is none is told, and keeps nothing back."""
    for kind in columns.RELATIONS:
        for said in columns.several(row.cells.get(kind, "")):
            other = _document(said)
            if other is None or other == name:
                sentence = _(
                    "“%(symbol)s” was left out of its chain: it is no symbol of another document."
                )
                result.problems.append(_problem(row, sentence % {"symbol": said}))
            else:
                yield kind, other


def _new_relations(chains: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    names = {name for name, _other in chains}
    there = Relation.objects.filter(document__symbol__in=names)
    known = set(there.values_list("document__symbol", "other"))
    return {link: kind for link, kind in chains.items() if link not in known}


def _state(document: UNDocument) -> list[Any]:
    return [str(getattr(document, name)) for name in _CHANGED]


def _document(symbol: str) -> str | None:
    """As the columns hold it; None for what is none, or longer than any that there is."""
    read_symbol = parse(symbol)
    document = read_symbol.document if read_symbol else ""
    return document if 0 < len(document) <= _LONGEST else None


def _problem(row: Row, sentence: str) -> Problem:
    return Problem(row.line, row.cells.get("symbol", ""), sentence)
