from django.db import migrations, models


def part(apps, schema_editor):
    Run, Part = apps.get_model("imports", "Run"), apps.get_model("imports", "ReportPart")
    for run in Run.objects.exclude(report="").iterator():
        Part.objects.create(run=run, text=run.report)


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ReportPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="report_parts", to="imports.run"
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.RunPython(part, migrations.RunPython.noop),
    ]
