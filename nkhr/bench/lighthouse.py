"""Lighthouse with its mobile preset: what a telephone on a slow network would say of a page."""

from __future__ import annotations

import json
import os
import subprocess

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# As root Chromium has no sandbox; a new browser otherwise asks its makers' servers many things.
CHROMIUM = (
    "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
)


ATTEMPTS = 3  # Chromium now and then records no trace; Lighthouse then asks to be run again


def scores(program: str, chromium: str, url: str) -> tuple[int, ...]:
    """The score of each of CATEGORIES, of 100. Raises RuntimeError when Lighthouse gave none."""
    command = [program, url, "--output=json", "--output-path=stdout", "--quiet"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={CHROMIUM}"]
    env = {**os.environ, "CHROME_PATH": chromium}
    for _ in range(ATTEMPTS):
        done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)  # noqa: S603
        try:
            found = json.loads(done.stdout)["categories"]
            return tuple(round(100 * found[name]["score"]) for name in CATEGORIES)
        except (ValueError, KeyError, TypeError):
            continue
    raise RuntimeError(f"Lighthouse did not judge {url}: {done.stderr.strip()[-500:]}")
