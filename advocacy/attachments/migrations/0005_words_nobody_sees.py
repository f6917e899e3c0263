from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("attachments", "0004_newest_first")]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="covered",
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name="pagetext",
            name="drawn",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
