"""What is packed in the site's files is read to its end, or told to be closed."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from advocacy.casework import packed, scan

pytestmark = pytest.mark.django_db
NAME = "신동혁"
SAID = f"<w:t>{NAME} 씨가 말했다</w:t>".encode()


def zipped(*contents: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for number, content in enumerate(contents):
            file.writestr(f"word/{number}.xml", content)
    return made.getvalue()


def locked(content: bytes) -> bytes:
    """A zip that says it needs a password."""
    return content.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    )


@pytest.fixture
def told():
    """What the scan says of one file in the folder for imports."""

    def of(content: bytes) -> tuple[bool, bool]:
        folder = Path(settings.VAR_DIR) / "imports"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "left"
        path.write_bytes(content)
        try:
            said = scan.scan([NAME], [])
        finally:
            path.unlink()
        return "imports/left" in said["found"], "imports/left" in said["closed"]

    return of


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(SAID),
        bz2.compress(SAID),
        lzma.compress(SAID),
        zipped(b"nobody", SAID),
        gzip.compress(b"." * 9_000_000 + SAID),
    ],
    ids=["gzip", "bzip2", "xz", "zip", "long"],
)
def test_a_name_is_found_in_what_is_packed(told, content):
    assert told(content) == (True, False)


def test_what_is_packed_and_names_nobody_is_neither_found_nor_closed(told):
    assert told(zipped(b"nobody")) == (False, False)


@pytest.mark.parametrize(
    "content",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
        gzip.compress(SAID)[:-12],
        zipped(SAID)[:-30],
        gzip.compress(gzip.compress(SAID)),
        zipped(zipped(SAID)),
        locked(zipped(SAID)),
    ],
    ids=["Hangul 5", "cut off", "no directory", "twice", "zip in zip", "password"],
)
def test_what_cannot_be_looked_into_is_told(told, content):
    assert told(content) == (False, True)


def test_a_name_before_the_damage_is_found_and_the_damage_is_told(told):
    assert told(zipped(SAID, gzip.compress(SAID))) == (True, True)


def test_what_unpacks_without_end_is_closed(told, monkeypatch):
    monkeypatch.setattr(packed, "MOST", 1_000_000)
    assert told(gzip.compress(bytes(3_000_000))) == (False, True)
