"""The programs that tests and benchmarks need, found here or fetched."""

import base64
import hashlib
import os
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path

from .commands import ROOT, Command, attempt, say
from .packages import PYTHON, VENV

# The Nu HTML checker as npm has it, and the SHA-512 of that package.
VNU = "26.9.27"
VNU_SHA512 = (
    "TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA=="
)
VNU_JAR = VENV / f"vnu-{VNU}.jar"
# What is run of tools that have no command of their name (tools/, node_tool).
CSP_EVALUATOR = "csp_evaluator/dist/evaluator.js"
OBSERVATORY = "@mdn/mdn-http-observatory/src/scan.js"


def install_on_debian(name: str, *packages: str) -> str:
    """Where we are root on Debian, installs its packages and returns the output of that."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return ""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    attempt("Reading the lists of packages", ["apt-get", "update"], env)
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    return attempt(f"Installing {name}", command, env)[1]


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
    output = install_on_debian("Chromium", "chromium", "fonts-noto-cjk")
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


def program(name: str, package: str = "") -> str | None:
    """The path of a program, installed as Debian's package if need be; None where it cannot be."""
    if not shutil.which(name):
        install_on_debian(name, package or name)
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
