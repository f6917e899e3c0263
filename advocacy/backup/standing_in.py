"""Another database in the place of the site's, for one thread: what a backup reads, and what a
restore fills while the site runs on.

All code finds its database through `connection`, that of migrations too; so none of it can touch
the running site by oversight.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def database(**changed: Any) -> Iterator[BaseDatabaseWrapper]:
    """`changed`: of the settings of the site's database. Its OPTIONS are added to, the rest replaced."""
    former: Any = connections[DEFAULT_DB_ALIAS]
    own: Any = connections.create_connection(DEFAULT_DB_ALIAS)
    options = {**former.settings_dict["OPTIONS"], **changed.pop("OPTIONS", {})}
    options.pop("pool", None)
    own.settings_dict = {**former.settings_dict, **changed, "OPTIONS": options}
    connections[DEFAULT_DB_ALIAS] = own
    try:
        yield own
    finally:
        connections[DEFAULT_DB_ALIAS] = former
        own.close()
