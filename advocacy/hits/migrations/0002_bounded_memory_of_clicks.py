from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("hits", "0001_initial")]

    operations = [
        # Clicks remembered before this may belong to any time; they are dropped within minutes.
        migrations.AddField(
            "recentclicks",
            "machine",
            models.CharField(default="", max_length=255),
            preserve_default=False,
        ),
        migrations.AddField(
            "recentclicks",
            "oldest_ms",
            models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            "recentclicks",
            "newest_ms",
            models.BigIntegerField(default=2**62),
            preserve_default=False,
        ),
        migrations.RemoveConstraint("dayvisitors", "hits_visitors_one_per_day_and_part"),
        migrations.AddField(
            "dayvisitors", "number", models.PositiveIntegerField(default=0)
        ),
        migrations.AddConstraint(
            "dayvisitors",
            models.UniqueConstraint(
                fields=["day", "part", "number"], name="hits_visitors_one_per_day_part_and_number"
            ),
        ),
    ]
