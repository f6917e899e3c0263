import pytest
from django.db import connection

from tests.dates.models import Event


@pytest.fixture(scope="session")
def events(django_db_setup, django_db_blocker):
    """The table of `Event`; SQLite makes tables only outside a test's transaction."""
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Event)
        yield
        with connection.schema_editor() as editor:
            editor.delete_model(Event)
