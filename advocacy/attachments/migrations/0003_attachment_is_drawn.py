from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('attachments', '0002_fingerprint'),
    ]

    operations = [
        # All that is there was drawn when it was uploaded.
        migrations.AddField(
            model_name='attachment',
            name='is_drawn',
            field=models.BooleanField(default=True, editable=False),
        ),
        migrations.AlterField(
            model_name='attachment',
            name='is_drawn',
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
