
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('attachments', '0003_attachment_is_drawn'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(fields=['-uploaded_at', '-id'], name='attachments_newest'),
        ),
    ]
