"""A model that has dates, for the tests alone."""

from django.db import models
from django.test.utils import isolate_apps

from advocacy.dates.fields import EDTFField

with isolate_apps("advocacy.dates"):

    class Event(models.Model):
        date = EDTFField(bounds=("date_earliest", "date_latest"))
        date_earliest = models.DateField(null=True, blank=True, editable=False, db_index=True)
        date_latest = models.DateField(null=True, blank=True, editable=False, db_index=True)
        other = EDTFField(blank=True)

        class Meta:
            app_label = "dates"

        def __str__(self) -> str:
            return str(self.date)
