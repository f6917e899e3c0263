"""An administrator brings the old site across at the desk, and editors find what waits for a PDF."""

from __future__ import annotations

import csv
import errno
import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.urls import reverse

from advocacy.imports import places, running
from advocacy.imports.models import Held, Imported, Run
from advocacy.news.models import Article
from tests.accounts.signing_in import sign_in
from tests.imports import dumps
from tests.imports.dumps import post, write
from tests.imports.test_landing import a_post, article, land
from tests.people import person

pytestmark = pytest.mark.django_db
INDEX = "/admin/import/"


@pytest.fixture
def administrator(client):
    sign_in(client, person("administrator"))
    return client


@pytest.fixture
def dump(settings) -> Path:
    table = write()
    table.add(**post(1, "하나")).add(**post(2, "둘", wr_option="secret"))
    table.add(**post(3, wr_is_comment=1))
    return dumps.dump(places.folder() / "old.sql", table)


def asked(**values):
    return {"system": "gnuboard", "dump": "old.sql", "boards": "news", "dry": "1", **values}


def test_a_dry_run_says_what_would_happen_and_a_run_does_it(administrator, dump):
    answer = administrator.post(INDEX, asked(), follow=True)
    assert "Nothing was written" in answer.text
    assert not Article.objects.exists()
    answer = administrator.post(INDEX, asked(dry="0"), follow=True)
    run = Run.objects.first()
    assert (run.state, run.counts) == ("done", {"published": 1, "draft": 1, "skipped": 1})
    assert Article.objects.count() == 2
    report = administrator.get(reverse("imports:report", args=[run.uuid]))
    rows = list(csv.reader(io.StringIO(report.text.removeprefix("\ufeff"))))
    assert [row[2] for row in rows[1:]] == ["2", "3"]
    assert "private" in report["Cache-Control"]


def test_a_dump_can_be_uploaded_and_takes_no_other_s_name(administrator, dump):
    content = dump.read_bytes()
    for name in ("old.sql", "../../../etc/old.sql", ".hidden", f"{'이름' * 60} 있는.sql"):
        upload = SimpleUploadedFile(name, content)
        answer = administrator.post(INDEX, asked(dump="", upload=upload, dry="0"))
        assert answer.status_code == 302
    assert len(list(places.folder().iterdir())) == 5
    assert dump.read_bytes() == content
    assert Article.objects.count() == 2


def test_a_dump_for_which_there_is_no_room_is_not_kept_in_part(administrator, monkeypatch):
    def full(self, size=None):
        yield b"INSERT INTO "
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(InMemoryUploadedFile, "chunks", full)
    answer = administrator.post(INDEX, asked(dump="", upload=SimpleUploadedFile("a.sql", b"x")))
    assert "The server has no room for it" in answer.text
    assert places.dumps() == []
    assert not Run.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"dump": ""}, {"dump": "../nkhr.sqlite3"}, {"system": "other"}, {"folder": "../media"}],
)
def test_only_what_lies_in_the_folder_can_be_chosen(administrator, dump, wrong):
    assert administrator.post(INDEX, asked(**wrong)).status_code == 200
    assert not Run.objects.exists()


def test_a_dump_that_has_gone_stops_the_run_with_a_sentence(dump):
    run = Run(system="gnuboard", dump="old.sql", by=person("administrator"), language="en")
    dump.unlink()
    running.start(run)
    run.refresh_from_db()
    assert run.state == "failed"
    assert "old.sql" in run.problem


def test_a_run_that_is_broken_off_goes_on_where_it_was(monkeypatch):
    table = write()
    for number in range(1, 251):
        table.add(**post(number, f"제목 {number}", wr_is_comment=number % 2))
    dumps.dump(places.folder() / "old.sql", table)
    monkeypatch.setattr(running, "STRETCH_S", 0.0)  # a batch each
    run = Run(
        system="gnuboard", dump="old.sql", dry=False, by=person("administrator"), language="ko"
    )
    running.start(run)
    run.refresh_from_db()
    assert (run.state, run.rows) == ("done", 250)
    assert run.counts == {"published": 125, "skipped": 125}
    assert Article.objects.count() == Imported.objects.count() == 125
    assert run.report.count("\ufeff") == 1


def held(record) -> Held:
    key = default_storage.save("held/abc", ContentFile(b"the document"))
    return Held.objects.create(
        source="gnuboard:news", post="1", record=record, shown="보고서.hwp", reason="Why", key=key,
        sha256="0" * 64, size=12,
    )  # fmt: skip


def test_an_editor_fetches_a_file_makes_it_a_pdf_and_marks_it(
    client, django_capture_on_commit_callbacks
):
    land(a_post())
    one = held(article().uuid)
    sign_in(client, person("editor"))
    page = client.get("/admin/imports/held/?state=waiting")
    assert "보고서.hwp" in page.text
    answer = client.get(reverse("imports:held", args=[one.uuid]))
    assert b"".join(answer.streaming_content) == b"the document"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    led = client.get(reverse("imports:text", args=[one.record]))
    assert led["Location"] == reverse("admin:news_article_change", args=[article().pk])
    chosen = {"action": "mark_done", "_selected_action": [one.pk]}
    client.post("/admin/imports/held/", chosen)
    assert Held.objects.get().done_at
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/admin/imports/held/", {**chosen, "action": "delete_selected", "post": "yes"})
    assert not Held.objects.exists()
    assert not default_storage.exists(one.key)


def test_an_author_is_led_to_no_text_that_is_not_theirs(client):
    land(a_post(public=False, reason="It was secret."))
    sign_in(client, person("author"))
    assert client.get(reverse("imports:text", args=[article().uuid])).status_code == 404


def test_no_reader_can_have_a_file_that_waits(client):
    one = held(article().uuid) if land(a_post()) else None
    for path in (f"/media/{one.key}", f"/{one.key}", f"/documents/{one.uuid}/x.hwp"):
        assert client.get(path).status_code == 404
