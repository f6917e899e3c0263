import os

import pytest

from advocacy.attachments.files import pdf
from advocacy.attachments.files.limits import Limits


@pytest.fixture(autouse=True)
def disk_need_not_be_sure(request, monkeypatch):
    """Waiting for the disk is tested once, in test_storage; elsewhere it is only slow."""
    if request.module.__name__.rpartition(".")[2] != "test_storage":
        monkeypatch.setattr(os, "fsync", lambda descriptor: None)


@pytest.fixture
def upload_file(tmp_path):
    """Bytes as a file on disk, by name."""

    def written(data, name="upload"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return written


@pytest.fixture
def strip(tmp_path):
    """Strip bytes; answers what was stripped and the file it was saved to."""

    def stripped(data, *, title="A title", language="en", limits=None):
        source, target = tmp_path / "source.pdf", tmp_path / "target.pdf"
        source.write_bytes(data)
        result = pdf.strip(source, tmp_path / "stripped.pdf", limits or Limits())
        result.save(target, title=title, language=language)
        return result, target

    return stripped
