"""What is asked of an engine, and what it is given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Literal, NamedTuple, Protocol

from django.db.models.expressions import RawSQL

from advocacy.prepared import Slot

from ..query import Term

#: Where the words stand: in the title, in the title or what leads in, or anywhere.
Within = Literal["title", "lead", "anywhere"]
ANYWHERE: Within = "anywhere"
NOTHING = "§"  # a token no document has

# What PostgreSQL can hold of one document: places up to 16,383, and 255 of each word. What has more is
# cut into several, on SQLite too (docs/adr/0019).
MOST_TOKENS, MOST_OF_ONE = 8000, 250
MANY = 10_000  # documents


class Entry(NamedTuple):
    """The tokens of one document of the index."""

    document: int
    title: Sequence[str]
    lead: Sequence[str]
    body: Sequence[str]


class Engine(Protocol):
    def put(self, entries: Iterable[Entry]) -> None: ...

    def forget(self, documents: Sequence[int]) -> None: ...

    def held_by(self, documents: Sequence[int]) -> set[str]:
        """The tokens of these documents."""
        ...

    def used(self, tokens: Iterable[str]) -> set[str]:
        """Those of the tokens that any document has."""
        ...

    def tokens(self) -> set[str]:
        """Those of all documents."""
        ...

    def forget_strays(self) -> None:
        """What no document of the index has any more."""
        ...

    def question(
        self, wanted: Sequence[Term], unwanted: Sequence[Term] = (), *, within: Within = ANYWHERE
    ) -> str:
        """What the database is asked, in its own words; with nothing wanted, what nothing answers."""
        ...

    def answers(self, question: str | Slot, *, within: Within = ANYWHERE) -> RawSQL:
        """The numbers of the documents that answer, as in `filter(pk__in=…)`. `within` is that of the
        question.
        """
        ...

    def match(self, question: str | Slot) -> RawSQL:
        """That a document answers, as the condition which all else in a query comes after."""
        ...

    def by_index(self) -> AbstractContextManager[None]:
        """While questions are asked in it, the words are looked for in their index."""
        ...

    def is_common(self, question: str, *, is_open: bool) -> bool:
        """Whether so many answer that it is quicker to list all that is public than to ask of each.

        `is_open` as of the question: to count what begins alike costs as much as the answer.
        """
        ...

    def tidy(self) -> bool:
        """Write anew a little of what was deleted from; whether there is more to do."""
        ...

    def size(self) -> int:
        """In bytes."""
        ...
