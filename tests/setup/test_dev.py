"""dev.py, as people on machines of all kinds call it."""

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import zipfile
from contextlib import closing

import pytest
from django.conf import settings

import dev
from tools.checks import without_settings

BASE_PYTHON = getattr(sys, "_base_executable", sys.executable)


def call(place, *words, **variables):
    """The outcome of the dev.py in `place`, called with the Python that .venv was made from."""
    return subprocess.run(
        [BASE_PYTHON, place / "dev.py", *words],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def wheel(place, version):
    """A package `tiny` of one module, as pip takes it; returns a lock that lists it."""
    path = place / f"tiny-{version}-py3-none-any.whl"
    info = f"tiny-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("tiny.py", f"version = '{version}'\n")
        archive.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n"
        )
        archive.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{info}/RECORD", "")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"--no-index\n--find-links {place}\ntiny=={version} --hash=sha256:{digest}\n"


@pytest.fixture
def checkout(tmp_path):
    """A directory with dev.py and a lock of one tiny package, which needs no network."""
    place = tmp_path / "checkout"
    place.mkdir()
    shutil.copy(settings.BASE_DIR / "dev.py", place)
    (place / "tools").mkdir()
    for module in (settings.BASE_DIR / "tools").glob("*.py"):
        shutil.copy(module, place / "tools")
    (place / "requirements.txt").write_text(wheel(tmp_path, "1.0"))
    return place


@pytest.fixture
def no_ensurepip(tmp_path):
    """The environment of a Python whose ensurepip is in a package that is not installed."""
    place = tmp_path / "broken"
    place.mkdir()
    (place / "sitecustomize.py").write_text("import sys; sys.modules['ensurepip'] = None\n")
    return {"PYTHONPATH": str(place)}


def installed(place):
    script = "import tiny; print(tiny.version)"
    return subprocess.run(
        [place / ".venv" / "bin" / "python", "-c", script],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


@pytest.mark.long
def test_setup_makes_an_environment_from_the_lock(checkout):
    outcome = call(checkout, "setup")
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert installed(checkout) == "1.0"


def test_setup_works_where_the_environment_gets_no_pip_of_its_own(checkout, no_ensurepip):
    outcome = call(checkout, "setup", **no_ensurepip)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert installed(checkout) == "1.0"
    assert not list(checkout.glob(".venv/lib/python*/site-packages/pip"))


def test_a_second_setup_does_nothing_until_the_lock_changes(checkout, tmp_path, no_ensurepip):
    call(checkout, "setup", **no_ensurepip)
    assert call(checkout, "setup", **no_ensurepip).stdout == ""
    (checkout / "requirements.txt").write_text(wheel(tmp_path, "2.0"))
    assert "requirements.txt" in call(checkout, "setup", **no_ensurepip).stdout
    assert installed(checkout) == "2.0"


def test_a_package_that_is_not_what_was_locked_is_not_installed(checkout, tmp_path, no_ensurepip):
    other = hashlib.sha256(b"something else").hexdigest()
    lock = (checkout / "requirements.txt").read_text().partition("sha256:")[0]
    (checkout / "requirements.txt").write_text(f"{lock}sha256:{other}\n")
    for _ in range(2):  # the failed one leaves nothing that would make the next look done
        outcome = call(checkout, "setup", **no_ensurepip)
        assert outcome.returncode == 1
        assert "do not match the hashes" in outcome.stderr.lower()
        assert "Traceback" not in outcome.stderr


@pytest.mark.long
def test_an_environment_whose_python_is_gone_is_made_anew(checkout, no_ensurepip):
    call(checkout, "setup", **no_ensurepip)
    python = checkout / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to(checkout / "gone")
    assert call(checkout, "setup", **no_ensurepip).returncode == 0
    assert installed(checkout) == "1.0"


def test_a_port_in_use_is_told_in_one_sentence(checkout):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        outcome = call(checkout, "run", "--port", str(port))
    assert outcome.returncode == 1
    assert outcome.stderr.count("\n") == 1
    assert f"port {port}" in outcome.stderr
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize(
    "words",
    [["run", "--port", "0"], ["run", "--port", "http"], ["run", "--workers", "0"], ["frob"]],
)
def test_a_wrong_word_is_explained(checkout, words):
    outcome = call(checkout, *words)
    misused = 2
    assert outcome.returncode == misused
    assert "usage:" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_a_python_that_is_too_old_is_told_in_one_sentence(tmp_path):
    """Before anything else of ours is read, which it might not understand."""
    shutil.copy(settings.BASE_DIR / "dev.py", tmp_path)
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.version_info = (3, 10)\n")
    outcome = call(tmp_path, "run", PYTHONPATH=str(tmp_path))
    assert (outcome.returncode, outcome.stderr) == (1, "The site needs Python 3.11 or later.\n")


def test_words_that_test_does_not_know_go_to_pytest():
    arguments, rest = dev.parse(["test", "--long", "tests/hits", "-k", "fold"])
    assert arguments.long
    assert rest == ["tests/hits", "-k", "fold"]


def test_all_words_after_manage_go_to_django():
    assert dev.parse(["manage", "check", "--deploy", "--help"])[1] == [
        "check",
        "--deploy",
        "--help",
    ]


def test_what_a_site_is_configured_with_does_not_reach_its_tests(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://the/record")
    monkeypatch.setenv("UNRELATED", "kept")
    env = without_settings()
    assert "DATABASE_URL" not in env
    assert env["UNRELATED"] == "kept"


def test_tests_keep_what_python_has_compiled(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert "PYTHONDONTWRITEBYTECODE" not in without_settings()


def test_ending_dev_py_ends_what_it_started(checkout, tmp_path):
    """A sitecustomize makes pip wait, so that the end comes in the middle of setup."""
    mark = tmp_path / "pid"
    (tmp_path / "slow").mkdir()
    (tmp_path / "slow" / "sitecustomize.py").write_text(
        "import os, sys, time\n"
        "if 'venv' in sys.orig_argv:\n"
        f"    open({str(mark)!r}, 'w').write(str(os.getpid()))\n"
        "    time.sleep(60)\n"
    )
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "slow")}
    process = subprocess.Popen([BASE_PYTHON, checkout / "dev.py", "setup"], env=env)
    while not (mark.exists() and mark.read_text()):
        assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=10) == 128 + signal.SIGTERM
    with pytest.raises(ProcessLookupError):
        os.kill(int(mark.read_text()), 0)


def test_the_second_round_runs_what_touches_the_database_and_nothing_else():
    files = ["tests/setup/test_prepare.py", "tests/setup/test_lock.py"]
    collected = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *files],
        cwd=settings.BASE_DIR,
        env={**os.environ, "NKHR_DATABASE_TESTS_ONLY": "1"},
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    assert "test_prepare.py::test_the_first_start_loads" in collected
    assert "test_lock.py" not in collected


def test_a_command_gets_a_postgresql_of_its_own_and_its_status_comes_back():
    script = (
        "import os, sys, psycopg\n"
        "with psycopg.connect(os.environ['DATABASE_URL']) as connection:\n"
        "    print(connection.execute('show server_version_num').fetchone()[0])\n"
        "sys.exit(7)"
    )
    outcome = subprocess.run(
        [sys.executable, "-m", "tests.postgres", sys.executable, "-c", script],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    status_of_the_command = 7
    assert outcome.returncode == status_of_the_command, outcome.stderr
    assert outcome.stdout.strip().isdecimal()
