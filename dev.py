#!/usr/bin/env python3
"""The one entry for people: `python3 dev.py run` serves the site, `python3 dev.py test` tests it.

Needs Python 3.11 or later on Linux or macOS, and nothing that is not in its standard library:
everything else is installed into .venv from the hashed lock, requirements*.txt.
"""

import argparse
import base64
import hashlib
import importlib.util
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

if sys.version_info < (3, 11):  # noqa: UP036 - dev.py is started before anything is installed
    sys.exit("The site needs Python 3.11 or later.")

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RUNTIME, TEST = ROOT / "requirements.txt", ROOT / "requirements-test.txt"
# What a site is configured with must not reach its tests.
SETTINGS = {"SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "SITE_URL", "TRUSTED_PROXIES", "DATABASE_URL"}
SETTINGS |= {"MEDIA_ROOT", "VAR_DIR", "TIME_ZONE", "EMAIL_URL", "NKHR_STAFF_PASSWORD"}
SETTINGS |= {"STORE_BYTES", "REGISTER_KEY", "REGISTER_URL", "BACKUP_DIR", "BACKUP_RECIPIENTS"}
SETTINGS |= {"CHECK_LINKS"}
# Where it is set, each of the many programs that tests start would compile all it loads anew.
SETTINGS |= {"PYTHONDONTWRITEBYTECODE"}
# Requests each worker answers at a time; granian advises no more than this.
BLOCKING_THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)
# The Nu HTML checker as npm has it, and the SHA-512 of that package.
VNU = "26.9.27"
VNU_SHA512 = (
    "TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA=="
)
VNU_JAR = VENV / f"vnu-{VNU}.jar"
# What is run of tools that have no command of their name (tools/, node_tool).
CSP_EVALUATOR = "csp_evaluator/dist/evaluator.js"
OBSERVATORY = "@mdn/mdn-http-observatory/src/scan.js"
UV_COMPILE = ["pip", "compile", "--quiet", "--universal", "--python-version", "3.11.2"]
UV_COMPILE += ["--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-header"]

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


# --- The virtual environment ----------------------------------------------------------------


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


def without_settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in SETTINGS}


# --- run ------------------------------------------------------------------------------------


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
    os.chdir(ROOT)
    # In our place, so that signals and the service manager reach the server itself.
    os.execv(PYTHON, server(address, port, arguments.workers))


# --- test -----------------------------------------------------------------------------------


def find_chromium() -> str | None:
    for name in (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name) if name else None
        # Some are only the note that the browser could be installed.
        if path and attempt("Looking at Chromium", [path, "--version"])[0] == 0:
            return path
    script = (
        "from playwright.sync_api import sync_playwright as start\n"
        "with start() as playwright: print(playwright.chromium.executable_path)"
    )
    path = attempt("Looking for Chromium", [PYTHON, "-c", script])[1].strip()
    return path if Path(path).is_file() else None


def chromium() -> str:
    """The path of a Chromium for the browser tests, installed if need be."""
    if found := find_chromium():
        return found
    say("Installing Chromium for the tests.")
    output = ""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        attempt("Reading the lists of packages", ["apt-get", "update"], env)
        packages = ["chromium", "fonts-noto-cjk"]
        command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
        output += attempt("Installing Chromium", command, env)[1]
    if not (found := find_chromium()):
        output += attempt(
            "Installing Chromium", [PYTHON, "-m", "playwright", "install", "chromium"]
        )[1]
    if found := found or find_chromium():
        return found
    sys.exit(f"{output}\nNo Chromium could be installed: install one and name it in CHROMIUM.")


def html_checker() -> Path | None:
    """The jar of the Nu HTML checker, fetched if need be; None where it cannot be had or run."""
    if not shutil.which("java"):
        return None
    if VNU_JAR.is_file() or not shutil.which("npm"):
        return VNU_JAR if VNU_JAR.is_file() else None
    title = "Fetching the Nu HTML checker"
    say(f"{title}.")
    with tempfile.TemporaryDirectory() as place:
        command = ["npm", "pack", "--ignore-scripts", "--pack-destination", place]
        status, output = attempt(title, [*command, f"vnu-jar@{VNU}"])
        packages = list(Path(place).glob("*.tgz"))
        if status or len(packages) != 1:
            say(f"{output}\nThe Nu HTML checker could not be fetched: HTML is not checked with it.")
            return None
        digest = hashlib.sha512(packages[0].read_bytes()).digest()
        if base64.b64encode(digest).decode() != VNU_SHA512:
            sys.exit(f"The package vnu-jar {VNU} is not the one whose SHA-512 is known here.")
        with tarfile.open(packages[0]) as package:
            jar = package.extractfile("package/build/dist/vnu.jar")
            assert jar is not None
            half = VNU_JAR.with_suffix(".half")
            half.write_bytes(jar.read())
        half.replace(VNU_JAR)
    return VNU_JAR


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


def test(arguments: argparse.Namespace, rest: list[str]) -> int:
    """The whole suite on SQLite, then what touches the database again on PostgreSQL."""
    install(TEST)
    env = {**without_settings(), "NKHR_CHROMIUM": chromium()}
    tools = {
        "NKHR_VNU": html_checker(),
        "NKHR_CSP_EVALUATOR": node_tool("csp_evaluator", CSP_EVALUATOR),
        "NKHR_OBSERVATORY": node_tool("observatory", OBSERVATORY) if arguments.long else None,
    }
    env |= {name: str(path) for name, path in tools.items() if path}
    pytest = [PYTHON, "-m", "pytest", "-n", "auto", "--maxprocesses", "8", "--dist", "worksteal"]
    pytest += ["--color", "yes" if sys.stdout.isatty() else "auto"]
    pytest += [] if arguments.long else ["-m", "not long"]
    say("The whole suite, on SQLite.")
    status, on_sqlite = stream([*pytest, *rest], env)
    if status not in (0, 1):  # interrupted, misused, or nothing there: no second round of that
        return status
    say("\nWhat touches the database, on PostgreSQL.")
    again = [PYTHON, "-m", "tests.postgres", *pytest, *rest]
    second, on_postgresql = stream(again, {**env, "NKHR_DATABASE_TESTS_ONLY": "1"})
    nothing_selected = 5
    say(f"\nSQLite\n{on_sqlite}\nPostgreSQL\n{on_postgresql}")
    return status or (0 if second == nothing_selected else second)


# --- check, fix -----------------------------------------------------------------------------


def djade(*options: str) -> Command:
    tops = (ROOT / "templates", ROOT / "nkhr", ROOT / "advocacy")
    templates = [path for top in tops for path in top.rglob("*.html")]
    return [VENV / "bin" / "djade", "--target-version", "5.2", *options, *templates]


def check() -> int:
    """Everything that can be said of the code without running it; 1 if anything is to be said."""
    install(TEST)
    with tempfile.TemporaryDirectory() as place:
        local = {**without_settings(), "VAR_DIR": place, "MEDIA_ROOT": place}
        production = {
            **local,
            "SECRET_KEY": secrets.token_urlsafe(50),
            "SITE_URL": "https://www.example.org",
            "TRUSTED_PROXIES": "127.0.0.1",
        }
        manage = [PYTHON, "-W", "error", "manage.py"]
        deploy = [*manage, "check", "--deploy", "--fail-level", "WARNING", "--database", "default"]
        programs = VENV / "bin"
        checks: list[tuple[str, Command, dict[str, str]]] = [
            ("format", [programs / "ruff", "format", "--check"], local),
            ("lint", [programs / "ruff", "check"], local),
            ("templates", djade("--check"), local),
            ("types", [programs / "mypy"], local),
            ("layers", [programs / "lint-imports"], local),
            ("deployment", deploy, production),
            ("migrations", [*manage, "makemigrations", "--check", "--dry-run"], local),
            ("translations", [*manage, "messages", "--check"], local),
        ]
        failed = []
        with ThreadPoolExecutor() as several:
            outcomes = [
                several.submit(attempt, f"Checking {name}", command, env)
                for name, command, env in checks
            ]
            for (name, *_), outcome in zip(checks, outcomes, strict=True):
                status, output = outcome.result()
                if status:
                    failed.append(name)
                    say(output.rstrip())
                say(f"{name}: {'to be mended' if status else 'good'}")
    say(f"To be mended: {', '.join(failed)}." if failed else "All good.")
    return 1 if failed else 0


def fix() -> int:
    """Puts in order what a program can."""
    install(TEST)
    step("Formatting", [VENV / "bin" / "ruff", "format"])
    status, output = attempt("Mending", [VENV / "bin" / "ruff", "check", "--fix"])
    attempt("Formatting templates", djade())  # its status says that it changed something
    say(output.rstrip())
    return status


# --- bench ----------------------------------------------------------------------------------


def program(name: str, package: str = "") -> str | None:
    """The path of a program, installed as Debian's package if need be; None where it cannot be."""
    if not shutil.which(name) and os.geteuid() == 0 and shutil.which("apt-get"):
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        attempt("Reading the lists of packages", ["apt-get", "update"], env)
        command = ["apt-get", "install", "--yes", "--no-install-recommends", package or name]
        attempt(f"Installing {name}", command, env)
    if not (path := shutil.which(name)):
        say(f"{name} is not installed, and only root on Debian can have it installed from here.")
    return path


def node_tool(name: str, entry: str = "") -> Path | None:
    """A tool of npm from its lock in tools/, installed in .venv; None where it cannot be had.

    `entry` is the file of it that is run, below node_modules, where it has no command of its name.
    """
    if not shutil.which("npm"):
        say(f"{name} is not installed: it needs Node.js and npm.")
        return None
    source, place = ROOT / "tools" / name, VENV.resolve() / "tools" / name
    lock, known = source / "package-lock.json", place / "package-lock.json"
    found = place / "node_modules" / (entry or f".bin/{name}")
    if not (found.exists() and known.read_bytes() == lock.read_bytes()):
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(source, place)
        # Lighthouse and its like bring no browser along: what is there is used. No script of a
        # package is run: they would fetch more.
        env = {**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"}
        command: Command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--prefix", place]
        status, output = attempt(f"Installing {name}", command, env)
        if status:
            shutil.rmtree(place, ignore_errors=True)
            say(f"{output}\n{name} could not be installed.")
            return None
    return found


def bench(rest: list[str]) -> int:
    """Measures the site on a database and files of their own, which are thrown away."""
    install(TEST)
    tools = {
        "NKHR_WRK": program("wrk"),
        "NKHR_NGINX": program("nginx", "nginx-light"),
        "NKHR_LIGHTHOUSE": node_tool("lighthouse"),
        "NKHR_CHROMIUM": chromium(),
    }
    manage: Command = [PYTHON, "manage.py"]
    with tempfile.TemporaryDirectory() as place:
        env = {**without_settings(), "VAR_DIR": f"{place}/var", "MEDIA_ROOT": f"{place}/media"}
        env["BACKUP_DIR"] = "off"  # none while we measure
        if "--withdrawal" in rest:
            env["REGISTER_KEY"] = base64.urlsafe_b64encode(os.urandom(32)).decode()
        env |= {name: str(path) for name, path in tools.items() if path}
        for folder in ("var", "media"):
            Path(place, folder).mkdir()
        step("Making a database", [*manage, "migrate", "--verbosity", "0"], env)
        step("Gathering static files", [*manage, "collectstatic", "--verbosity", "0"], env)
        status = subprocess.run(
            [*manage, "bench", *rest], cwd=ROOT, env=env, check=False
        ).returncode
        if status or "--search" in rest or "--withdrawal" in rest:
            return status
        say("\nThe search once more, on PostgreSQL.")
        # The server brings an empty register of protected persons, which nobody gave a key for.
        alone = ["env", "-u", "REGISTER_URL", *manage, "bench", "--search"]
        again = [PYTHON, "-m", "tests.postgres", *alone]
        return subprocess.run(again, cwd=ROOT, env=env, check=False).returncode


# --- lock, messages, manage -----------------------------------------------------------------


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
        return test(arguments, rest)
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
