
from django.db import migrations, models

from advocacy.attachments.figures import captions


def of_what_is_written(apps, schema_editor):
    figures = apps.get_model("milestones", "MilestoneFigure").objects.select_related("text", "attachment")
    for figure in figures.iterator():
        figure.caption = captions(figure.text.body, figure.text.our_part).get(figure.attachment.uuid, "")
        figure.save(update_fields=["caption"])


class Migration(migrations.Migration):

    dependencies = [
        ('milestones', '0005_ownership_and_trash'),
    ]

    operations = [
        migrations.AddField(
            model_name='milestonefigure',
            name='caption',
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.RunPython(of_what_is_written, migrations.RunPython.noop),
    ]
