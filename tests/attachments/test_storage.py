import os
import stat
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from advocacy.attachments import storage, sweep
from advocacy.attachments.models import Attachment

from . import makers

HOURS = 3600


def stored_files(settings):
    return sorted(str(p) for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file())


def test_a_file_is_kept_under_a_key_of_our_own(tmp_path, settings):
    source = tmp_path / "Kim's letter.pdf"
    source.write_bytes(b"words")
    key = storage.keep(source, "pdf")
    assert storage.KEY.fullmatch(key)
    with default_storage.open(key) as file:
        assert file.read() == b"words"
    mode = stat.S_IMODE(Path(default_storage.path(key)).stat().st_mode)
    assert mode == settings.FILE_UPLOAD_PERMISSIONS


def test_a_file_is_on_the_disk_before_it_has_its_name(tmp_path, settings, monkeypatch):
    happened = []
    sync, rename = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda fd: (happened.append("sync"), sync(fd))[1])
    monkeypatch.setattr(
        Path, "replace", lambda self, to: (happened.append("name"), rename(self, to))[1]
    )
    default_storage.save("ab/cd/x.pdf", ContentFile(b"words"))
    assert happened[-3:] == ["sync", "name", "sync"]


def test_a_file_that_could_not_be_written_leaves_nothing(settings):
    class Broken(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        default_storage.save("ab/cd/x.pdf", Broken(b""))
    assert stored_files(settings) == []


# The sweep


@pytest.fixture
def old(settings):
    """Make everything stored, and everything incoming, some hours old."""

    def age(hours=2):
        then = time.time() - hours * HOURS
        for root in (Path(settings.MEDIA_ROOT), storage.incoming()):
            for path in root.rglob("*"):
                os.utime(path, (then, then))

    return age


@pytest.mark.django_db
def test_files_no_row_names_are_swept_and_all_others_stay(settings, old, tmp_path):
    kept = makers.attachment()
    orphan = default_storage.save("ab/cd/" + "0" * 32 + ".pdf", ContentFile(b"orphan"))
    half = Path(default_storage.path("ab/cd/tmpx" + storage.HALF))
    half.write_bytes(b"half")
    foreign = Path(settings.MEDIA_ROOT) / "notes.txt"
    foreign.write_text("somebody's")
    before = stored_files(settings)
    old()
    swept = sweep.sweep()
    assert sorted(swept.orphans) == sorted([orphan, "ab/cd/tmpx.half"])
    gone = {default_storage.path(orphan), str(half)}
    assert stored_files(settings) == [path for path in before if path not in gone]
    assert default_storage.exists(kept.key)


@pytest.mark.django_db
def test_a_file_whose_row_may_still_come_is_left(old):
    default_storage.save("ab/cd/" + "0" * 32 + ".pdf", ContentFile(b"just now"))
    assert sweep.sweep() == ([], [])
    old(hours=0.5)
    assert sweep.sweep() == ([], [])
    old(hours=0.5)
    assert len(sweep.sweep(older_than=timedelta(minutes=10)).orphans) == 1


@pytest.mark.django_db
def test_uploads_that_never_ended_are_swept(old):
    work = storage.incoming() / "tmpwork"
    work.mkdir()
    (work / "output.pdf").write_bytes(b"half")
    (storage.incoming() / "x.half").write_bytes(b"half")
    old()
    assert sorted(sweep.sweep().halves) == ["tmpwork", "x.half"]
    assert list(storage.incoming().iterdir()) == []


@pytest.mark.django_db
def test_what_is_old_is_told_by_the_moment_that_is_given():
    key = default_storage.save("ab/cd/" + "0" * 32 + ".pdf", ContentFile(b"orphan"))
    (storage.incoming() / "x.half").write_bytes(b"half")
    later = timezone.now() + timedelta(minutes=61)
    assert sweep.sweep(dry=True) == ([], [])
    assert sweep.sweep(at=later) == ([key], ["x.half"])


@pytest.mark.django_db
def test_of_a_file_that_is_named_nobody_asks_the_storage_how_old_it_is(monkeypatch):
    makers.attachment()
    monkeypatch.setattr(sweep, "_is_old", lambda *args: pytest.fail("asked"))
    assert sweep.sweep() == ([], [])


@pytest.mark.django_db
def test_the_command_says_what_it_did_and_can_only_say_it(old, settings):
    default_storage.save("ab/cd/" + "0" * 32 + ".pdf", ContentFile(b"orphan"))
    old()
    out = StringIO()
    call_command("sweep_files", "--dry-run", stdout=out)
    assert len(stored_files(settings)) == 1
    call_command("sweep_files", stdout=out)
    assert stored_files(settings) == []
    assert out.getvalue().splitlines() == [
        "Would remove 1 files that nothing names and 0 uploads that never ended.",
        "Removed 1 files that nothing names and 0 uploads that never ended.",
    ]


@pytest.mark.django_db
def test_an_empty_site_can_be_swept(settings):
    Path(settings.MEDIA_ROOT).rmdir()
    assert sweep.sweep() == ([], [])
    assert not Attachment.objects.exists()
