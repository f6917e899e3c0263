"""Who met whom: the two sides of a table, and those who supported the meeting. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from advocacy.publishing.models import Language

from .models import Participant

ROLES = Participant.Role


class Said(NamedTuple):
    """A few words, and the language they are in."""

    text: str
    language: str


@dataclass(frozen=True)
class Seat:
    """One participant in the reader's language; what is not known in it is said in the other."""

    role: str
    language: str  # the reader's
    name: Said
    office: Said | None
    organisation: Said | None

    @property
    def particulars(self) -> list[Said]:
        """The office held on that day, then the organisation; of a survivor at least that much."""
        known = [said for said in (self.office, self.organisation) if said]
        if self.role == ROLES.SURVIVOR and not self.office:
            return [Said(str(ROLES.SURVIVOR.label), self.language), *known]
        return known


@dataclass(frozen=True)
class Table:
    ours: list[Seat]
    theirs: list[Seat]
    supporting: list[Seat]

    def __bool__(self) -> bool:
        return bool(self.ours or self.theirs or self.supporting)


def lay(participants: Iterable[Participant], language: str) -> Table:
    """Our delegation and the survivors on one side, officials on the other, in their order."""
    seats = [_seat(participant, language) for participant in participants]

    def side(*roles: str) -> list[Seat]:
        return [seat for seat in seats if seat.role in roles]

    return Table(
        ours=side(ROLES.DELEGATION, ROLES.SURVIVOR),
        theirs=side(ROLES.OFFICIAL),
        supporting=side(ROLES.SUPPORTING),
    )


def _seat(participant: Participant, language: str) -> Seat:
    name = _said(participant, "name", language)
    return Seat(
        role=participant.role,
        language=language,
        name=name or Said("", language),
        office=_said(participant, "office", language),
        organisation=_said(participant, "organisation", language),
    )


def _said(participant: Participant, what: str, language: str) -> Said | None:
    for code in sorted(Language.values, key=lambda code: code != language):
        if text := getattr(participant, f"{what}_{code}"):
            return Said(text, code)
    return None
