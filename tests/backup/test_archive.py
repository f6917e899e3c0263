"""The form of an archive: what any tool unpacks, and what is found where it was damaged."""

from __future__ import annotations

import gzip
import io
import json
import random
import subprocess
import tarfile
import tracemalloc
from pathlib import Path

import pytest

from advocacy.backup import archive
from advocacy.backup.archive import Archive
from advocacy.backup.refused import Damaged, Refused
from advocacy.backup.writer import Writer

LABEL = {
    "site": "https://www.example.org",
    "made_at": "2026-11-25T00:00:00+00:00",
    "log": {"number": 2, "hash": "f" * 64},
    "migrations": ["news.0001_initial"],
}
TABLE = b'{"id": 1, "title": "\xed\x95\x9c\xea\xb8\x80"}\n{"id": 2, "title": "two"}\n'
FILE = random.Random(7).randbytes(300_000)


def written(path: Path, **more: bytes) -> Path:
    with path.open("wb") as file, (path.with_suffix(".manifest")).open("w+b") as manifest:
        writer = Writer(file, manifest)
        writer.label(LABEL)
        writer.add("tables/news_article.jsonl", len(TABLE), io.BytesIO(TABLE))
        writer.add("media/ab/cd/한글.pdf", len(FILE), io.BytesIO(FILE), compress=False)
        for name, content in more.items():
            writer.add(name, len(content), io.BytesIO(content))
        writer.finish()
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path / "site.tar.gz")


def members(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as tar:
        return {one.name: tar.extractfile(one).read() for one in tar}


def repack(path: Path, changed: dict[str, bytes | tarfile.TarInfo | None], last: str = "") -> None:
    """With the same members but for those `changed`; as somebody does who has only tar."""
    entries = {**members(path), **changed}
    if last:
        entries[last] = entries.pop(last)
    with tarfile.open(path, "w:gz") as tar:
        for name, content in entries.items():
            if isinstance(content, tarfile.TarInfo):
                tar.addfile(content)
            elif content is not None:
                info = tarfile.TarInfo(name)
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))


def verify(path: Path) -> archive.Opened:
    with Archive(path) as opened:
        return opened.verify()


def test_a_whole_archive_says_what_is_in_it(path):
    found = verify(path)
    assert found.label.site == LABEL["site"]
    assert found.label.log == (2, "f" * 64)
    assert found.label.migrations == [("news", "0001_initial")]
    assert (found.tables, found.rows, found.table_bytes) == (1, 2, len(TABLE))
    assert (found.files, found.file_bytes) == (1, len(FILE))


def test_after_it_was_verified_its_members_are_read_from_the_same_file(path):
    with Archive(path) as opened:
        opened.verify()
        path.unlink()
        path.write_bytes(b"something else")
        assert [(one.key, one.is_table, content.read()) for one, content in opened.members()] == [
            ("news_article", True, TABLE),
            ("ab/cd/한글.pdf", False, FILE),
        ]


def test_the_tools_of_every_linux_unpack_it(path, tmp_path):
    place = tmp_path / "unpacked"
    place.mkdir()
    subprocess.run(["tar", "xzf", path, "-C", place], check=True)
    assert (place / "tables/news_article.jsonl").read_bytes() == TABLE
    assert (place / "media/ab/cd/한글.pdf").read_bytes() == FILE
    subprocess.run(["gzip", "--test", path], check=True)


def test_the_manifest_has_the_hash_that_sha256sum_tells(path, tmp_path):
    (tmp_path / "file").write_bytes(FILE)
    told = subprocess.run(["sha256sum", tmp_path / "file"], capture_output=True, check=True)
    lines = map(json.loads, members(path)["manifest.jsonl"].splitlines())
    hashes = {line["name"]: line["sha256"] for line in lines}
    assert list(hashes) == ["backup.json", "tables/news_article.jsonl", "media/ab/cd/한글.pdf"]
    assert hashes["media/ab/cd/한글.pdf"] == told.stdout.split()[0].decode()


def test_pictures_are_put_into_it_and_tables_compressed(path, tmp_path):
    size = path.stat().st_size
    long = TABLE * 10_000
    larger = written(tmp_path / "larger.tar.gz", **{"tables/x.jsonl": long}).stat().st_size
    assert len(FILE) < size < len(FILE) + 5_000
    assert larger - size < len(long) / 20


def test_one_byte_that_changed_anywhere_is_found(path):
    whole = path.read_bytes()
    chance = random.Random(20261125)
    places = [*range(40), *(chance.randrange(len(whole)) for _ in range(150))]
    unnoticed = []
    for at in places:
        changed = bytearray(whole)
        changed[at] ^= 1 << chance.randrange(8)
        path.write_bytes(changed)
        try:
            found = verify(path)
        except Refused:
            continue
        unnoticed.append((at, found))
    # The time, the system and the strength that the head of a stream of gzip names say nothing.
    assert {at for at, _found in unnoticed} <= {4, 5, 6, 7, 8, 9}
    assert all(found.rows == 2 for _at, found in unnoticed)


def test_one_that_breaks_off_anywhere_is_found(path):
    whole = path.read_bytes()
    chance = random.Random(1)
    for length in {0, 1, 17, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(60))}:
        path.write_bytes(whole[:length])
        with pytest.raises(Refused):
            verify(path)


def test_what_was_changed_together_with_its_checksum_is_named(path):
    repack(path, {"tables/news_article.jsonl": TABLE.replace(b"two", b"six")})
    with pytest.raises(Damaged, match=r"tables/news_article\.jsonl is not what it was"):
        verify(path)


def test_what_was_taken_out_is_named(path):
    repack(path, {"media/ab/cd/한글.pdf": None})
    with pytest.raises(Damaged, match=r"한글\.pdf is not what it was"):
        verify(path)


def test_what_was_slipped_in_is_found(path):
    repack(path, {"media/new.pdf": b"x"}, last="manifest.jsonl")
    with pytest.raises(Damaged, match=r"not named in its manifest|is not what it was"):
        verify(path)
    repack(path, {"media/new.pdf": None, "media/late.pdf": b"x"}, last="media/late.pdf")
    with pytest.raises(Damaged, match="added to it after its manifest"):
        verify(path)


def test_one_without_its_manifest_was_never_finished(path):
    repack(path, {"manifest.jsonl": None})
    with pytest.raises(Damaged, match="its end is missing"):
        verify(path)


@pytest.mark.parametrize(
    "name",
    [
        *("media/../../etc/passwd", "/etc/passwd", "media//etc/passwd", "media/./x", "media/.lock"),
        *("media/a\\..\\b", "tables/..", "secrets/x", "media/..", "media/a/../../x"),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(path, name):
    repack(path, {name: b"x", "manifest.jsonl": b""}, last="manifest.jsonl")
    with pytest.raises(Damaged, match="no backup has"):
        verify(path)


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE]
)
def test_what_is_no_plain_file_is_refused(path, kind):
    info = tarfile.TarInfo("media/x")
    info.type, info.linkname = kind, "/etc/passwd"
    repack(path, {"media/x": info, "manifest.jsonl": b""}, last="manifest.jsonl")
    with pytest.raises(Damaged, match="no plain file"):
        verify(path)


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", gzip.compress(b""), gzip.compress(b"hello" * 1000), b"\x1f\x8b" * 99],
    # gzip writes the second into it: as names of tests these would differ between two processes.
    ids=["nothing", "words", "compressed nothing", "compressed words", "broken"],
)
def test_another_file_is_no_backup(path, content):
    path.write_bytes(content)
    with pytest.raises(Refused):
        verify(path)


@pytest.mark.parametrize(
    "label", [b"[]", b"{}", b"1", b'{"format": 1}', b'{"format": 1, "migrations": 7}', b"\xff"]
)
def test_a_label_that_says_nothing_is_refused(path, label):
    repack(path, {"backup.json": label})
    with pytest.raises(Refused, match="is not a backup of this site"):
        verify(path)


def test_a_later_format_is_refused_by_its_number(path):
    repack(path, {"backup.json": json.dumps({**LABEL, "format": 2}).encode()})
    with pytest.raises(Refused, match="has the format 2, and this release reads 1"):
        verify(path)


def test_an_archive_that_is_not_there_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(Refused, match="cannot be read: No such file"):
        Archive(tmp_path / "none.tar.gz")


def test_a_bomb_of_zeros_takes_no_memory(path):
    path.write_bytes(path.read_bytes() + gzip.compress(bytes(200_000_000), compresslevel=1))
    tracemalloc.start()
    try:
        assert verify(path).rows == 2
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
