"""Backups that only the holder of a key can read."""

from __future__ import annotations

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pyrage
import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from advocacy.backup import encryption, making, scheduled
from advocacy.backup.archive import Archive
from advocacy.backup.refused import Refused
from advocacy.news.models import Article

pytestmark = pytest.mark.django_db


@pytest.fixture
def key() -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.generate()


@pytest.fixture
def key_file(key, tmp_path) -> Path:
    """As `age-keygen` writes it."""
    path = tmp_path / "key.txt"
    path.write_text(f"# created: 2026-11-25\n# public key: {key.to_public()}\n{key}\n")
    return path


@pytest.fixture
def encrypted(site, key) -> Path:
    return site.back_up("site.tar.gz.age", recipients=[key.to_public()])


def test_it_holds_nothing_in_plain_and_all_of_it_for_the_holder_of_the_key(site, encrypted, key):
    plain = site.back_up("plain.tar.gz")
    assert b"backup.json" not in encrypted.read_bytes()
    with Archive(plain) as one, Archive(encrypted, [key]) as other:
        assert one.verify()[1:] == other.verify()[1:]
        assert [member for member, _content in one.members()] == [
            member for member, _content in other.members()
        ]


def test_any_tool_for_age_gives_the_plain_archive(encrypted, key, tmp_path):
    path = tmp_path / "plain.tar.gz"
    path.write_bytes(pyrage.decrypt(encrypted.read_bytes(), [key]))
    with Archive(path) as archive:
        assert archive.verify().rows > 500


def test_without_the_key_it_is_refused_in_a_sentence(encrypted):
    with pytest.raises(Refused, match="--identity"):
        Archive(encrypted)
    stranger = encryption.passing()
    with Archive(encrypted, [stranger]) as archive, pytest.raises(Refused, match="another key"):
        archive.verify()


@pytest.mark.parametrize("share", [0.01, 0.5, 0.9999])
def test_each_altered_byte_and_each_cut_is_found(encrypted, key, share):
    whole = encrypted.read_bytes()
    at = int(len(whole) * share)
    for damaged in (whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :], whole[:at]):
        encrypted.write_bytes(damaged)
        with Archive(encrypted, [key]) as archive, pytest.raises(Refused, match="damaged"):
            archive.verify()


def test_its_label_is_read_without_reading_all_of_it(encrypted, key):
    with Archive(encrypted, [key]) as archive:
        assert archive.label().site == django_settings.SITE_URL


@pytest.mark.long  # a whole site is wiped and filled
def test_a_site_is_restored_from_it(site, encrypted, key_file):
    title = Article.objects.get_queryset().first().title
    site.wipe()
    output = StringIO()
    call_command("restore", str(encrypted), "--yes", "--identity", str(key_file), stdout=output)
    assert "Restored" in output.getvalue()
    assert Article.objects.filter(title=title).exists()


def test_it_is_verified_on_a_machine_without_a_site(encrypted, key_file, tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", "verify", str(encrypted), "--identity", str(key_file)],
        cwd=django_settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "is whole" in done.stdout, done.stderr


@pytest.mark.parametrize("wrong", ["age1nonsense", "AGE-SECRET-KEY-1", "ssh-ed25519 AAAA", ""])
def test_what_is_no_public_key_is_refused_before_anything_is_written(site, tmp_path, wrong):
    path = tmp_path / "site.tar.gz.age"
    with pytest.raises(CommandError, match="no public key"):
        call_command("backup", str(path), "--encrypt-to", wrong, stdout=StringIO())
    assert not path.exists()


def test_a_file_without_a_key_is_refused(encrypted, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_text("# nothing\n")
    with pytest.raises(CommandError, match="holds no key"):
        call_command("verify", str(encrypted), "--identity", str(empty))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify", str(encrypted), "--identity", str(tmp_path / "none"))


def test_the_daily_ones_are_encrypted_and_read_again_all_the_same(site, settings, tmp_path, key):
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.BACKUP_RECIPIENTS = [str(key.to_public())]
    path = scheduled.back_up()
    assert path.name.endswith(".tar.gz.age")
    with Archive(path, [key]) as archive:
        assert archive.verify().rows > 500
    assert scheduled.back_up() is None
    assert scheduled.last().size == path.stat().st_size


def test_a_daily_one_that_was_damaged_on_its_way_to_the_disk_gets_no_name(
    site, settings, tmp_path, key, monkeypatch
):
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.BACKUP_RECIPIENTS = [str(key.to_public())]
    write = making._write

    def damaging(half, *arguments):
        made = write(half, *arguments)
        with half.open("r+b") as file:
            file.seek(half.stat().st_size // 2)
            file.write(b"\0" * 50)
        return made

    monkeypatch.setattr(making, "_write", damaging)
    with pytest.raises(Refused, match="damaged"):
        scheduled.back_up()
    assert list(settings.BACKUP_DIR.iterdir()) == []


def test_a_full_disk_is_told(key):
    class Full:
        def write(self, part: bytes) -> int:
            raise OSError(28, "No space left on device")

        def flush(self) -> None: ...

    with (
        pytest.raises(OSError, match="No space left"),
        encryption.encrypting(Full(), [key.to_public()]) as plain,
    ):
        for _part in range(100):
            plain.write(bytes(1_000_000))
