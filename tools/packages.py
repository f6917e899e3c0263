"""The packages of Python: .venv as the hashed lock has it, and the lock itself."""

import hashlib
import importlib.util
import os
import re
import shutil
import sys
from pathlib import Path

from .commands import ROOT, Command, attempt, say, step

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RUNTIME, TEST = ROOT / "requirements.txt", ROOT / "requirements-test.txt"
UV_COMPILE = ["pip", "compile", "--quiet", "--universal", "--python-version", "3.11.2"]
UV_COMPILE += ["--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-header"]


def make_venv() -> None:
    """.venv, with a pip of its own where this Python can bring one."""
    shutil.rmtree(VENV, ignore_errors=True)
    create = [sys.executable, "-m", "venv", VENV]
    if importlib.util.find_spec("ensurepip"):
        status, _ = attempt("Making .venv", create)
        if status == 0:
            return
        shutil.rmtree(VENV, ignore_errors=True)
    # Debian keeps ensurepip in a package of its own (python3-venv); its pip can serve .venv too.
    step("Making .venv", [*create, "--without-pip"])


def pip() -> Command:
    if any(VENV.glob("lib/python*/site-packages/pip")):
        return [PYTHON, "-m", "pip"]
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", "--python", PYTHON]
    sys.exit("This Python has no pip: install python3-pip or python3-venv, then try again.")


def install(lock: Path) -> None:
    """Brings .venv to the lock; does nothing when it has been brought there before."""
    if not PYTHON.exists():
        make_venv()
    stamp = VENV / f".{lock.stem}.sha256"
    state = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == state:
        return
    title = f"Installing what {lock.name} lists"
    say(f"{title}.")
    options = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    step(title, [*pip(), "install", *options, "--require-hashes", "-r", lock])
    stamp.write_text(state)


def lock(*, upgrade: bool) -> None:
    """Compiles pyproject.toml anew into the two hashed lists."""
    uv = shutil.which("uv")
    if not uv:
        sys.exit("The lock is compiled with uv, which is not installed: see docs.astral.sh/uv.")
    # No address of an index and no path of this machine may get into the lock.
    env = {
        name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))
    }
    options = [*UV_COMPILE, *(["--upgrade"] if upgrade else []), "pyproject.toml"]
    step("Locking", [uv, *options, "-o", RUNTIME.name], env)
    constrained = [*options, "--group", "test", "-c", RUNTIME.name, "-o", TEST.name]
    step("Locking for tests", [uv, *constrained], env)
    for path in (RUNTIME, TEST):
        if found := re.search(r"^.*(?:://|--find-links|--index|file:).*$", path.read_text(), re.M):
            sys.exit(f"{path.name} names a place: {found[0]}")
