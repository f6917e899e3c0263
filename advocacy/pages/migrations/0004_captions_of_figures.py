
from django.db import migrations, models

from advocacy.attachments.figures import captions


def of_what_is_written(apps, schema_editor):
    figures = apps.get_model("pages", "PageFigure").objects.select_related("page", "attachment")
    for figure in figures.iterator():
        figure.caption = captions(figure.page.body).get(figure.attachment.uuid, "")
        figure.save(update_fields=["caption"])


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0003_ownership_and_trash'),
    ]

    operations = [
        migrations.AddField(
            model_name='pagefigure',
            name='caption',
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.RunPython(of_what_is_written, migrations.RunPython.noop),
    ]
