"""How dev.py runs other programs."""

import os
import sys

import pytest

from tools import commands


def test_a_step_that_takes_long_says_so(capsys):
    status, output = commands.attempt(
        "Waiting", [sys.executable, "-c", "import time; time.sleep(2.4); print('done')"]
    )
    assert (status, output.strip()) == (0, "done")
    assert "Waiting … 2 s" in capsys.readouterr().out


def test_a_step_that_fails_ends_with_what_it_said():
    with pytest.raises(SystemExit, match=r"(?s)the reason.*Trying: failed"):
        commands.step("Trying", [sys.executable, "-c", "import sys; sys.exit('the reason')"])


def test_a_command_in_sight_is_shown_and_its_last_line_kept(capfdbinary):
    script = "print('=== 3 passed in 0.1s ==='); import sys; sys.exit(1)"
    status, last = commands.stream([sys.executable, "-c", script], dict(os.environ))
    assert (status, last) == (1, "=== 3 passed in 0.1s ===")
    assert b"3 passed" in capfdbinary.readouterr().out
