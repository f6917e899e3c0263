"""Dumps of a real MariaDB, by its own program: what went into its tables comes out of the import."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from advocacy.imports.boards import gnuboard
from advocacy.imports.dumps import Dump
from tests.imports.dumps import FILE_12, FILE_15, WRITE_4, WRITE_5, Table, board_file, post
from tests.imports.test_tokens import NASTY

pytestmark = pytest.mark.long


def program(*names: str) -> str:
    places = [shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") for name in names]
    if not (found := next(filter(None, places), "")):
        pytest.skip(f"No MariaDB is installed on this machine ({' or '.join(names)}).")
    return found


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server of its own, asked by a socket."""
    daemon = program("mariadbd", "mysqld")
    install = program("mariadb-install-db", "mysql_install_db")
    place = Path(tmp_path_factory.mktemp("mariadb"))
    place.chmod(0o755)
    data, socket = place / "data", Path(f"/tmp/nkhr-{place.name}.sock")
    told = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    account = ["--user=root"] if Path.home() == Path("/root") else []
    options = ["--no-defaults", f"--datadir={data}", *account]
    subprocess.run(
        [install, *options, "--auth-root-authentication-method=normal"], check=True, **told
    )
    running = subprocess.Popen(
        [daemon, *options, f"--socket={socket}", "--skip-networking"], **told
    )
    until = time.monotonic() + 60
    while not socket.exists() and time.monotonic() < until:
        time.sleep(0.1)
    yield socket
    running.terminate()
    running.wait(30)


def run(server: Path, *command: str, given: bytes = b"") -> bytes:
    first, *rest = command
    asked = [first, "--no-defaults", f"--socket={server}", "-uroot", *rest]
    return subprocess.run(asked, input=given, check=True, capture_output=True).stdout


def filled(server: Path, charset: str, write: list[str], files: list[str]) -> list[str]:
    """A database of a GNUboard with that character set; the titles in it."""
    titles = [text for text in NASTY if text and "\n" not in text]
    if charset == "euckr":
        titles = [text for text in titles if "emoji" not in text]
    tables = [Table("g4_write_news", write), Table("g4_board_file", files)]
    for number, title in enumerate(titles, 1):
        tables[0].add(**post(number, title, title * 50, wr_datetime="2015-04-08 21:01:00"))
        tables[1].add(**board_file(number, f"{number}.pdf", title[:60]))
    statements = [
        "DROP DATABASE IF EXISTS old; SET NAMES utf8mb4;"
        f"CREATE DATABASE old CHARACTER SET {charset}; USE old;"
    ]
    for table in tables:
        defined = ", ".join(f"`{name}` TEXT" for name in table.columns)
        statements.append(f"CREATE TABLE {table.name} ({defined});")
        for row in table.rows:
            values = ", ".join(_written(row.get(name)) for name in table.columns)
            statements.append(f"INSERT INTO {table.name} VALUES ({values});")
    run(
        server,
        program("mariadb", "mysql"),
        "--default-character-set=utf8mb4",
        given="\n".join(statements).encode(),
    )
    return titles


def _written(value: object) -> str:
    return "_utf8mb4 0x" + str(value).encode().hex() if value not in (None, "") else "''"


@pytest.mark.parametrize(
    ("charset", "write", "files"),
    [("utf8mb4", WRITE_5, FILE_15), ("euckr", WRITE_4, FILE_12)],
)
@pytest.mark.parametrize(
    "how",
    [
        [],
        ["--complete-insert", "--skip-extended-insert"],
        ["--hex-blob", "--compact"],
        ["--default-character-set=euckr"],
        ["--default-character-set=latin1"],
    ],
    ids=lambda how: " ".join(how) or "as it is",
)
def test_what_a_real_server_dumps_is_read(server, tmp_path, charset, write, files, how):
    if charset == "utf8mb4" and "euckr" in str(how):
        pytest.skip("EUC-KR has no letters for all that is in this database.")
    titles = filled(server, charset, write, files)
    path = tmp_path / "old.sql"
    path.write_bytes(run(server, program("mariadb-dump", "mysqldump"), *how, "old"))
    found = list(gnuboard.read(Dump(path), ["news"]))
    wanted = [" ".join(title.replace("\0", "").replace("\x1a", "").split()) for title in titles]
    if "latin1" in str(how):  # it has no letter for Korean, and the program writes question marks
        assert len(found) == len(titles)
        return
    assert [one.text.title for one in found] == wanted
    assert all(len(one.files) == 1 for one in found)
