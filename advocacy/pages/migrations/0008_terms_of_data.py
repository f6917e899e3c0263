from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0007_desk_lists'),
    ]

    operations = [
        migrations.AddField(
            model_name='organisation',
            name='data_terms',
            field=models.CharField(blank=True, help_text='One sentence, which stands in every table and answer that somebody takes along.', max_length=300, verbose_name='how our data may be used'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='licence_url',
            field=models.URLField(blank=True, help_text='Where the data are under a known licence, such as one of Creative Commons.', max_length=300, verbose_name='address of the licence'),
        ),
    ]
