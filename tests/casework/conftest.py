from tests.protection.conftest import key  # noqa: F401  a fixture
