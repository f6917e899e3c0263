"""Apart from the step before: PostgreSQL alters no table in the transaction that moved its rows."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_corrections_of_the_meeting")]

    operations = [
        migrations.RemoveField("meetingcorrection", "text"),
        migrations.AlterField(
            "meetingcorrection",
            "meeting",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="corrections",
                to="meetings.meeting",
            ),
        ),
    ]
