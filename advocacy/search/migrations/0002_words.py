from django.db import migrations

MADE_BY = {
    # Tokens come ready: `ascii` parts them at the spaces between them, and at nothing else.
    "sqlite": [
        "CREATE VIRTUAL TABLE search_words USING fts5("
        "title, lead, body, tokenize='ascii', columnsize=0)"
    ],
    "postgresql": [
        # `lead` has the title too, and `anywhere` all there is.
        "CREATE TABLE search_words (document bigint PRIMARY KEY,"
        " title tsvector NOT NULL, lead tsvector NOT NULL, anywhere tsvector NOT NULL)",
        *(
            f"CREATE INDEX search_words_{part} ON search_words USING gin ({part})"
            for part in ("title", "lead", "anywhere")
        ),
    ],
}


def make(apps, schema_editor):
    for statement in MADE_BY[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_words")


class Migration(migrations.Migration):
    """The table of words, which each database has in its own way."""

    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(make, drop)]
