"""The people at the desk."""

from __future__ import annotations

import pytest

from tests.people import person


@pytest.fixture
def author():
    return person("author")


@pytest.fixture
def colleague():
    return person("author", "colleague")


@pytest.fixture
def editor():
    return person("editor")


@pytest.fixture
def publisher():
    return person("publisher")


@pytest.fixture
def desk(client, author):
    client.force_login(author)
    return client
