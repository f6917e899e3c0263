
from django.db import migrations, models

from advocacy.attachments.figures import captions


def of_what_is_written(apps, schema_editor):
    figures = apps.get_model("news", "ArticleFigure").objects.select_related("article", "attachment")
    for figure in figures.iterator():
        figure.caption = captions(figure.article.body).get(figure.attachment.uuid, "")
        figure.save(update_fields=["caption"])


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0004_ownership_and_trash'),
    ]

    operations = [
        migrations.AddField(
            model_name='articlefigure',
            name='caption',
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.RunPython(of_what_is_written, migrations.RunPython.noop),
    ]
