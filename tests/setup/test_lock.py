"""What the site is built from, to the byte."""

import re

import pytest
from django.conf import settings

LOCKS = ["requirements.txt", "requirements-test.txt"]


def read(name):
    return (settings.BASE_DIR / name).read_text(encoding="utf-8")


def pins(name):
    """Each entry of a lock, as (package, version, markers and hashes)."""
    entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"(?m)^ *#.*\n", "", read(name)).strip())
    return [re.fullmatch(r"(\S+)==(\S+) (.*)", entry, re.DOTALL).groups() for entry in entries]


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_names_no_place_to_download_from(name):
    assert not re.search(r"://|file:|--index|--extra-index|--find-links|--trusted|@ ", read(name))


@pytest.mark.parametrize("name", LOCKS)
def test_each_package_is_locked_once_by_hash_for_every_python(name):
    locked = pins(name)
    packages = [package for package, _, _ in locked]
    assert len(packages) == len(set(packages))
    for package, _, rest in locked:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", rest), package


def test_the_tests_run_on_what_the_site_runs_on():
    runtime = {(package, version) for package, version, _ in pins("requirements.txt")}
    assert runtime <= {(package, version) for package, version, _ in pins("requirements-test.txt")}


def test_the_lock_keeps_to_the_long_term_release_of_django():
    [version] = [version for package, version, _ in pins("requirements.txt") if package == "django"]
    assert version.startswith("5.2.")
