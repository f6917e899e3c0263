"""The tokens in a tsvector with a GIN index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

from advocacy.prepared import Slot

from ..query import Phrase, Term
from ..words import BREAK
from .conditions import any_row, condition
from .protocol import ANYWHERE, NOTHING, Entry, Within


class PostgreSQL:
    def put(self, entries: Iterable[Entry]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_words (document, title, lead, anywhere)"
                " VALUES (%s, %s::tsvector, %s::tsvector, %s::tsvector)",
                [
                    (number, *(_vector(parts[:count]) for count in (1, 2, 3)))
                    for number, *parts in entries
                ],
            )

    def forget(self, documents: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_words WHERE document = ANY(%s)", [list(documents)])

    def held_by(self, documents: Sequence[int]) -> set[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT DISTINCT unnest(tsvector_to_array(anywhere)) FROM search_words"
                " WHERE document = ANY(%s)",
                [list(documents)],
            )
            return {row[0] for row in cursor.fetchall()}

    def used(self, tokens: Iterable[str]) -> set[str]:
        asked = "SELECT 1 FROM search_words WHERE anywhere @@ %s::tsquery LIMIT 1"
        with self.by_index():
            return {token for token in tokens if any_row(asked, f"'{token}'")}

    def tokens(self) -> set[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT word FROM ts_stat('SELECT anywhere FROM search_words')")
            return {row[0] for row in cursor.fetchall()}

    def forget_strays(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM search_words WHERE document NOT IN (SELECT id FROM search_document)"
            )

    def question(
        self, wanted: Sequence[Term], unwanted: Sequence[Term] = (), *, within: Within = ANYWHERE
    ) -> str:
        asked = " & ".join(self._any(term) for term in wanted) or f"'{NOTHING}'"
        if unwanted:
            asked = f"{asked} & !({' | '.join(self._any(term) for term in unwanted)})"
        return asked

    def answers(self, question: str | Slot, *, within: Within = ANYWHERE) -> RawSQL:
        # A column each: to look for weights in one, every vector would have to be read again.
        sql = f"SELECT document FROM search_words WHERE {within} @@ %s::tsquery"  # noqa: S608
        return RawSQL(sql, [question], output_field=BigIntegerField())  # noqa: S611  a parameter

    def _any(self, term: Term) -> str:
        return f"({' | '.join(self._phrase(phrase) for phrase in term.options)})"

    @staticmethod
    def _phrase(phrase: Phrase) -> str:
        parts = " <-> ".join(f"'{token}'" for token in phrase.tokens)
        return f"({parts}{':*' if phrase.open_end else ''})"

    def match(self, question: str | Slot) -> RawSQL:
        # An array is made before anything else is looked at. A join is taken for so dear that every
        # document is first asked whether it is public.
        answers = "SELECT document FROM search_words WHERE anywhere @@ %s::tsquery"
        return condition(f'"search_document"."id" = ANY(ARRAY({answers}))', question)

    @contextmanager
    def by_index(self) -> Iterator[None]:
        # For a word that many texts have, or for the first of its texts, PostgreSQL would rather read
        # the table from its start. It does not reckon what it takes to unpack each vector.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            yield
            cursor.execute("SET LOCAL enable_seqscan = on")

    def is_common(self, question: str, *, is_open: bool) -> bool:
        return False  # its planner knows by itself

    def tidy(self) -> bool:
        return False  # autovacuum does

    def size(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_total_relation_size('search_words')")
            return cursor.fetchone()[0]


def _vector(parts: Sequence[Sequence[str]]) -> str:
    """A tsvector as text: 'word':1,7. Between the parts is a place, so that no phrase spans two."""
    places: dict[str, list[str]] = defaultdict(list)
    at = 0
    for tokens in parts:
        for token in tokens:
            at += 1
            if token != BREAK:
                places[token].append(str(at))
        at += 1
    return " ".join(f"'{token}':{','.join(where)}" for token, where in places.items())
