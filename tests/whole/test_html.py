"""Every kind of public page, and the style sheet, before the Nu HTML checker."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client, RequestFactory

from nkhr import errors
from tools.programs import VNU_JAR

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(scope="session")
def checker():
    """The words that start it; without Java or the jar its tests are skipped, not on CI."""
    jar = Path(os.environ.get("NKHR_VNU") or VNU_JAR)
    java = shutil.which("java")
    if java and jar.is_file():
        return [java, "-jar", str(jar), "--format", "json", "--stdout", "--exit-zero-always"]
    missing = (
        f"The Nu HTML checker is not at {jar}: `dev.py test` fetches it where npm is."
        if java
        else "HTML is not checked: the Nu HTML checker needs Java, which is not installed."
    )
    if java and os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


def complaints(checker, *files: Path) -> list[str]:
    """What it says of all of them, in one process."""
    outcome = subprocess.run(
        [*checker, "--also-check-css", *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.stdout, outcome.stderr
    return [
        f"{Path(message['url']).name}:{message.get('lastLine')}: {message['message']} "
        f"{message.get('extract', '')!r}"
        for message in json.loads(outcome.stdout)["messages"]
    ]


def every_page(record) -> dict[str, str]:
    """HTML by a name that can be that of a file."""
    client = Client()
    request = RequestFactory().get("/en/")
    pages = {f"empty {path}": html for path, html in record.empty.items()}
    for (language, kind), path in record.paths.items():
        pages[f"{language} {kind}"] = client.get(path).content.decode()
    for answer in (
        errors.broken(request),
        Client(enforce_csrf_checks=True).post("/admin/sign-in/"),
    ):
        pages[f"status {answer.status_code}"] = answer.content.decode()
    return {
        name.replace("/", ".").replace(":", "").replace(" ", "-"): html
        for name, html in pages.items()
    }


def test_every_public_page_and_the_style_sheet_are_valid(checker, record, tmp_path):
    files = []
    for name, html in every_page(record).items():
        files.append(tmp_path / f"{name}.html")
        files[-1].write_text(html)
    assert len(files) > 60
    style = Path(finders.find("site.css"))
    assert not (found := complaints(checker, *files, style)), "\n".join(found)


def test_what_is_invalid_is_complained_of(checker, tmp_path):
    """Were the checker started wrongly, every page would pass."""
    page, style = tmp_path / "page.html", tmp_path / "style.css"
    page.write_text("<!DOCTYPE html><html lang=en><title>A</title><p>b</div></html>")
    style.write_text("p { colr: red }")
    found = complaints(checker, page, style)
    assert [line.partition(":")[0] for line in found] == ["page.html", "style.css"]
