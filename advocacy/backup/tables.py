"""Which tables go into a backup, in the shape that the database has them in just now.

That shape is what its migrations say, not what today's models do: so an archive can be read by every
later release, which goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connection, router, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from .refused import Refused
from .rows import Table

Node = tuple[str, str]  # of a migration: app and name


def left_out() -> set[str]:
    """Tables that say `in_backups = False` of themselves (their models do), by name."""
    return {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if not getattr(model, "in_backups", True)
    }


def applied() -> list[Node]:
    """The migrations this database has, in order of their names."""
    loader = MigrationLoader(connection)
    return sorted(node for node in loader.applied_migrations if node in loader.graph.nodes)


def of_now(nodes: Iterable[Node]) -> list[Table]:
    """The tables to be backed up, of a database with these migrations."""
    loader = MigrationLoader(connection)
    return _tables(loader.project_state(_last(loader, set(nodes))))


def build(nodes: Iterable[Node]) -> dict[str, Table]:
    """Make all tables in an empty database, in the shape of these migrations; those to be filled.

    Raises Refused if there is one that this release does not have.
    """
    executor = MigrationExecutor(connection)
    nodes = set(nodes)
    if unknown := sorted(nodes - set(executor.loader.graph.nodes)):
        raise Refused(
            "The backup was made by another release: this one does not have the migration "
            f"{'.'.join(unknown[0])}."
        )
    last = _last(executor.loader, nodes)
    executor.migrate(last)
    found = _tables(executor.loader.project_state(last))
    # Migrations may have written rows, which are in the archive as they became.
    with transaction.atomic(), connection.cursor() as cursor:
        for table in found:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table.name)}")  # noqa: S608
    return {table.name: table for table in found}


def are_of_an_earlier_release() -> bool:
    """Whether this release has migrations that this database has not."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _last(loader: MigrationLoader, nodes: set[Node]) -> list[Node]:
    """Those that no other of them follows."""
    graph: Any = loader.graph
    return sorted(
        node
        for node in nodes
        if not any(child.key in nodes for child in graph.node_map[node].children)
    )


def _tables(state: ProjectState) -> list[Table]:
    """Tables of other databases, such as a router gives them, are not this one's."""
    without = left_out()
    found = [
        Table.of(model)
        for model in state.apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and model._meta.db_table not in without
        and router.allow_migrate(
            DEFAULT_DB_ALIAS, model._meta.app_label, model_name=model._meta.model_name
        )
    ]
    return sorted(found, key=lambda table: table.name)
