from collections.abc import Iterator

import pytest

from . import sites


@pytest.fixture
def site() -> Iterator[sites.Site]:
    with sites.site() as one:
        yield one


@pytest.fixture
def inner() -> Iterator[sites.Site]:
    """A site of this machine that nobody may be led to."""
    with sites.site() as one:
        yield one
