"""How other programs are run: quietly or in sight, and never left behind."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

Command = Sequence[Any]  # a program and its arguments: strings and paths


def say(sentence: str) -> None:
    print(sentence, flush=True)


def finish(process: subprocess.Popen) -> None:
    """Ends a child that must not outlive us."""
    if process.poll() is None:
        process.terminate()
        process.wait()


def attempt(title: str, command: Command, env: dict[str, str] | None = None) -> tuple[int, str]:
    """Runs a command quietly and returns its status and output; tells how long it is taking."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        try:
            pause = 2.0
            while True:
                try:
                    status = process.wait(timeout=pause)
                    break
                except subprocess.TimeoutExpired:
                    pause = 5.0
                    say(f"{title} … {time.monotonic() - start:.0f} s")
        finally:
            finish(process)
        output.seek(0)
        return status, output.read().decode(errors="replace")


def step(title: str, command: Command, env: dict[str, str] | None = None) -> None:
    """A command that must succeed, or we end with its output."""
    status, output = attempt(title, command, env)
    if status:
        sys.exit(f"{output}\n{title}: failed. What went wrong is said above.")


def stream(command: Command, env: dict[str, str]) -> tuple[int, str]:
    """Runs a command in sight; returns its status and the last line it wrote."""
    tail = b""
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        try:
            assert process.stdout is not None
            while part := os.read(process.stdout.fileno(), 65536):
                sys.stdout.buffer.write(part)
                sys.stdout.buffer.flush()
                tail = (tail + part)[-4096:]
            status = process.wait()
        finally:
            finish(process)
    return status, (tail.decode(errors="replace").strip().splitlines() or [""])[-1]
