"""Apart from the step before: PostgreSQL alters no table in the transaction that moved its rows."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("milestones", "0002_corrections_of_the_milestone")]

    operations = [
        migrations.RemoveField("milestonecorrection", "text"),
        migrations.AlterField(
            "milestonecorrection",
            "milestone",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="corrections",
                to="milestones.milestone",
            ),
        ),
    ]
