"""The database itself refuses what the ledger's rows must never suffer, as it does for the log.

Later migrations that rebuild the table lose the triggers of SQLite with it: they call `lift` before
and `guard` after.
"""

from django.db import migrations

TABLE = "casework_tombstone"
REFUSAL = "The ledger only grows: its rows are neither changed nor deleted."

# INSERT OR REPLACE deletes without a trigger for it; that of the insertion comes first and refuses.
SQLITE = {
    f"{TABLE}_stays": f"""
        BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    f"{TABLE}_keeps": f"""
        BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    f"{TABLE}_grows": f"""
        BEFORE INSERT ON {TABLE}
        WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR hash = NEW.hash)
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
}
POSTGRESQL = [
    f"""
        CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""
        CREATE TRIGGER {TABLE}_stays BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()""",
    f"""
        CREATE TRIGGER {TABLE}_keeps BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()""",
]


def guard(apps, schema_editor):
    _execute(schema_editor, guarding(schema_editor.connection.vendor))


def lift(apps, schema_editor):
    _execute(schema_editor, lifting(schema_editor.connection.vendor))


def guarding(vendor):
    if vendor == "sqlite":
        return [f"CREATE TRIGGER {name} {body}" for name, body in SQLITE.items()]
    return POSTGRESQL


def lifting(vendor):
    if vendor == "sqlite":
        return [f"DROP TRIGGER {name}" for name in SQLITE]
    names = ("stays", "keeps")
    return [f"DROP TRIGGER {TABLE}_{name} ON {TABLE}" for name in names] + [f"DROP FUNCTION {TABLE}_refuse()"]


def _execute(schema_editor, statements):
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_how_far_it_is")]
    operations = [migrations.RunPython(guard, lift)]
