"""The settings of the site that test_server.py serves: static files as they are, ungathered."""

from nkhr.settings import *  # noqa: F403
from nkhr.settings import STORAGES

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
