"""What was typed into a form, brought to bear on the record as it is now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.forms import BaseForm, BaseInlineFormSet
from django.http import QueryDict

from .models import FactText
from .typed import DELETE, Piece, by_name, parsed, ties

Row = dict[str, list[str]]  # by name without the prefix of the row

_COUNTS = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")


def tie(sent: QueryDict, formsets: Iterable[BaseInlineFormSet], *, is_same_row: bool) -> QueryDict:
    """`sent` with its rows tied to the parts there are now, of which `formsets` are the untouched forms.

    A row whose part is gone becomes a new one. A part that `sent` has no row for is marked to be
    deleted, so that the list will be as it was typed; but a text in another language stays as it is.
    Rows typed into another working copy (`is_same_row`) are known by their place.
    """
    tied = sent.copy()
    for formset in formsets:
        if f"{formset.prefix}-TOTAL_FORMS" in sent:
            _tie(tied, formset, by_place=not is_same_row)
    return tied


def fill(sent: QueryDict, form: BaseForm, formsets: Iterable[BaseInlineFormSet]) -> QueryDict:
    """`sent` by a form with fewer fields, with what is saved in all others; tied to its parts.

    `form` and `formsets` are the untouched forms. Of a text that is typed, only its mark of being
    ready is a box, which sends nothing where it is not ticked.
    """
    whole = sent.copy()
    said = _controls(form)
    for formset in formsets:
        if f"{formset.prefix}-TOTAL_FORMS" in sent:
            said |= _untyped(sent, formset)
            continue
        said |= by_name(parsed(str(formset.management_form)))
        for row in formset.initial_forms:
            said |= _controls(row)
    for name, values in said.items():
        if name not in whole:
            whole.setlist(name, values)
    return tie(whole, formsets, is_same_row=True)


def _untyped(sent: QueryDict, formset: Any) -> Row:
    """What is saved of texts that are typed, by the names it would be sent under."""
    said: Row = {}
    for saved in formset.initial_forms:
        part = _row_of(saved)
        for number, row in enumerate(_typed_rows(sent, formset.prefix)):
            if row.get("language") == part.get("language"):
                rest = {name: values for name, values in part.items() if name != "ready"}
                said |= {f"{formset.prefix}-{number}-{name}": rest[name] for name in rest}
    return said


def _controls(form: Any) -> Row:
    return by_name(control for name in form.fields for control in parsed(str(form[name])))


def _tie(sent: QueryDict, formset: Any, *, by_place: bool) -> None:
    prefix, (pk, fk) = formset.prefix, ties(formset)
    is_texts = issubclass(formset.model, FactText)
    typed = _typed_rows(sent, prefix)
    tied: list[Row] = []
    for part in map(_row_of, formset.initial_forms):
        match = _match(part, typed, pk, is_texts=is_texts, by_place=by_place)
        if match is not None:
            typed.remove(match)
            tied.append({**match, pk: part[pk], fk: part[fk]})
        else:
            tied.append(part if is_texts else {**part, DELETE: ["on"]})
    new = [{**row, pk: [""], fk: [str(formset.instance.pk or "")]} for row in typed]
    for name in [name for name in sent if name.startswith(f"{prefix}-")]:
        if name.removeprefix(f"{prefix}-") not in _COUNTS:
            del sent[name]
    sent[f"{prefix}-TOTAL_FORMS"] = str(len(tied) + len(new))
    sent[f"{prefix}-INITIAL_FORMS"] = str(len(tied))
    for number, row in enumerate([*tied, *new]):
        for name, values in row.items():
            sent.setlist(f"{prefix}-{number}-{name}", values)


def _row_of(form: Any) -> Row:
    sent = _controls(form)
    return {name.removeprefix(f"{form.prefix}-"): values for name, values in sent.items()}


def _typed_rows(sent: QueryDict, prefix: str) -> list[Row]:
    """In order; not the pattern that new rows are made from."""
    found: dict[int, Row] = {}
    for name, values in sent.lists():
        start, _dash, rest = name.partition(f"{prefix}-")
        number, dash, field = rest.partition("-")
        if not start and dash and number.isdecimal() and len(number) < 5:
            found.setdefault(int(number), {})[field] = values
    return [found[number] for number in sorted(found)]


def _match(part: Row, typed: list[Row], pk: str, *, is_texts: bool, by_place: bool) -> Row | None:
    for row in typed:
        if row.get(pk) == part[pk] or (is_texts and row.get("language") == part["language"]):
            return row
    return typed[0] if by_place and typed and not is_texts else None


def put(sent: QueryDict, mine: Piece | None, theirs: Piece) -> None:
    """Let `sent` say of one piece what is saved."""
    if theirs.is_list:
        for name in [name for name in sent if name.startswith(f"{theirs.key}-")]:
            del sent[name]
    for name in mine.sent if mine else ():
        sent.pop(name, None)
    row = mine.row if mine else theirs.row
    for name, values in theirs.sent.items():
        sent.setlist(row + name.removeprefix(theirs.row), values)
    if row:
        sent.pop(f"{row}-{DELETE}", None)
