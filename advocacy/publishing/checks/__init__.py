"""What is looked at before a record is shown to readers, each time it is saved.

A check is a function from a record, with all its parts, to findings: nothing where it does not apply,
an empty list where all is well. What must be fixed hinders publishing; the rest an editor considers.
Slices add their own at start: `checks.register(Check(…))` in `AppConfig.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.functional import Promise

from ..models import Record
from ..whole import whole


class Severity(StrEnum):
    MUST_FIX = "must_fix"
    CONSIDER = "consider"


class Finding(NamedTuple):
    """One thing an editor should see, and where it is mended.

    `field` is a field of the record, or of its text in `language`, or the accessor of a part; empty,
    the buttons at the end of the form. `url` leads to another page of the desk instead.
    """

    sentence: str
    field: str = ""
    language: str = ""
    url: str = ""


class Check(NamedTuple):
    find: Callable[[Any], Iterable[Finding] | None]
    severity: Severity
    fine: str | Promise  # said where it applies and finds nothing
    kind: type[Any] = Record


@dataclass(frozen=True)
class Report:
    must_fix: list[Finding] = field(default_factory=list)
    consider: list[Finding] = field(default_factory=list)
    fine: list[str] = field(default_factory=list)


_checks: list[Check] = []


def register(*checks: Check) -> None:
    """Add to what is looked at; twice is once. What reads the database does so at a bounded cost."""
    _checks.extend(check for check in checks if check not in _checks)


def registered() -> Sequence[Check]:
    return tuple(_checks)


def report(record: Record) -> Report:
    """All findings on a record as it is stored."""
    return look(_stored(record))


def problems(record: Record) -> list[str]:
    """Sentences for the editor; while there is one, the record cannot be published."""
    found = look(_stored(record), Severity.MUST_FIX)
    return list(dict.fromkeys(finding.sentence for finding in found.must_fix))


def look(record: Record, *severities: Severity) -> Report:
    """Findings on a record fetched by `whole()`, of some severities or of all."""
    result = Report()
    for check in _checks:
        if severities and check.severity not in severities:
            continue
        found = check.find(record) if isinstance(record, check.kind) else None
        if found is None:
            continue
        findings = list(found)
        serious = check.severity == Severity.MUST_FIX
        (result.must_fix if serious else result.consider).extend(findings)
        if not findings:
            result.fine.append(str(check.fine))
    return result


def _stored(record: Record) -> Record:
    stored = whole(type(record)).get(pk=record.pk)
    stored.opened_by, stored.brought_by = record.opened_by, record.brought_by
    return stored
