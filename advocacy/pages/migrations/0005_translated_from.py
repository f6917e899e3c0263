from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("pages", "0004_captions_of_figures"),
    ]

    operations = [
        migrations.AddField(
            model_name='standingpage',
            name='translated_from',
            field=models.PositiveBigIntegerField(blank=True, editable=False, null=True),
        ),
    ]
