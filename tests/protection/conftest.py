import pytest
from cryptography.fernet import Fernet


@pytest.fixture
def key(settings):
    """A site with a register, in which nobody is yet, and a queue as it has one."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.REGISTER_KEYS = [Fernet.generate_key().decode()]
    return settings.REGISTER_KEYS[0]
