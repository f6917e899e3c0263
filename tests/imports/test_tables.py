"""Articles, milestones and meetings out of tables, CSV and XLSX."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from advocacy.imports.records import Coverage, Form, Kind, Participant, Post, Skipped
from advocacy.imports.tables import rows
from advocacy.imports.tables.columns import COLUMNS, KOREAN
from advocacy.imports.tables.posts import read

SEOUL = ZoneInfo("Asia/Seoul")


def table(*lines: str, encoding: str = "utf-8") -> io.BytesIO:
    return io.BytesIO("\r\n".join(lines).encode(encoding))


def workbook(*lines: list, title: str = "Sheet") -> io.BytesIO:
    book = openpyxl.Workbook()
    book.active.title = title
    for line in lines:
        book.active.append(line)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def only(stream: io.BytesIO, kind: Kind = Kind.ARTICLE) -> Post:
    (post,) = read(stream, kind)
    assert isinstance(post, Post), post
    return post


def refused(stream: io.BytesIO, kind: Kind = Kind.ARTICLE) -> Skipped:
    (one,) = read(stream, kind)
    assert isinstance(one, Skipped), one
    return one


# What a row says


def test_an_article_is_read_from_its_row():
    post = only(
        table(
            "id,title,text,published,state,byline,tags,hits,event_date,coverage,files,addresses,language",
            '7,COI,First.,2015-04-08 21:01,published,NKHR,"UN, Geneva","1,234",2012-12,'
            "Reuters | Heard | https://r.example.org/1 | 2013,a/b.pdf | The statement.pdf,"
            "/bbs/1;/bbs/2,en",
        )
    )
    assert (post.source, post.key, post.public) == ("table:article", "7", True)
    assert post.written == datetime(2015, 4, 8, 21, 1, tzinfo=SEOUL)
    assert (post.text.title, post.text.byline, post.text.language) == ("COI", "NKHR", "en")
    assert (post.tags, post.hits, post.event) == (("UN", "Geneva"), 1234, "2012-12")
    assert post.coverage == (Coverage("Reuters", "Heard", "https://r.example.org/1", "2013"),)
    assert [(file.path, file.shown) for file in post.files] == [("a/b.pdf", "The statement.pdf")]
    assert post.addresses == ("/bbs/1", "/bbs/2")


def test_a_row_that_does_not_say_it_is_published_is_a_draft():
    assert not only(table("title", "COI")).public
    (post,) = read(table("title", "COI"), Kind.ARTICLE, state="published")
    assert post.public
    (post,) = read(table("title,state", "COI,draft"), Kind.ARTICLE, state="published")
    assert not post.public


def test_a_text_with_marks_is_html_and_another_is_not():
    assert only(table("title,text", "a,<p>b</p>")).text.form == Form.HTML
    assert only(table("title,text", "a,b < c > d")).text.form == Form.PLAIN


def test_a_milestone_is_told_in_both_languages_by_one_row():
    post = only(
        table(
            "date,body,kind,outcome,votes_for,votes_against,votes_abstaining,symbols,title_en,title_ko,our_part_ko",
            "2014-12-18,ga,resolution,vote,116,20,53,a/res/69/188; A/RES/60/173,Accountability,책임,로비",
        ),
        Kind.MILESTONE,
    )
    assert (post.fact.date, post.fact.body, post.fact.votes) == ("2014-12-18", "ga", (116, 20, 53))
    assert post.fact.symbols == ("A/RES/69/188", "A/RES/60/173")
    assert [(text.language, text.title, text.our_part) for text in post.texts] == [
        ("en", "Accountability", ""),
        ("ko", "책임", "로비"),
    ]


def test_two_rows_of_one_id_tell_one_fact_in_two_languages():
    post = only(
        table(
            "id,date,language,title,place", "a,2012-12,en,Met,Geneva", "a,2012-12,ko,면담,제네바"
        ),
        Kind.MEETING,
    )
    assert [text.language for text in post.texts] == ["en", "ko"]
    assert (post.fact.place_en, post.fact.place_ko) == ("Geneva", "제네바")


def test_two_rows_of_one_id_that_do_not_agree_are_told():
    first, second = read(
        table("id,date,language,title", "a,2012-12,en,Met", "a,2013,ko,면담"), Kind.MEETING
    )
    assert isinstance(first, Skipped)
    assert isinstance(second, Post)


def test_a_meeting_names_who_was_there():
    post = only(
        table(
            "date,title,participants",
            "2012-12,Met,official | Navanethem Pillay | High Commissioner | OHCHR | 나비 필레이;"
            "survivor | A survivor",
        ),
        Kind.MEETING,
    )
    assert post.fact.participants == (
        Participant(
            "official",
            "Navanethem Pillay",
            "나비 필레이",
            "High Commissioner",
            "",
            "OHCHR",
        ),
        Participant("survivor", "A survivor"),
    )


@pytest.mark.parametrize("kind", COLUMNS)
def test_every_column_is_described(kind):
    said = (settings.BASE_DIR / "docs" / "moving.md").read_text(encoding="utf-8")
    for name in COLUMNS[kind]:
        assert f"`{name}`" in said, name
    for head in KOREAN:
        assert head in said


# How it is written


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("cp949", ","), ("utf-16", "\t"), ("utf-8-sig", "\t")],
)
def test_what_excel_writes_anywhere_is_read(encoding, separator):
    lines = [separator.join(["title", "byline"]), separator.join(["북한 인권", "시민연합"])]
    post = only(table(*lines, encoding=encoding))
    assert (post.text.title, post.text.byline) == ("북한 인권", "시민연합")


def test_heads_may_be_in_korean_and_stand_below_a_title():
    post = only(table("우리 기록", "", "제목,작성자,조회", "면담,시민연합,12"))
    assert (post.text.title, post.text.byline, post.hits, post.line) == ("면담", "시민연합", 12, 4)


def test_a_workbook_is_read_by_what_its_cells_hold():
    post = only(
        workbook(
            ["title", "published", "hits", "event_date"],
            ["COI", datetime(2015, 4, 8, 21, 1), 1234.0, 2004],  # noqa: DTZ001  as Excel holds it
        )
    )
    assert post.written == datetime(2015, 4, 8, 21, 1, tzinfo=SEOUL)
    assert (post.hits, post.event) == (1234, "2004")


def test_a_time_with_an_offset_is_that_time():
    post = only(table("title,published", "COI,2015-04-08T12:01:00.000000Z"))
    assert post.written == datetime(2015, 4, 8, 12, 1, tzinfo=UTC)


def test_the_apostrophe_before_what_a_spreadsheet_would_calculate_goes():
    assert only(table("title", "'=1+1")).text.title == "=1+1"
    assert only(table("title", "'Quoted'")).text.title == "'Quoted'"


def test_the_same_row_has_the_same_key_without_an_id():
    first, second = only(table("title,hits", "COI,1")), only(table("hits,title", "2,COI"))
    assert first.key == second.key


# What cannot be read


@pytest.mark.parametrize(
    ("head", "cell", "kind"),
    [
        ("id", "x" * 101, Kind.ARTICLE),
        ("hits", "many", Kind.ARTICLE),
        ("published", "yesterday", Kind.ARTICLE),
        ("state", "secret", Kind.ARTICLE),
        ("event_date", "14 January 2013", Kind.ARTICLE),
        ("language", "fr", Kind.ARTICLE),
        ("coverage", "| Heard", Kind.ARTICLE),
        ("body", "HRC2", Kind.MILESTONE),
        ("symbols", "A/HRC/RES22/13", Kind.MILESTONE),
        ("votes_for", "3", Kind.MILESTONE),
        ("turning_point", "perhaps", Kind.MILESTONE),
        ("participants", "guest | X", Kind.MEETING),
    ],
)
def test_an_error_names_its_line_and_column(head, cell, kind):
    given = {"title": "COI", "date": "2013", "kind": "resolution", "body": "hrc", head: cell}
    if kind != Kind.MILESTONE:
        given = {"title": "COI", head: cell} | ({"date": "2013"} if kind == Kind.MEETING else {})
    file = io.StringIO()
    writer = csv.DictWriter(file, list(given))
    writer.writeheader()
    writer.writerow(given)
    one = refused(io.BytesIO(file.getvalue().encode()), kind)
    assert one.line == 2
    assert one.reason.startswith((f"{head}: ", "outcome: "))


def test_one_bad_row_stops_no_other_and_an_unknown_column_is_told():
    found = list(
        read(table("title,hits,colour", "a,1,red", "b,x,red", ",3,red", "d,4,"), Kind.ARTICLE)
    )
    assert [one.text.title for one in found if isinstance(one, Post)] == ["a", "d"]
    assert [one.line for one in found if isinstance(one, Skipped)] == [1, 3, 4]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"a,b\n1,2",
        b"PK\x03\x04",
        b"PK\x03\x04" + b"x" * 100,
        b"\xff\xfe\x00\xd8",
        b"\0",
    ],
)
def test_what_is_no_table_is_refused_with_one_sentence(content):
    assert refused(io.BytesIO(content)).reason


def test_a_quotation_mark_without_end_is_one_line_of_the_report():
    body = "x" * (rows.LONGEST + 10)
    first, second = read(table("title", "a", f'"{body}', "b"), Kind.ARTICLE)
    assert isinstance(first, Post)
    assert (second.line, isinstance(second, Skipped)) == (3, True)


def _with(member: str, content: bytes, *, kept: bool = True) -> io.BytesIO:
    """A workbook with one member more, or another in its place."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(workbook(["title"], ["COI"])) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.infolist():
            if one.filename != member:
                new.writestr(one, old.read(one))
        new.writestr(member, content)
    file.seek(0)
    return file


def test_a_zip_bomb_is_refused_without_being_unpacked(monkeypatch):
    monkeypatch.setattr(rows, "MOST_BYTES", 5_000_000)
    assert "too large" in refused(_with("xl/media/bomb.bin", b"\0" * (rows.MOST_BYTES + 1))).reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("member", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"])
def test_a_workbook_that_declares_entities_is_refused(member, encoding):
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]><x>&l9;</x>'
    assert "DOCTYPE" in refused(_with(member, bomb.encode(encoding))).reason


def test_a_row_at_the_end_of_a_sheet_is_no_million_rows(monkeypatch):
    monkeypatch.setattr(rows, "MOST_ROWS", 1_000)
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c></row>'
        b'<row r="999999999"><c r="A999999999" t="inlineStr"><is><t>COI</t></is></c></row>'
        b"</sheetData></worksheet>"
    )
    assert refused(_with("xl/worksheets/sheet1.xml", sheet)).line == 1_001


@given(st.binary(max_size=300))
def test_no_bytes_of_a_table_break_it(content):
    for kind in COLUMNS:
        for one in read(io.BytesIO(content), kind):
            assert isinstance(one, Post | Skipped)


@given(
    st.sampled_from(list(COLUMNS)),
    st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=4),
    st.data(),
)
def test_no_cells_break_it(kind, cells, data):
    heads = data.draw(st.lists(st.sampled_from([*COLUMNS[kind], "title_en", "x"]), max_size=12))
    needed = ["title", *(name for name, one in COLUMNS[kind].items() if one.is_needed)]
    file = io.StringIO(newline="")
    csv.writer(file).writerows([[*needed, *heads], *cells])
    for one in read(io.BytesIO(file.getvalue().encode(errors="replace")), kind):
        assert isinstance(one, Post | Skipped)


@given(st.binary(min_size=1, max_size=30), st.floats(min_value=0, max_value=1))
def test_no_damage_to_a_workbook_breaks_it(damage, place):
    content = workbook(["title", "hits"], ["COI", 3]).getvalue()
    at = int(place * len(content))
    for one in read(io.BytesIO(content[:at] + damage + content[at + len(damage) :]), Kind.ARTICLE):
        assert isinstance(one, Post | Skipped)
