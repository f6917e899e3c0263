"""A real Chromium for tests marked `browser`: fixtures `chromium`, `page`, `staff_page`.

A page that logs an error, throws, or breaks the Content Security Policy fails its test; a test
that provokes one on purpose empties `page.problems`.
"""

import os
import shutil
import signal
import threading
import time
from collections.abc import Sequence

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings as django_settings
from playwright.sync_api import Browser, BrowserType, Page, sync_playwright

from tests.accounts.signing_in import sign_in

# Playwright's sync API runs an event loop, in which Django would refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

#: Among what Chromium does not do for a test: prepare, for every tab, the list below its bar of
#: addresses. Of two such switches it hears the last: the names that Playwright gives stand here too.
WITHOUT = [
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"),
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "AvoidCorsURLLoaderRestartOnRedirect"),
    *("HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "ThirdPartyStoragePartitioning"),
    *("DestroyProfileOnBrowserClose", "PaintHolding", "LensOverlay", "MediaRouter"),
    *("OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
]
#: Width in pixels and colour scheme a page is looked at in: each once, and each with each.
SOME = [(390, "light"), (1280, "dark")]
VIEWS = [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]
usual_views = VIEWS  # of the quick suite SOME, see conftest
AXE_RULES = {
    "resultTypes": ["violations"],
    "preload": False,  # axe would fetch what style sheets import, from the wrong place
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        try:
            browser = launch(playwright.chromium)
        except Exception as error:
            pytest.fail(f"Chromium does not start ({error}); `python3 dev.py test` installs one.")
        yield browser
        browser.close()


def launch(chromium: BrowserType) -> Browser:
    """A browser of its own: what kills its tabs leaves those of others alone."""
    path = os.environ.get("NKHR_CHROMIUM") or shutil.which("chromium")
    return chromium.launch(
        executable_path=path, args=["--no-sandbox", f"--disable-features={','.join(WITHOUT)}"]
    )


@pytest.fixture
def page(chromium: Browser, live_server):
    """An empty page at 1280 × 900; relative addresses lead to the live server."""
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 1280, "height": 900}, locale="en-GB"
    )
    page = context.new_page()
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(f"thrown: {error}"))
    page.on(
        "console",
        lambda message: (
            page.problems.append(f"{message.type}: {message.text}")
            if message.type in ("error", "warning")
            else None
        ),
    )
    yield page
    problems = page.problems
    context.close()
    wait_for_answers()
    assert not problems, "\n".join(problems)


@pytest.fixture
def staff_page(page: Page, live_server, client, django_user_model):
    """A page of somebody who may do everything at the desk."""
    staff = django_user_model.objects.create_superuser("editor", password="a long pass phrase")
    sign_in(client, staff)
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.staff = staff
    return page


def wait_for_answers() -> None:
    """Until the threads of a live server have heard that its browser is gone: they close a database
    that a test shared with them, which they may no longer do when it has ended.
    """
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(5)


def crash(page: Page) -> Page:
    """Kill the processes of all tabs, so that none can do anything any more, and open another."""
    browser = page.context.browser.new_browser_cdp_session()

    def renderers() -> set[int]:
        told = browser.send("SystemInfo.getProcessInfo")["processInfo"]
        return {process["id"] for process in told if process["type"] == "renderer"}

    killed = renderers()
    with page.expect_event("crash"):
        for process in killed:
            os.kill(process, signal.SIGKILL)
    # The browser holds a process in reserve for the next tab: until it knows that this one is dead,
    # it would open the tab in it.
    until = time.monotonic() + 5
    while killed & renderers() and time.monotonic() < until:
        time.sleep(0.05)
    fresh = page.context.new_page()
    fresh.problems = page.problems
    page.close()
    return fresh


def accessibility_problems(page: Page, views: Sequence[tuple[int, str]] | None = None) -> list[str]:
    """What axe finds on the page as it stands, at both widths and in both colour schemes."""
    found = []
    size = page.viewport_size
    page.evaluate(AXE_SCRIPT)
    for width, scheme in views or usual_views:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [
            f"{width} {scheme}: {rule['id']} {node['html'][:200]} {node['failureSummary'][:250]}"
            for rule in page.evaluate("rules => axe.run(rules)", AXE_RULES)["violations"]
            for node in rule["nodes"]
        ]
    page.set_viewport_size(size)
    page.emulate_media(color_scheme="light")
    return found


def is_wider_than_its_window(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
