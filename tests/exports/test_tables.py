"""Tables to take along: the same records in four forms, each with its terms, safe in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
import string
import zipfile
from itertools import chain

import pytest
from django.utils import timezone

from advocacy.exports import views
from advocacy.milestones.models import Milestone
from advocacy.news.models import Article
from advocacy.pages.models import Organisation
from advocacy.publishing import actions
from tests.answers import html
from tests.attachments import makers
from tests.facts import HIDDEN, hide, milestone

pytestmark = pytest.mark.django_db

FORMS = list(views.FORMS)
TERMS = "Name the source."
PLACES = [*string.ascii_uppercase, *(f"A{letter}" for letter in string.ascii_uppercase)]


@pytest.fixture(autouse=True)
def organisation():
    for language in ("en", "ko"):
        Organisation.objects.create(
            language=language,
            name="Citizens’ Alliance",
            short_name="NKHR",
            data_terms=TERMS,
            licence_url="https://creativecommons.org/licenses/by/4.0/",
        )


def taken(client, path, **asked) -> bytes:
    answer = client.get(path, asked)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def rows(client, form, of="milestones", language="en", **asked) -> list[dict]:
    """The records of a table, whatever its form."""
    content = taken(client, f"/{language}/{of}/export.{form}", **asked)
    if form == "csv":
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    if form == "json":
        return json.loads(content)["items"]
    if form == "jsonl":
        return [json.loads(line) for line in content.decode().splitlines()]
    first, *others = sheet(content)
    return [dict(zip(first, line, strict=False)) for line in others]


def sheet(content: bytes, number=1) -> list[list[str]]:
    """The cells of a sheet of a workbook, row by row; of one that is empty, nothing."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        text = book.read(f"xl/worksheets/sheet{number}.xml").decode()
    lines = []
    for row in re.findall(r"<row [^>]*>(.*?)</row>", text, re.DOTALL):
        cells = re.findall(r'<c r="([A-Z]+)[0-9]+"[^>]*>(.*?)</c>', row, re.DOTALL)
        values = {place: re.sub(r"<[^>]+>", "", inner) for place, inner in cells}
        lines.append([values.get(place, "") for place in PLACES])
    return lines


@pytest.mark.parametrize("form", FORMS)
def test_a_table_has_every_public_milestone_once_in_its_order(client, form):
    milestone("2014-02-17", titles={"en": "Report", "ko": "보고서"}, symbols=("A/HRC/25/63",))
    milestone("2003-04-16", titles={"en": "First resolution"})
    found = rows(client, form)
    assert [row["title"] for row in found] == ["First resolution", "Report"]
    assert [row["title"] for row in rows(client, form, language="ko")] == [
        "First resolution",
        "보고서",
    ]
    assert "A/HRC/25/63" in str(found[1]["symbols"])


@pytest.mark.parametrize("how", HIDDEN)
def test_no_table_has_what_is_not_public(client, how):
    fact = milestone(public=False, titles={"en": "Zzhidden"})
    fact.documents.create(attachment=makers.attachment("pdf", title="Zzhidden", language="en"))
    hide(fact, how)
    for form in FORMS:
        assert rows(client, form) == []
        assert rows(client, form, of="documents") == []


def test_a_table_is_filtered_as_the_page_is(client):
    milestone("2003", "chr")
    milestone("2013", "hrc")
    milestone("2014", "sc")
    milestone("2012", "", own_step=True)
    for asked in ({"body": "hrc"}, {"decade": "2000"}, {"body": "none", "decade": "2010"}):
        page = client.get("/en/milestones/", asked)
        entries = chain.from_iterable(getattr(y, "entries", ()) for y in page.context["years"])
        shown = {str(entry.milestone.date) for entry in entries}
        assert len(shown) == 1
        for form in FORMS:
            assert {row["date"] for row in rows(client, form, **asked)} == shown
            assert f"export.{form}?" in html(page)


@pytest.mark.parametrize("asked", ["body=nobody", "body=%00", "decade=2015", "decade=x"])
def test_what_the_page_cannot_be_asked_a_table_cannot_either(client, asked):
    assert client.get(f"/en/milestones/export.csv?{asked}").status_code == 404


def test_documents_are_listed_with_their_checksums(client):
    article = Article.objects.create(title="Statement made", body="<p>x</p>")
    file = makers.attachment("pdf", title="Statement", language="en")
    article.documents.create(attachment=file)
    actions.publish(record=article)
    (row,) = rows(client, "csv", of="documents")
    assert (row["title"], row["sha256"]) == ("Statement", file.sha256)
    assert row["told_in"].endswith(article.get_absolute_url())


@pytest.mark.parametrize("form", FORMS)
def test_every_table_says_how_it_may_be_used_and_when_it_was_made(client, form, time_machine):
    time_machine.move_to("2026-11-25T03:00:00Z", tick=False)
    milestone()
    answer = client.get(f"/en/milestones/export.{form}")
    assert answer["Link"] == '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
    assert answer["Content-Disposition"] == f'attachment; filename="milestones-2026-11-25.{form}"'
    content = b"".join(answer.streaming_content)
    said = str(sheet(content, 2)) if form == "xlsx" else content.decode()
    assert TERMS in said
    assert "2026-11-25T12:00:00+09:00" in said
    if form in ("csv", "xlsx", "jsonl"):  # rows are cut out and passed on
        (row,) = rows(client, form)
        assert TERMS in row["licence"]
        assert row["made"] == "2026-11-25T12:00:00+09:00"


def test_where_no_licence_was_stated_nothing_is_allowed(client):
    Organisation.objects.update(data_terms="", licence_url="")
    milestone()
    answer = client.get("/en/milestones/export.json")
    assert "Link" not in answer
    assert "No licence is stated" in json.loads(b"".join(answer.streaming_content))["licence"]


FORMULAS = ["=HYPERLINK(A1)", "+1", "-1+1", "@SUM(A1)", "＝1+1"]


@pytest.mark.parametrize("title", FORMULAS)
def test_no_cell_of_csv_begins_a_formula(client, title):
    milestone(titles={"en": f"{title} letters"})
    content = taken(client, "/en/milestones/export.csv")
    assert content.startswith(b"\xef\xbb\xbfid,url,date,")
    (row,) = rows(client, "csv")
    assert row["title"] == f"'{title} letters"


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(client):
    for title in FORMULAS:
        milestone(titles={"en": f"{title} letters"})
    content = taken(client, "/en/milestones/export.xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = "".join(book.read(name).decode() for name in book.namelist())
    assert "<f>" not in parts
    assert "<hyperlink" not in parts
    assert len(rows(client, "xlsx")) == len(FORMULAS)


def test_numbers_and_marks_keep_their_types(client):
    milestone(outcome="vote", votes_for=30, votes_against=6, votes_abstaining=11)
    (row,) = rows(client, "json")
    assert (row["votes_for"], row["own_step"]) == (30, False)
    (row,) = rows(client, "csv")
    assert (row["votes_for"], row["own_step"]) == ("30", "false")
    content = taken(client, "/en/milestones/export.xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert "<v>30</v>" in book.read("xl/worksheets/sheet1.xml").decode()


def test_whole_texts_go_into_json_and_into_no_table(client):
    milestone(text='<p>Decided<span data-note="A note."></span>.</p>')
    (row,) = rows(client, "jsonl")
    assert (row["text"], row["footnotes"]) == ("Decided.", ["A note."])
    for form in ("csv", "xlsx"):
        (row,) = rows(client, form)
        assert "text" not in row


def test_a_table_is_written_piece_by_piece(client, monkeypatch):
    for year in range(2001, 2006):
        milestone(str(year))
    monkeypatch.setattr("advocacy.exports.views.in_chunks", lambda rows: ([one] for one in rows))
    answer = client.get("/en/milestones/export.csv")
    pieces = iter(answer.streaming_content)
    assert next(pieces).startswith(b"\xef\xbb\xbfid,")
    Milestone.objects.in_order().first()
    assert len([*pieces]) == 5


@pytest.mark.parametrize("form", FORMS)
def test_head_says_what_a_table_is_and_makes_none(client, form, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        answer = client.head(f"/en/milestones/export.{form}")
    assert (answer.status_code, [*answer.streaming_content]) == (200, [])
    assert "Content-Length" not in answer
    assert answer["Content-Type"] == views.FORMS[form].media_type


def test_taking_a_table_along_is_no_hit_and_no_page(client):
    answer = client.get("/en/milestones/export.csv")
    assert not hasattr(answer, "counted")
    assert not hasattr(answer, "page_params")
    assert answer["Cache-Control"] == "no-cache"


def test_the_pages_lead_to_their_tables(client):
    article = Article.objects.create(title="Statement made", body="<p>x</p>")
    article.documents.create(attachment=makers.attachment("pdf", language="en"))
    actions.publish(record=article)
    milestone()
    for of in ("milestones", "documents"):
        page = html(client.get(f"/ko/{of}/"))
        assert [f'/ko/{of}/export.{form}"' in page for form in FORMS] == [True] * 4


def test_an_export_tells_time_in_seoul(client, time_machine):
    time_machine.move_to("2026-11-25T20:00:00Z")
    assert timezone.localdate().isoformat() == "2026-11-26"
    answer = client.head("/en/documents/export.csv")
    assert "documents-2026-11-26.csv" in answer["Content-Disposition"]
