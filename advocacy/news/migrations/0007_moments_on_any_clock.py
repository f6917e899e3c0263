from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("news", "0006_translated_from"),
    ]

    operations = [
        migrations.AlterField(
            model_name='article',
            name='published_at',
            field=models.DateTimeField(blank=True, help_text='Left empty: the moment you press Publish. A time to come is an embargo: the page appears by itself then.', null=True, verbose_name='public from'),
        ),
        migrations.AlterField(
            model_name='article',
            name='unpublish_at',
            field=models.DateTimeField(blank=True, help_text='Left empty: no end. From then on its address says it is gone.', null=True, verbose_name='public until'),
        ),
    ]
