from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("news", "0005_captions_of_figures"),
    ]

    operations = [
        migrations.AddField(
            model_name='article',
            name='translated_from',
            field=models.PositiveBigIntegerField(blank=True, editable=False, null=True),
        ),
    ]
