import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The index is made anew at the next start (index.RULES), and this table with it."""

    dependencies = [("search", "0002_words")]

    operations = [
        migrations.CreateModel(
            name="Citation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("symbol", models.CharField(max_length=120)),
                ("document", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="citations", to="search.document")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("symbol", "document"), name="search_citation_once")],
            },
        ),
    ]
