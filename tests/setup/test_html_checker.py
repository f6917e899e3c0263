"""How dev.py comes by the Nu HTML checker."""

import base64
import hashlib
import io
import shutil
import tarfile
from pathlib import Path

import pytest

from tools import programs


def package(jar: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        member = tarfile.TarInfo("package/build/dist/vnu.jar")
        member.size = len(jar)
        archive.addfile(member, io.BytesIO(jar))
    return buffer.getvalue()


class Machine:
    """A machine whose programs are the names in `programs` and whose npm gives `gives`."""

    def __init__(self, monkeypatch, place: Path) -> None:
        self.programs = {"java", "npm"}
        self.gives: bytes | None = package(b"the jar")
        self.ran: list[list[str]] = []
        expected = base64.b64encode(hashlib.sha512(self.gives).digest()).decode()
        monkeypatch.setattr(programs, "VNU_SHA512", expected)
        monkeypatch.setattr(programs, "VNU_JAR", place / "vnu.jar")
        monkeypatch.setattr(shutil, "which", lambda name: name if name in self.programs else None)
        monkeypatch.setattr(programs, "attempt", self.attempt)

    def attempt(self, title, command, env=None):
        self.ran.append([str(word) for word in command])
        if self.gives is None:
            return 1, "npm has no network"
        place = command[command.index("--pack-destination") + 1]
        Path(place, f"vnu-jar-{programs.VNU}.tgz").write_bytes(self.gives)
        return 0, ""


@pytest.fixture
def place(tmp_path):
    place = tmp_path / "venv"
    place.mkdir()
    return place


@pytest.fixture
def machine(monkeypatch, place):
    return Machine(monkeypatch, place)


def test_the_checker_is_fetched_once_at_the_version_named_here(machine, place):
    assert programs.html_checker() == programs.html_checker() == place / "vnu.jar"
    assert (place / "vnu.jar").read_bytes() == b"the jar"
    assert [command[-1] for command in machine.ran] == [f"vnu-jar@{programs.VNU}"]
    assert [path.name for path in place.iterdir()] == ["vnu.jar"]


def test_a_package_that_is_not_the_one_known_here_is_not_unpacked(machine, place):
    machine.gives = package(b"another jar")
    with pytest.raises(SystemExit, match="SHA-512"):
        programs.html_checker()
    assert not list(place.iterdir())


@pytest.mark.parametrize("missing", ["java", "npm"])
def test_nothing_is_fetched_where_it_could_not_be_fetched_or_run(machine, missing):
    machine.programs.remove(missing)
    assert programs.html_checker() is None
    assert machine.ran == []


def test_a_checker_that_cannot_be_fetched_is_told_and_stops_nothing(machine, capsys):
    machine.gives = None
    assert programs.html_checker() is None
    assert "npm has no network" in capsys.readouterr().out
