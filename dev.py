#!/usr/bin/env python3
"""The one entry for people: `python3 dev.py run` serves the site, `python3 dev.py test` tests it.

Needs Python 3.11 or later on Linux or macOS, and nothing that is not in its standard library:
everything else is installed into .venv from the hashed lock, requirements*.txt.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable

if sys.version_info < (3, 11):  # noqa: UP036 - dev.py is started before anything is installed
    sys.exit("The site needs Python 3.11 or later.")

from tools.checks import bench, check, fix, test
from tools.commands import ROOT, say
from tools.packages import PYTHON, RUNTIME, TEST, install, lock

# Requests each worker answers at a time; granian advises no more than this.
BLOCKING_THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)


def free_address(host: str, port: int) -> str:
    """The address of `host`, once it is sure that `port` can be served there."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        family, kind, protocol, _, address = found[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
        return str(address[0])
    except OSError as error:
        sys.exit(
            f"Cannot serve on {host} port {port} ({error.strerror}): "
            "stop what uses it, or choose another with --port."
        )


def server(address: str, port: int, workers: int) -> list[str]:
    """The command that serves the site."""
    options = f"--interface wsgi --no-ws --log-level warning --host {address} --port {port} "
    options += f"--workers {workers} --blocking-threads {BLOCKING_THREADS} "
    options += "--backlog 1024 --respawn-failed-workers --workers-kill-timeout 20"
    return [str(PYTHON), "-m", "granian", *options.split(), "nkhr.wsgi:application"]


def run(arguments: argparse.Namespace) -> None:
    host, port = arguments.host, arguments.port
    address = free_address(host, port)
    install(RUNTIME)
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    here = f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
    if shown in ("127.0.0.1", "::1", "localhost"):
        os.environ.setdefault("SITE_URL", here)
    if status := subprocess.run([PYTHON, "manage.py", "prepare"], cwd=ROOT, check=False).returncode:
        sys.exit(status)
    site = os.environ.get("SITE_URL", here).rstrip("/")
    say(f"The site is at {site}/ and its admin at {site}/admin/. Ctrl-C ends it.")
    # Each thread would take memory of its own, and keep it.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    os.chdir(ROOT)
    # In our place, so that signals and the service manager reach the server itself.
    os.execv(PYTHON, server(address, port, arguments.workers))


def whole_number(most: int) -> Callable[[str], int]:
    """A type of argparse: from 1 to `most`."""

    def read(text: str) -> int:
        if text.isdecimal() and 1 <= int(text) <= most:
            return int(text)
        raise argparse.ArgumentTypeError(f"must be a number from 1 to {most}")

    return read


def parse(words: list[str]) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(
        prog="dev.py", description="Run, test and look after the site."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    commands.add_parser("setup", help="make .venv and install what the site needs")
    serve = commands.add_parser("run", help="set up and serve the site")
    serve.add_argument("--host", default="127.0.0.1", help="address to serve on (%(default)s)")
    serve.add_argument(
        "--port", default=8000, type=whole_number(65535), help="port to serve on (%(default)s)"
    )
    serve.add_argument(
        "--workers", default=2, type=whole_number(256), help="server processes (%(default)s)"
    )
    tests = commands.add_parser("test", help="run the tests; what is not known here goes to pytest")
    tests.add_argument("--long", action="store_true", help="with kill loops and full matrices")
    commands.add_parser("check", help="format, lint, types, layers, deployment, migrations")
    commands.add_parser("fix", help="format, and mend what can be mended by itself")
    commands.add_parser("bench", help="measure the site against its budgets")
    commands.add_parser("manage", help="Django's own commands: dev.py manage help")
    commands.add_parser("messages", help="bring the translations in step with the code")
    relock = commands.add_parser("lock", help="compile pyproject.toml into requirements*.txt")
    relock.add_argument("--upgrade", action="store_true", help="take the newest versions allowed")
    if words[:1] == ["manage"]:
        return argparse.Namespace(command="manage"), words[1:]
    arguments, rest = parser.parse_known_args(words)
    if rest and arguments.command not in ("test", "bench"):
        parser.error(f"not understood: {' '.join(rest)}")
    return arguments, rest


def main(words: list[str]) -> int:
    arguments, rest = parse(words)
    # Ends as by exit, so that what we started ends with us.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    command = arguments.command
    if command == "run":
        run(arguments)
    if command == "test":
        return test(rest, long=arguments.long)
    if command == "check":
        return check()
    if command == "fix":
        return fix()
    if command == "bench":
        return bench(rest)
    if command == "lock":
        lock(upgrade=arguments.upgrade)
        return 0
    # setup, manage, messages
    install(TEST if command == "messages" else RUNTIME)
    if command == "setup":
        return 0
    django = rest if command == "manage" else ["messages"]
    return subprocess.run([PYTHON, ROOT / "manage.py", *django], check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
