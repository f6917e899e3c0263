"""The database itself refuses what the log's rows must never suffer.

Later migrations that rebuild the table lose the triggers of SQLite with it: they call `lift` before
and `guard` after.
"""

from django.db import migrations

TABLE = "publishing_logentry"
REFUSAL = "The log only grows: its rows are neither changed nor deleted."
GAP = "The log only grows: the next row has the next number."

# INSERT OR REPLACE deletes without a trigger for it; that of the insertion comes first and refuses.
SQLITE = {
    f"{TABLE}_stays": f"""
        BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    f"{TABLE}_keeps": f"""
        BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    f"{TABLE}_grows": f"""
        BEFORE INSERT ON {TABLE}
        WHEN NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM {TABLE})
        BEGIN SELECT RAISE(ABORT, '{GAP}'); END""",
}
POSTGRESQL = {
    f"{TABLE}_refuse": f"""
        RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"{TABLE}_follow": f"""
        RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM {TABLE}) THEN
                RAISE EXCEPTION '{GAP}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$""",
}
POSTGRESQL_TRIGGERS = {
    f"{TABLE}_stays": f"BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
    f"{TABLE}_keeps": f"BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()",
    f"{TABLE}_grows": f"BEFORE INSERT ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TABLE}_follow()",
}


def guard(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for statement in guarding(schema_editor.connection.vendor):
            cursor.execute(statement)


def lift(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for statement in lifting(schema_editor.connection.vendor):
            cursor.execute(statement)


def guarding(vendor):
    if vendor == "sqlite":
        return [f"CREATE TRIGGER {name} {body}" for name, body in SQLITE.items()]
    functions = [f"CREATE FUNCTION {name}() {body}" for name, body in POSTGRESQL.items()]
    return functions + [f"CREATE TRIGGER {name} {body}" for name, body in POSTGRESQL_TRIGGERS.items()]


def lifting(vendor):
    if vendor == "sqlite":
        return [f"DROP TRIGGER {name}" for name in SQLITE]
    triggers = [f"DROP TRIGGER {name} ON {TABLE}" for name in POSTGRESQL_TRIGGERS]
    return triggers + [f"DROP FUNCTION {name}()" for name in POSTGRESQL]


class Migration(migrations.Migration):
    dependencies = [("publishing", "0002_log")]
    operations = [migrations.RunPython(guard, lift)]
