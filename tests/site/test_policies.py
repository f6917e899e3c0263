"""The policies of nkhr.headers before csp_evaluator, which knows how policies are got round."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from nkhr import headers
from tools.packages import VENV
from tools.programs import CSP_EVALUATOR

EVALUATE = Path(__file__).with_name("evaluate.cjs")
NONCE = "q83vEjRWeJq83vEjRWeJqg=="


@pytest.fixture(scope="module")
def evaluator():
    """The words that start it; without Node or the package its tests are skipped, not on CI."""
    installed = VENV / "tools" / "csp_evaluator" / "node_modules" / CSP_EVALUATOR
    module = Path(os.environ.get("NKHR_CSP_EVALUATOR") or installed)
    node = shutil.which("node")
    if not node:
        pytest.skip("Policies are not evaluated: csp_evaluator needs Node, which is not installed.")
    if not module.is_file():
        missing = f"csp_evaluator is not at {module}: `dev.py test` installs it where npm is."
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    return [node, str(EVALUATE), str(module.parent)]


def findings(evaluator, policy: str) -> list[str]:
    outcome = subprocess.run([*evaluator, policy], capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stderr
    (found,) = json.loads(outcome.stdout)
    return found


@pytest.mark.parametrize(
    "policy", [headers.PAGE, headers.SCRIPTED % NONCE, headers.FILE], ids=["page", "desk", "file"]
)
def test_there_is_no_known_way_round_a_policy(evaluator, policy):
    assert findings(evaluator, policy) == []


def test_of_documents_it_only_asks_whether_they_need_to_show_themselves(evaluator):
    """They do, in WebKit."""
    (found,) = findings(evaluator, headers.DOCUMENT)
    assert found.startswith("MEDIUM_MAYBE object-src")


def test_a_weak_policy_is_found(evaluator):
    """Were it started wrongly, every policy would pass."""
    found = findings(evaluator, "script-src 'unsafe-inline'")
    assert [line.split(" ")[:2] for line in found if line.startswith("HIGH")] == [
        ["HIGH", "script-src:"],
        ["HIGH", "object-src:"],
    ]


@pytest.mark.parametrize("policy", [headers.PAGE, headers.SCRIPTED, headers.DOCUMENT, headers.FILE])
def test_no_policy_allows_anything_unsafe_or_a_whole_scheme(policy):
    words = set(policy.replace(";", "").split())
    assert not {word for word in words if "unsafe" in word or word.endswith(":") or "*" in word}
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
