import django.db.models.deletion
from django.db import migrations, models


def move(apps, schema_editor):
    for row in apps.get_model("milestones", "MilestoneCorrection").objects.select_related("text"):
        row.milestone_id, row.language = row.text.fact_id, row.text.language
        row.save()


class Migration(migrations.Migration):
    dependencies = [("milestones", "0001_initial")]

    operations = [
        migrations.AddField(
            "milestonecorrection",
            "milestone",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="corrections",
                to="milestones.milestone",
            ),
        ),
        migrations.AddField(
            "milestonecorrection",
            "language",
            models.CharField(
                choices=[("en", "English"), ("ko", "한국어")],
                default="en",
                max_length=2,
                verbose_name="language",
            ),
        ),
        migrations.RunPython(move),
    ]
