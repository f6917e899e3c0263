"""How dev.py comes by a browser for the tests."""

import shutil

import pytest

from tools import programs


class Machine:
    """A machine whose programs are the names in `programs`; notes what was run on it."""

    def __init__(self, monkeypatch, tmp_path):
        self.programs = set()
        self.broken = set()
        self.grants = {}
        self.ran = []
        self.bundled = tmp_path / "bundled-chromium"
        monkeypatch.delenv("CHROMIUM", raising=False)
        monkeypatch.setattr(shutil, "which", lambda name: name if name in self.programs else None)
        monkeypatch.setattr(programs, "attempt", self.attempt)

    def attempt(self, title, command, env=None):
        words = [str(word) for word in command]
        if words[-1] == "--version":
            return (1 if words[0] in self.broken else 0), ""
        if "executable_path" in words[-1]:
            return 0, f"{self.bundled}\n"
        self.ran.append(" ".join(words[-4:] if "playwright" in words else words))
        for part, grant in self.grants.items():
            if part in words:
                grant()
                return 0, ""
        return 1, f"{words[0]} could not"


@pytest.fixture
def machine(monkeypatch, tmp_path):
    return Machine(monkeypatch, tmp_path)


def test_the_browser_that_was_named_comes_before_any_other(machine, monkeypatch):
    machine.programs = {"/opt/mine", "chromium"}
    monkeypatch.setenv("CHROMIUM", "/opt/mine")
    assert programs.chromium() == "/opt/mine"
    assert machine.ran == []


def test_a_command_that_only_says_how_to_install_the_browser_is_passed_over(machine):
    machine.programs = {"chromium-browser", "google-chrome"}
    machine.broken = {"chromium-browser"}
    assert programs.chromium() == "google-chrome"


def test_the_browser_playwright_has_is_used_where_the_system_has_none(machine):
    machine.bundled.touch()
    assert programs.chromium() == str(machine.bundled)
    assert machine.ran == []


def test_root_on_debian_installs_the_systems_browser_with_korean_letters(machine, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 0)
    machine.programs = {"apt-get"}
    machine.grants = {"chromium": lambda: machine.programs.add("chromium")}
    assert programs.chromium() == "chromium"
    assert machine.ran[0] == "apt-get update"
    assert machine.ran[1].endswith("chromium fonts-noto-cjk")


@pytest.mark.parametrize("user", [0, 1000])
def test_elsewhere_playwright_brings_its_own(machine, monkeypatch, user):
    monkeypatch.setattr("os.geteuid", lambda: user)
    machine.programs = {"apt-get"} if user else set()
    machine.grants = {"playwright": machine.bundled.touch}
    assert programs.chromium() == str(machine.bundled)
    assert machine.ran == ["-m playwright install chromium"]


def test_where_no_browser_can_be_had_the_reason_is_told(machine, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(SystemExit, match=r"(?s)could not.*name it in CHROMIUM"):
        programs.chromium()
