"""The queue the site has, and somebody to do the work in it."""

import pytest

from tests.tasks import work


@pytest.fixture(autouse=True)
def _queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    work.done.clear()
