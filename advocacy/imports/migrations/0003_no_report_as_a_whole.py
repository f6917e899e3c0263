from django.db import migrations


class Migration(migrations.Migration):
    """By itself: PostgreSQL alters no table that a transaction has just put rows beside."""

    dependencies = [("imports", "0002_report_in_parts")]

    operations = [migrations.RemoveField(model_name="run", name="report")]
