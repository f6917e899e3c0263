"""The files of old posts come through the one pipeline; what readers cannot be given waits for staff."""

from __future__ import annotations

import os
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from advocacy.attachments import storage
from advocacy.attachments.models import Attachment
from advocacy.hits import counts
from advocacy.imports import holding
from advocacy.imports.landing import Folder, Outcome
from advocacy.imports.models import Held
from advocacy.imports.records import File, Kind, Milestone, Post, Text
from advocacy.milestones.models import MilestoneText
from nkhr.daily import sweep_files
from tests.attachments import makers
from tests.imports.test_landing import a_post, article, land

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def disk_need_not_be_sure(monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


@pytest.fixture
def folder(tmp_path):
    board = tmp_path / "data" / "file" / "news"
    board.mkdir(parents=True)
    (board / "stored.pdf").write_bytes(makers.saved(makers.pdf("What the statement says")))
    (board / "photo.jpg").write_bytes(makers.jpeg())
    (board / "report.hwp").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"hwp" * 100)
    editor = tmp_path / "data" / "editor" / "1504"
    editor.mkdir(parents=True)
    (editor / "사진 1.jpg").write_bytes(makers.jpeg(size=(80, 40)))
    (tmp_path / "outside.pdf").write_bytes(makers.saved(makers.pdf("Nobody may have this")))
    return tmp_path / "data"


def with_files(**values) -> Post:
    return a_post(
        files=(
            File(
                "성명서.pdf",
                "file/news/stored.pdf",
                77,
                ("/bbs/download.php?bo_table=news&wr_id=1&no=0",),
            ),
            File("photo.jpg", "file/news/photo.jpg"),
            File("보고서.hwp", "file/news/report.hwp", 5, ("/data/file/news/report.hwp",)),
            File("gone.pdf", "file/news/gone.pdf"),
            File("outside.pdf", "file/news/../../../outside.pdf"),
            File("outside.pdf", "/" + "../" * 9 + "etc/passwd"),
        ),
        body='<p>앞</p><img src="http://old.org/data/editor/1504/%EC%82%AC%EC%A7%84%201.jpg"><p>뒤</p>'
        '<img src="/data/editor/none.jpg">',
        **values,
    )


def test_files_come_through_the_one_pipeline_and_none_is_lost(folder, client):
    (line,) = land(with_files(), folder=Folder([folder]))
    assert line.outcome == Outcome.PUBLISHED
    one = article()
    (document,) = one.documents.all()
    assert document.attachment.title == "성명서"
    assert counts.downloads(document.attachment.uuid) == 77
    assert one.figures.count() == 2
    assert one.body.index("앞") < one.body.rindex("<figure") < one.body.index("뒤")
    assert all(use.attachment.alt_ko for use in one.figures.select_related("attachment"))
    answer = client.get("/bbs/download.php?bo_table=news&wr_id=1&no=0")
    assert answer.status_code == 301
    assert b"".join(client.get(answer["Location"]).streaming_content).startswith(b"%PDF")
    led = client.get("/data/file/news/report.hwp")  # to the post: readers cannot have it
    assert led["Location"] == one.get_absolute_url()
    (held,) = Held.objects.all()
    assert (held.shown, held.downloads) == ("보고서.hwp", 5)
    with default_storage.open(held.key) as kept:
        assert kept.read().startswith(b"\xd0\xcf\x11\xe0")
    assert not Attachment.objects.filter(title__contains="outside").exists()
    told = " ".join(line.reasons)
    assert "gone.pdf" in told
    assert "none.jpg" in told
    assert "보고서.hwp" in told


def test_nothing_outside_of_the_folder_is_opened(folder):
    found = Folder([folder])
    for name in (
        "../outside.pdf",
        "..\\outside.pdf",
        "file/../../outside.pdf",
        "a\0b",
        "/",
        "",
        "x" * 9000,
    ):
        assert found.find(name) is None
    (folder / "link.pdf").symlink_to(folder.parent / "outside.pdf")
    assert found.find("link.pdf") is None


@pytest.mark.long
def test_files_that_come_with_a_second_run_are_added_and_those_known_are_not_read_again(
    folder, monkeypatch
):
    land(with_files())
    assert not Attachment.objects.exists()
    land(with_files(), folder=Folder([folder]))
    assert article().documents.count() == 1
    monkeypatch.setattr("advocacy.attachments.actions.take", None)  # would fail
    (line,) = land(with_files(), folder=Folder([folder]))
    assert line.outcome == Outcome.SAME
    assert Held.objects.count() == 1


def test_pictures_of_a_milestone_stand_in_its_texts(folder):
    texts = (
        Text("A resolution", '<p>Before</p><img src="editor/1504/사진 1.jpg"><p>after</p>'),
        Text("결의", "<p>결정</p>"),
    )
    post = Post(
        "table:milestone", "1", texts, Kind.MILESTONE, files=(File("Photo", "file/news/photo.jpg"),),
        fact=Milestone("2013-03-21", "hrc", "resolution"),
    )  # fmt: skip
    land(post, folder=Folder([folder]))
    english, korean = MilestoneText.objects.order_by("language")
    assert (english.title, korean.title) == ("A resolution", "결의")
    assert (
        english.body.index("Before") < english.body.rindex("<figure") < english.body.index("after")
    )
    assert (english.figures.count(), korean.figures.count()) == (2, 1)


def test_what_waits_for_a_pdf_and_no_row_names_is_swept(tmp_path):
    for name in ("left.hwp", "new.hwp", "보고서.hwp"):
        default_storage.save(f"held/{name}", ContentFile(b"the document"))
    Held.objects.create(
        source="gnuboard:news", post="1", record=uuid4(), shown="보고서.hwp", reason="Why",
        key="held/보고서.hwp", sha256="0" * 64, size=12,
    )  # fmt: skip
    long_ago = (timezone.now() - timedelta(days=2)).timestamp()
    for name in ("left.hwp", "보고서.hwp"):
        os.utime(default_storage.path(f"held/{name}"), (long_ago, long_ago))
    with storage.nothing_deleted():
        holding.sweep()
        assert default_storage.exists("held/left.hwp")
    assert sweep_files.func() == 1
    assert set(default_storage.listdir("held")[1]) == {"new.hwp", "보고서.hwp"}
