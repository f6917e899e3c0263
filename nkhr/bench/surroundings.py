"""What was measured on: the machine, and the programs that took part."""

from __future__ import annotations

import os
import platform
import sqlite3
import subprocess
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

import django
from django.db import connection


def told() -> str:
    """The day, the machine and the programs, in two lines."""
    return f"{date.today():%Y-%m-%d}. {machine()}\n{versions()}"  # noqa: DTZ011  the reader's day


def machine() -> str:
    """The processors as the machine names them."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
        return f"{len(names)} × {names[0]}, {platform.system()} {platform.release()}."
    except (OSError, IndexError):
        return f"{platform.processor() or sys.platform}."


def database() -> str:
    number = ".".join(map(str, connection.get_database_version()))
    return f"{connection.display_name} {number}"


def versions() -> str:
    said = [f"Python {platform.python_version()}", f"Django {django.__version__}"]
    said += [f"granian {version('granian')}", f"SQLite {sqlite3.sqlite_version}"]
    for name in ("NKHR_NGINX", "NKHR_WRK"):
        if program := os.environ.get(name):
            done = subprocess.run([program, "-v"], capture_output=True, text=True, check=False)  # noqa: S603
            said.append((done.stdout + done.stderr).splitlines()[0].split("Copyright")[0].strip())
    return ", ".join(said) + "."
