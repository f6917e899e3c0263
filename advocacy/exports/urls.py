from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import views


class TableConverter(StringConverter):
    """The four forms of a table, by the ending of its address."""

    regex = "csv|xlsx|jsonl|json"


register_converter(TableConverter, "table")

app_name = "exports"
urlpatterns = [
    path("<lang:language>/milestones/export.<table:ending>", views.milestones, name="milestones"),
    path("<lang:language>/documents/export.<table:ending>", views.documents, name="documents"),
    path("<lang:language>/meetings/calendar.ics", views.calendar, name="calendar"),
]
