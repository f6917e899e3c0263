"""From a WordPress, a table or a copied page to records of this site, by the commands."""

from __future__ import annotations

import csv
import io
import os
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from advocacy.hits.models import Baseline
from advocacy.imports import places
from advocacy.imports.models import Run
from advocacy.meetings.models import Meeting
from advocacy.milestones.models import Milestone
from advocacy.news.models import Article
from advocacy.pages.models import StandingPage
from advocacy.publishing.models import Publication
from tests.accounts.signing_in import sign_in
from tests.attachments import makers
from tests.imports.test_copied import PAGE
from tests.imports.wxr import SITE, UPLOADS, attachment, item, meta, term, wxr
from tests.people import person

pytestmark = pytest.mark.django_db
PUBLISHED, DRAFT = Publication.Status.PUBLISHED, Publication.Status.DRAFT


@pytest.fixture(autouse=True)
def disk_need_not_be_sure(monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


def run(name: str, *arguments, **options) -> str:
    said = io.StringIO()
    call_command(name, *map(str, arguments), stdout=said, **options)
    return said.getvalue()


def reported(path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))[1:]


# WordPress


@pytest.fixture
def uploads(tmp_path):
    folder = tmp_path / "uploads" / "2015" / "04"
    folder.mkdir(parents=True)
    (folder / "statement.pdf").write_bytes(makers.saved(makers.pdf("What the statement says")))
    (folder / "hall.jpg").write_bytes(makers.jpeg())
    (tmp_path / "secret.pdf").write_bytes(makers.saved(makers.pdf("Nobody may have this")))
    return tmp_path / "uploads"


@pytest.fixture
def export(tmp_path, uploads):
    path = tmp_path / "export.xml"
    posts = [
        item(
            1,
            "A delegation is heard",
            f'[caption id="x"]<img src="{UPLOADS}/2015/04/hall-300x200.jpg"> The hall[/caption]\n\n'
            f'They <a href="{UPLOADS}/2015/04/statement.pdf">spoke</a>, as <a href="{SITE}/?p=2">before</a>.'
            "<script>alert(1)</script>\n\n[embed]https://youtu.be/abcdef[/embed]",
            more=term("category", "news", "News") + meta(views="420"),
        ),
        item(2, "An earlier statement", link=f"{SITE}/2014/03/earlier-statement/"),
        item(3, "Still secret", status="private"),
        item(4, "About us", kind="page"),
        item(5, "Menu", kind="nav_menu_item"),
        attachment(6, "2015/04/statement.pdf", parent=1),
        attachment(7, "2015/04/hall.jpg"),
        attachment(8, "../secret.pdf", parent=2),
    ]
    path.write_bytes(wxr(*posts).getvalue())
    return path


def test_a_wordpress_comes_over_with_its_files_counts_and_addresses(
    client, export, uploads, tmp_path
):
    report = tmp_path / "report.csv"
    run("import_wordpress", export, "--uploads", uploads, "--report", report)
    heard = Article.objects.get(title="A delegation is heard")
    assert heard.status == PUBLISHED
    assert heard.published_at.date() == date(2015, 4, 8)
    assert [str(tag) for tag in heard.tags.all()] == ["News"]
    assert Baseline.objects.get(item=heard.uuid).number == 420
    assert heard.figures.count() == 1
    (document,) = heard.documents.all()
    assert "The hall" in heard.body
    assert "youtu.be/abcdef" in heard.body
    assert "alert" not in heard.body
    earlier = Article.objects.get(title="An earlier statement")
    assert f'href="{earlier.get_absolute_url()}"' in heard.body
    assert not earlier.documents.exists()
    assert StandingPage.objects.get(title="About us")
    assert Article.objects.get(title="Still secret").status == DRAFT
    for old, new in (
        ("/?p=2", earlier.get_absolute_url()),
        ("/2014/03/earlier-statement/", earlier.get_absolute_url()),
        ("/wp-content/uploads/2015/04/statement.pdf", document.attachment.get_absolute_url()),
    ):
        answer = client.get(old)
        assert (answer.status_code, answer.headers["Location"]) == (301, new)
    told = {row[2]: row for row in reported(report)}
    assert {"2", "3", "5"} <= set(told)
    assert "secret.pdf" in told["2"][5]


def test_a_wordpress_that_comes_twice_comes_once(export):
    run("import_wordpress", export)
    before = set(Article.objects.values_list("uuid", "version"))
    said = run("import_wordpress", export)
    assert set(Article.objects.values_list("uuid", "version")) == before
    assert "as it was" in said


def test_a_dry_run_writes_nothing_and_says_what_would_be(export, uploads):
    said = run("import_wordpress", export, "--uploads", uploads, "--dry-run")
    assert not Article.objects.exists()
    assert "Nothing was written" in said
    assert "published" in said


def test_what_is_no_export_is_one_line_of_the_report(tmp_path):
    path, report = tmp_path / "bomb.xml", tmp_path / "report.csv"
    path.write_text('<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>')
    run("import_wordpress", path, "--report", report)
    (row,) = reported(report)
    assert "DOCTYPE" in row[5]


@pytest.mark.parametrize(
    "command", [["import_wordpress"], ["import_copied"], ["import_table", "article"]]
)
def test_a_file_that_is_not_there_is_told(command, tmp_path):
    with pytest.raises(CommandError, match="no file"):
        run(*command, tmp_path / "none")


def test_the_desk_takes_exports_and_tables_as_it_takes_dumps(client, export):
    sign_in(client, person("administrator"))
    export.rename(places.folder() / "export.xml")
    (places.folder() / "news.csv").write_text(
        "title,text,published,state\nA,b,2015-04-08,published\n"
    )
    asked = {"system": "wordpress", "dump": "export.xml", "dry": "0"}
    client.post("/admin/import/", asked)
    client.post("/admin/import/", {"system": "table-article", "dump": "news.csv", "dry": "0"})
    assert [run.state for run in Run.objects.all()] == ["done", "done"]
    assert Article.objects.filter(status=PUBLISHED).count() == 3


# Tables


def test_a_table_of_milestones_becomes_milestones_in_both_languages(tmp_path):
    path = tmp_path / "milestones.csv"
    path.write_text(
        "id,date,body,kind,symbols,state,title_en,text_en,title_ko,text_ko\n"
        "a,2013-03-21,hrc,resolution,A/HRC/RES/22/13,published,Inquiry,Words.,조사위원회,말.\n"
        "b,2013-13,hrc,resolution,,published,Wrong,,,\n"
        "c,2014,sc,briefing,,,Briefed,,,\n"
    )
    report = tmp_path / "report.csv"
    run("import_table", "milestone", path, "--report", report)
    one, other = Milestone.objects.order_by("date_earliest")
    assert [str(one.date), one.body, str(one.symbols.get())] == [
        "2013-03-21",
        "hrc",
        "A/HRC/RES/22/13",
    ]
    assert {text.language: text.title for text in one.texts.all()} == {
        "en": "Inquiry",
        "ko": "조사위원회",
    }
    assert {text.status for text in one.texts.all()} == {PUBLISHED}
    assert {text.status for text in other.texts.all()} == {DRAFT}
    told = {row[0]: row[5] for row in reported(report)}
    assert told["3"].startswith("date: ")
    assert "4" in told


def test_a_table_of_meetings_becomes_meetings(tmp_path):
    path = tmp_path / "meetings.csv"
    path.write_text(
        "date,title,place,language,participants,state\n"
        '2012-12,Met,Geneva,en,"survivor | A survivor; official | N. Pillay | High Commissioner",published\n'
    )
    run("import_table", "meeting", path)
    meeting = Meeting.objects.get()
    assert (str(meeting.date), meeting.place_en) == ("2012-12", "Geneva")
    assert [(one.role, one.name_en) for one in meeting.participants.all()] == [
        ("survivor", "A survivor"),
        ("official", "N. Pillay"),
    ]


# A copied page


def test_a_copied_page_becomes_drafts_once(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE)
    run("import_copied", path)
    run("import_copied", path)
    assert Article.objects.get().status == DRAFT
    assert Milestone.objects.count() == 6
    assert StandingPage.objects.get().status == DRAFT
