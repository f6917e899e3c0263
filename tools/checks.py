"""How good the code is: by reading it (check, fix), by running it (test), by measuring it (bench)."""

import base64
import os
import secrets
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .commands import ROOT, Command, attempt, say, step, stream
from .packages import PYTHON, TEST, VENV, install
from .programs import CSP_EVALUATOR, OBSERVATORY, chromium, html_checker, node_tool, program

# What a site is configured with must not reach its tests.
SETTINGS = {"SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "SITE_URL", "TRUSTED_PROXIES", "DATABASE_URL"}
SETTINGS |= {"MEDIA_ROOT", "VAR_DIR", "TIME_ZONE", "EMAIL_URL", "NKHR_STAFF_PASSWORD"}
SETTINGS |= {"STORE_BYTES", "REGISTER_KEY", "REGISTER_URL", "BACKUP_DIR", "BACKUP_RECIPIENTS"}
SETTINGS |= {"CHECK_LINKS"}
# Where it is set, each of the many programs that tests start would compile all it loads anew.
SETTINGS |= {"PYTHONDONTWRITEBYTECODE"}


def without_settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in SETTINGS}


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


def test(rest: list[str], *, long: bool) -> int:
    """The whole suite on SQLite, then what touches the database again on PostgreSQL."""
    install(TEST)
    env = {**without_settings(), "NKHR_CHROMIUM": chromium()}
    tools = {
        "NKHR_VNU": html_checker(),
        "NKHR_CSP_EVALUATOR": node_tool("csp_evaluator", CSP_EVALUATOR),
        "NKHR_OBSERVATORY": node_tool("observatory", OBSERVATORY) if long else None,
    }
    env |= {name: str(path) for name, path in tools.items() if path}
    pytest = [PYTHON, "-m", "pytest", "-n", "auto", "--maxprocesses", "8", "--dist", "worksteal"]
    pytest += ["--color", "yes" if sys.stdout.isatty() else "auto"]
    pytest += [] if long else ["-m", "not long"]
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
