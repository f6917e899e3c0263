import pytest

from advocacy.accounts.models import User

from .signing_in import PASSWORD


@pytest.fixture
def person(db) -> User:
    """An editor with a name, an address and a password."""
    return User.objects.create_user("minji", "minji@example.org", PASSWORD, role="editor")


@pytest.fixture
def public(settings):
    """As on a public site, where a second factor is asked for."""
    settings.PRODUCTION = True
