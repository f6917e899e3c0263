"""One record for all tests of this folder, loaded once."""

import pytest
from django.db import transaction
from django.test import override_settings

from advocacy.publishing.remembered import forget

from . import corpus


@pytest.fixture(scope="package")
def keys(django_db_setup, django_db_blocker, tmp_path_factory):
    """The key of all that can be found, by its place; in a transaction that is never committed."""
    media = tmp_path_factory.mktemp("media")
    tasks = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=media, TASKS=tasks),
        transaction.atomic(),
    ):
        forget()
        yield corpus.load()
        transaction.set_rollback(True)
    forget()


@pytest.fixture(autouse=True)
def loaded(keys):
    """Before each test begins a transaction of its own."""
