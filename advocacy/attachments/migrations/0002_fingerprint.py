from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("attachments", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="fingerprint",
            field=models.CharField(db_index=True, default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.RunSQL(
            "UPDATE attachments_attachment SET fingerprint = sha256", migrations.RunSQL.noop
        ),
    ]
