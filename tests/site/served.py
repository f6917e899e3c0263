"""The settings of the site that serving.py starts: static files from where they lie, ungathered."""

from nkhr.settings import *  # noqa: F403
from nkhr.settings import STORAGES

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

BACKUP_DIR = None
CHECK_LINKS = False
WHITENOISE_USE_FINDERS = True
