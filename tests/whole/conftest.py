"""One site for all tests of this folder, loaded once."""

import pytest

from .record import loaded


@pytest.fixture(scope="package")
def record(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), loaded(tmp_path_factory.mktemp("whole")) as record:
        yield record


@pytest.fixture(autouse=True)
def own_places(record):
    """Those of the record, for all tests of this folder."""
