"""UN documents by body, session and year: what the reader chose, and what else there is. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from advocacy.search.narrowing import Facet, Option
from advocacy.un.bodies import BODIES

from .known import Entry, parts

PathOf = Callable[["Choice"], str]


@dataclass(frozen=True)
class Choice:
    """What is empty leaves all there is. Sessions are counted by each body, so one needs a body."""

    body: str = ""
    session: str = ""
    year: str = ""

    def __bool__(self) -> bool:
        return bool(self.body or self.session or self.year)

    def but(self, **others: Any) -> Choice:
        return replace(self, **others)

    def admits(self, entry: Entry) -> bool:
        return (
            self.body in ("", entry.body.code)
            and self.session in ("", entry.session)
            and self.year in ("", str(entry.year))
        )

    def names(self) -> list[str]:
        names = [BODIES[self.body].name()] if self.body else []
        names += [session_name(self.session)] if self.session else []
        return [*names, self.year] if self.year else names

    def params(self) -> dict[str, str]:
        return {"body": self.body, "session": self.session, "year": self.year}


def session_name(session: str) -> str:
    return _("session %(session)s") % {"session": session}


def chosen(params: Mapping[str, str], known: Sequence[Entry]) -> Choice:
    """Read the query parameters. Raises Http404 for a body, a session or a year of no document."""
    choice = Choice(*(params.get(name, "") for name in ("body", "session", "year")))
    is_known = (
        (not choice.body or any(one.body.code == choice.body for one in known))
        and (not choice.year or any(str(one.year) == choice.year for one in known))
        and (not choice.session or any(choice.but(year="").admits(one) for one in known))
        and not (choice.session and not choice.body)
    )
    if not is_known:
        raise Http404
    return choice


def bodies(known: Sequence[Entry], choice: Choice, path_of: PathOf) -> list[Facet]:
    """All, then each body whose documents are known, in the order of the house."""
    of_year = [one for one in known if choice.but(body="", session="").admits(one)]
    numbers = Counter(one.body.code for one in of_year)
    there = {one.body.code for one in known}
    offers = [("", _("All"), len(of_year))]
    offers += [(code, BODIES[code].short(), numbers[code]) for code in BODIES if code in there]
    return [
        Facet(name, count, path_of(choice.but(body=code, session="")), code == choice.body)
        for code, name, count in offers
    ]


def sessions(known: Sequence[Entry], choice: Choice) -> list[Option]:
    """Those of the chosen body, the latest first."""
    if not choice.body:
        return []
    wide = choice.but(session="")
    numbers = Counter(one.session for one in known if wide.admits(one) and one.session)
    return [
        Option(session, session_name(session), numbers[session], session == choice.session)
        for session in sorted({*numbers, choice.session} - {""}, key=_latest, reverse=True)
    ]


def years(known: Sequence[Entry], choice: Choice) -> list[Option]:
    """The newest first."""
    wide = choice.but(year="")
    numbers = Counter(str(one.year) for one in known if wide.admits(one) and one.year)
    return [
        Option(year, year, numbers[year], year == choice.year)
        for year in sorted({*numbers, choice.year} - {""}, reverse=True)
    ]


def _latest(session: str) -> list[tuple[bool, int, str]]:
    """Regular sessions before special ones (S-17), each by its number."""
    return [
        (not session.startswith(("S", "E")), int(part) if part.isdigit() else 0, part)
        for part in parts(session)
    ]
