from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0007_share_links")]
    operations = [
        migrations.AlterField(
            model_name="logentry",
            name="verb",
            field=models.CharField(
                choices=[
                    ("publish", "Publish"),
                    ("withdraw", "Withdraw"),
                    ("trash", "Trash"),
                    ("restore", "Restore"),
                    ("remove", "Remove"),
                    ("permissions", "Permissions"),
                    ("take_out", "Take Out"),
                    ("override", "Override"),
                    ("confirm", "Confirm"),
                ],
                max_length=12,
            ),
        )
    ]
