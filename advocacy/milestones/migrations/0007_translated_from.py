from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("milestones", "0006_captions_of_figures"),
    ]

    operations = [
        migrations.AddField(
            model_name='milestonetext',
            name='translated_from',
            field=models.PositiveBigIntegerField(blank=True, editable=False, null=True),
        ),
    ]
