import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def begin_the_days_in_the_trash(apps, schema_editor):
    """Of what lay there before the days were counted."""
    rows = apps.get_model("meetings", "Meeting").objects.filter(texts__status="trashed")
    for row in rows.distinct():
        row.trashed_at = timezone.now()
        row.save(update_fields=["trashed_at"])


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0004_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='meeting',
            name='created_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='begun by'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='trashed_at',
            field=models.DateTimeField(blank=True, db_index=True, editable=False, null=True),
        ),
        migrations.RunPython(begin_the_days_in_the_trash, migrations.RunPython.noop),
    ]
