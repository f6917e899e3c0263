"""Where the tokens lie: FTS5 in SQLite, a tsvector with a GIN index in PostgreSQL.

Both are given the same tokens and asked the same questions, and rank nothing themselves: so both give
the same answers. The table `search_words` has one row a document of the index, under its number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Literal, NamedTuple, Protocol

from django.db import connection, transaction
from django.db.models import BigIntegerField, BooleanField
from django.db.models.expressions import RawSQL

from advocacy.prepared import Slot

from .query import Phrase, Term
from .words import BREAK

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


class Sqlite:
    def put(self, entries: Iterable[Entry]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_words (rowid, title, lead, body) VALUES (%s, %s, %s, %s)",
                [(number, *(" ".join(part) for part in parts)) for number, *parts in entries],
            )

    def forget(self, documents: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "DELETE FROM search_words WHERE rowid = %s", [(number,) for number in documents]
            )

    def held_by(self, documents: Sequence[int]) -> set[str]:
        found: set[str] = set()
        with connection.cursor() as cursor:
            for number in documents:
                cursor.execute(
                    "SELECT title || ' ' || lead || ' ' || body FROM search_words WHERE rowid = %s",
                    [number],
                )
                found.update(*(row[0].split() for row in cursor.fetchall()))
        return found - {BREAK}

    def used(self, tokens: Iterable[str]) -> set[str]:
        asked = "SELECT 1 FROM search_words WHERE search_words MATCH %s LIMIT 1"
        return {token for token in tokens if _any_row(asked, f'"{token}"')}

    def tokens(self) -> set[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_tokens"
                " USING fts5vocab('main', 'search_words', 'row')"
            )
            cursor.execute("SELECT term FROM temp.search_tokens")
            return {row[0] for row in cursor.fetchall()} - {BREAK}

    def forget_strays(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM search_words WHERE rowid NOT IN (SELECT id FROM search_document)"
            )

    def question(
        self, wanted: Sequence[Term], unwanted: Sequence[Term] = (), *, within: Within = ANYWHERE
    ) -> str:
        asked = " AND ".join(self._any(term) for term in wanted) or f'"{NOTHING}"'
        if within != ANYWHERE:
            asked = f"{{{'title' if within == 'title' else 'title lead'}}} : ({asked})"
        if unwanted:
            asked = f"({asked}) NOT ({' OR '.join(self._any(term) for term in unwanted)})"
        return asked

    def answers(self, question: str | Slot, *, within: Within = ANYWHERE) -> RawSQL:
        sql = "SELECT rowid FROM search_words WHERE search_words MATCH %s"
        return RawSQL(sql, [question], output_field=BigIntegerField())  # noqa: S611  a parameter

    def _any(self, term: Term) -> str:
        return f"({' OR '.join(self._phrase(phrase) for phrase in term.options)})"

    @staticmethod
    def _phrase(phrase: Phrase) -> str:
        return f'"{" ".join(phrase.tokens)}"' + (" *" if phrase.open_end else "")

    def match(self, question: str | Slot) -> RawSQL:
        answers = "SELECT rowid FROM search_words WHERE search_words MATCH %s"
        return _condition(f'"search_document"."id" IN ({answers})', question)

    def by_index(self) -> AbstractContextManager[None]:
        return nullcontext()

    def is_common(self, question: str, *, is_open: bool) -> bool:
        if is_open:  # many words begin so
            return True
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM search_words WHERE search_words MATCH %s", [question]
            )
            return cursor.fetchone()[0] > MANY

    def tidy(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT total_changes()")
            before = cursor.fetchone()[0]
            cursor.execute("INSERT INTO search_words(search_words, rank) VALUES('merge', -200)")
            cursor.execute("SELECT total_changes()")
            return cursor.fetchone()[0] - before > 1

    def size(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search_words%%'")
            return cursor.fetchone()[0] or 0


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
            return {token for token in tokens if _any_row(asked, f"'{token}'")}

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
        return _condition(f'"search_document"."id" = ANY(ARRAY({answers}))', question)

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


def _condition(sql: str, question: str | Slot) -> RawSQL:
    return RawSQL(sql, [question], output_field=BooleanField())  # noqa: S611  a parameter


def _any_row(asked: str, value: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(asked, [value])
        return cursor.fetchone() is not None


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


ENGINES: dict[str, Engine] = {"sqlite": Sqlite(), "postgresql": PostgreSQL()}


def engine() -> Engine:
    """That of the database in use."""
    return ENGINES[connection.vendor]
