"""The site as the public has it: production's settings, behind a server that ends TLS."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accounts.signing_in import code_of
from tests.site.serving import PASSWORD, PUBLIC, serve
from tests.site.tls import certificate, front
from tools.packages import VENV
from tools.programs import OBSERVATORY


@pytest.fixture(scope="module")
def trusted(tmp_path_factory) -> Path:
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def host(tmp_path_factory, trusted):
    """Where it is, by https and by http: `localhost:12345`."""
    with (
        serve(tmp_path_factory.mktemp("public"), **PUBLIC) as site,
        front(site, trusted) as port,
    ):
        yield f"localhost:{port}"


# --- In a browser -----------------------------------------------------------------------------------


@pytest.fixture
def page(chromium: Browser, host):
    context = chromium.new_context(base_url=f"https://{host}", ignore_https_errors=True)
    page = context.new_page()
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("console", lambda said: page.problems.append(said.text))
    yield page
    context.close()


@pytest.fixture(scope="module")
def cookies(chromium: Browser, host):
    """Of somebody who has signed in, with the second factor that the public site asks for."""
    context = chromium.new_context(base_url=f"https://{host}", ignore_https_errors=True)
    page = context.new_page()
    page.goto("/admin/")
    page.fill("#id_login", "staff")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.goto("/admin/sign-in/yours/app/")
    page.get_by_label("six digits").fill(code_of(page.locator("code.key").inner_text()))
    page.get_by_label("six digits").press("Enter")
    expect(page.locator(".codes li")).to_have_count(10)
    yield context.cookies()
    context.close()


def sign_in(page: Page, cookies: list[Any]) -> None:
    page.context.add_cookies(cookies)
    page.goto("/admin/")
    expect(page.locator("h1")).to_have_text("Desk")


def is_shown_elsewhere(page: Page, picture: str) -> bool:
    """Whether a page of another site can show a picture of ours."""
    return page.evaluate(
        """address => new Promise((done) => {
            const picture = new Image()
            picture.onload = () => done(true)
            picture.onerror = () => done(false)
            picture.src = address
        })""",
        picture,
    )


def follow_elsewhere(page: Page) -> str:
    """What a site of another name is told, when a link on this page leads there."""
    port = page.url.split(":")[2].split("/")[0]
    page.evaluate(
        """address => {
            const link = document.createElement("a")
            link.href = address
            document.body.append(link)
            link.click()
        }""",
        f"https://127.0.0.1:{port}/en/",
    )
    page.wait_for_url("https://127.0.0.1:*/en/")
    return page.evaluate("document.referrer")


@pytest.mark.browser
def test_forms_of_staff_are_taken_over_https_where_they_must_say_where_they_come_from(
    page, cookies
):
    sign_in(page, cookies)
    page.goto("/admin/news/tag/add/")
    page.fill("#id_name", "Geneva")
    page.fill("#id_slug", "geneva")
    page.click("[name=_save]")
    expect(page.locator(".messagelist")).to_contain_text("Geneva")
    assert page.problems == []


@pytest.mark.browser
def test_nobody_else_learns_where_at_the_desk_somebody_was(page, cookies):
    page.goto("/en/news/?year=2015", wait_until="load")
    origin = page.evaluate("location.origin") + "/"
    assert follow_elsewhere(page) == origin
    page.goto(origin)
    sign_in(page, cookies)
    page.goto("/admin/news/tag/")
    assert follow_elsewhere(page) == ""


@pytest.mark.browser
def test_at_the_desk_no_script_runs_that_somebody_else_put_into_the_page(page, cookies):
    sign_in(page, cookies)
    blocked = page.evaluate(
        """async () => {
            const blocked = []
            document.addEventListener("securitypolicyviolation", (event) => {
                blocked.push(event.violatedDirective)
            })
            const inline = document.createElement("script")
            inline.textContent = "window.ran = true"
            const ours = document.createElement("script") // even of our own address
            ours.src = "/static/admin-names.js"
            document.body.append(inline, ours)
            document.body.insertAdjacentHTML("beforeend", '<img src="/static/og.png" onload="ran = true">')
            await new Promise((done) => setTimeout(done, 500))
            return [blocked.sort(), "ran" in window]
        }"""
    )
    assert blocked == [["script-src-attr", "script-src-elem", "script-src-elem"], False]


@pytest.fixture
def another_site():
    """A server of its own: what a test puts in its place counts as far away, and may not ask us."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()

        def log_message(self, *words: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.mark.browser
def test_other_sites_may_show_the_picture_of_a_shared_link_and_nothing_else(
    page, host, another_site
):
    page.goto(another_site)
    assert is_shown_elsewhere(page, f"https://{host}/static/og.png")
    assert not is_shown_elsewhere(page, f"https://{host}/static/favicon.svg")


# --- The HTTP Observatory ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scanner(trusted):
    """The words that start it, and the environment in which it knows our certificate."""
    installed = VENV / "tools" / "observatory" / "node_modules" / OBSERVATORY
    script = Path(os.environ.get("NKHR_OBSERVATORY") or installed)
    node = shutil.which("node")
    if not node:
        pytest.skip("The site is not scanned: the HTTP Observatory needs Node, which is missing.")
    if not script.is_file():
        missing = f"The HTTP Observatory is not at {script}: `dev.py test --long` installs it."
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    # It would fetch the list of hosts that browsers know as https alone; of this machine none is.
    (script.parents[1] / "conf" / "hsts-preload.json").write_text("{}")
    return [node, str(script)], {**os.environ, "NODE_EXTRA_CA_CERTS": str(trusted)}


def scanned(scanner, address: str) -> dict[str, Any]:
    command, env = scanner
    outcome = subprocess.run(
        [*command, address], env=env, capture_output=True, text=True, check=True
    )
    return json.loads(outcome.stdout)


@pytest.mark.long
@pytest.mark.parametrize("path", ["/", "/en/", "/admin/sign-in/", "/robots.txt"])
def test_every_rule_of_the_http_observatory_is_kept(scanner, host, path, capsys):
    result = scanned(scanner, host + path)
    broken = {name: test["result"] for name, test in result["tests"].items() if not test["pass"]}
    assert not broken
    assert len(result["tests"]) == result["scan"]["testsPassed"] == 10
    grade, score = result["scan"]["grade"], result["scan"]["score"]
    with capsys.disabled():
        print(f"\nHTTP Observatory: {grade} ({score}) for {path}")
    assert grade == "A+"
