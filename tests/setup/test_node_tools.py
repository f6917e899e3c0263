"""How dev.py comes by the tools that npm has."""

import json
import shutil
from pathlib import Path

import pytest

from tools import programs

TOOLS = programs.ROOT / "tools"
LOCKS = sorted(TOOLS.glob("*/package-lock.json"))
ENTRY = "tool/run.js"


class Machine:
    """A machine with npm, and a project with one tool."""

    def __init__(self, monkeypatch, place: Path) -> None:
        self.works = True
        self.ran: list[list[str]] = []
        self.source = place / "tools" / "tool"
        self.source.mkdir(parents=True)
        (self.source / "package.json").write_text("{}")
        self.lock("one")
        self.venv = place / "venv"
        self.venv.mkdir()
        monkeypatch.setattr(programs, "ROOT", place)
        monkeypatch.setattr(programs, "VENV", self.venv)
        monkeypatch.setattr(programs, "attempt", self.attempt)
        monkeypatch.setattr(shutil, "which", lambda name: name)

    def lock(self, content: str) -> None:
        (self.source / "package-lock.json").write_text(content)

    def attempt(self, title, command, env=None):
        self.ran.append([str(word) for word in command])
        if not self.works:
            return 1, "npm has no network"
        entry = Path(command[-1]) / "node_modules" / ENTRY
        entry.parent.mkdir(parents=True)
        entry.touch()
        return 0, ""


@pytest.fixture
def machine(monkeypatch, tmp_path):
    return Machine(monkeypatch, tmp_path)


def test_a_tool_is_installed_once_for_each_lock_and_runs_no_script_of_a_package(machine):
    there = machine.venv / "tools" / "tool" / "node_modules" / ENTRY
    assert programs.node_tool("tool", ENTRY) == programs.node_tool("tool", ENTRY) == there
    (command,) = machine.ran
    assert command[:3] == ["npm", "ci", "--ignore-scripts"]
    machine.lock("two")
    assert programs.node_tool("tool", ENTRY) == there
    assert len(machine.ran) == 2


def test_a_tool_that_cannot_be_installed_is_told_and_tried_again(machine, capsys):
    machine.works = False
    assert programs.node_tool("tool", ENTRY) is None
    assert "npm has no network" in capsys.readouterr().out
    machine.works = True
    assert programs.node_tool("tool", ENTRY)


def test_without_npm_no_tool_is_installed_and_that_is_told(machine, monkeypatch, capsys):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert programs.node_tool("tool", ENTRY) is None
    assert machine.ran == []
    assert "needs Node.js and npm" in capsys.readouterr().out


@pytest.mark.parametrize("lock", LOCKS, ids=[lock.parent.name for lock in LOCKS])
def test_a_lock_has_the_hash_of_every_package_and_the_address_of_none(lock):
    packages = json.loads(lock.read_text())["packages"]
    named = json.loads(lock.with_name("package.json").read_text())
    assert packages.pop("")["dependencies"] == named["dependencies"]
    assert packages
    for name, package in packages.items():
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name


def test_every_tool_has_a_lock():
    assert {lock.parent for lock in LOCKS} == {tool.parent for tool in TOOLS.glob("*/package.json")}
