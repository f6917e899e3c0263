from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("meetings", "0006_captions_of_figures"),
    ]

    operations = [
        migrations.AddField(
            model_name='meetingtext',
            name='translated_from',
            field=models.PositiveBigIntegerField(blank=True, editable=False, null=True),
        ),
    ]
