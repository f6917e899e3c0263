"""The tokens in a table of FTS5."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext

from django.db import connection
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

from advocacy.prepared import Slot

from ..query import Phrase, Term
from ..words import BREAK
from .conditions import any_row, condition
from .protocol import ANYWHERE, MANY, NOTHING, Entry, Within


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
        return {token for token in tokens if any_row(asked, f'"{token}"')}

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
        return condition(f'"search_document"."id" IN ({answers})', question)

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
