
from django.db import migrations, models

from advocacy.attachments.figures import captions


def of_what_is_written(apps, schema_editor):
    figures = apps.get_model("meetings", "MeetingFigure").objects.select_related("text", "attachment")
    for figure in figures.iterator():
        figure.caption = captions(figure.text.body).get(figure.attachment.uuid, "")
        figure.save(update_fields=["caption"])


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0005_ownership_and_trash'),
    ]

    operations = [
        migrations.AddField(
            model_name='meetingfigure',
            name='caption',
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.RunPython(of_what_is_written, migrations.RunPython.noop),
    ]
