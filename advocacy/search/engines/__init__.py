"""Where the tokens lie: FTS5 in SQLite, a tsvector with a GIN index in PostgreSQL.

Both are given the same tokens and asked the same questions, and rank nothing themselves: so both give
the same answers. The table `search_words` has one row a document of the index, under its number.
"""

from django.db import connection

from .postgresql import PostgreSQL
from .protocol import MANY, MOST_OF_ONE, MOST_TOKENS, Engine, Entry
from .sqlite import Sqlite

__all__ = ["MANY", "MOST_OF_ONE", "MOST_TOKENS", "Engine", "Entry", "engine"]

ENGINES: dict[str, Engine] = {"sqlite": Sqlite(), "postgresql": PostgreSQL()}


def engine() -> Engine:
    """That of the database in use."""
    return ENGINES[connection.vendor]
