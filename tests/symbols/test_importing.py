"""Lists of UN documents brought in from CSV."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from advocacy.publishing import at_once, generation
from advocacy.symbols import importing
from advocacy.symbols.models import Relation, UNDocument

pytestmark = pytest.mark.django_db

HEADER = "symbol,title,date,body,yes,no,abstain,sponsors,draft,report\n"
RESOLUTION = "A/RES/69/188,Situation,2014-12-18,ga,116,20,53,Japan; Italy,A/C.3/69/L.28/Rev.1,\n"
#: As the Dag Hammarskjöld Library names its columns, a row for each state.
VOTES = (
    "undl_id,ms_codes,ms_votes,resolutions,title,modality,draft,committee_report,meeting,"
    "agenda_titles,date,yes,no,abstentions,non-voting\n"
    "1,KOR,Y,A/RES/69/188,SITUATION,with vote,A/69/L.1,A/69/488/Add.3,A/69/PV.73,RIGHTS,2014-12-18,"
    "116,20,53,4\n"
    "1,CHN,N,A/RES/69/188,SITUATION,with vote,A/69/L.1,A/69/488/Add.3,A/69/PV.73,RIGHTS,2014-12-18,"
    "116,20,53,4\n"
)


def bring_in(text: str, **options) -> importing.Result:
    return importing.bring_in(importing.read(text), **options)


def numbers(result: importing.Result) -> tuple[int, int, int, int]:
    found = (result.made, result.changed, result.same, result.problems)
    return tuple(len(some) for some in found)


def test_a_row_is_a_document_with_its_vote_its_sponsors_and_its_chain():
    assert numbers(bring_in(HEADER + RESOLUTION)) == (1, 0, 0, 0)
    document = UNDocument.objects.get()
    assert (document.symbol, document.title_en, document.session) == (
        *("A/RES/69/188", "Situation", "69"),
    )
    assert (document.outcome, document.votes_for, document.votes_against) == ("vote", 116, 20)
    assert document.sponsors == "Japan\nItaly"
    assert str(document.date_latest) == "2014-12-18"
    (relation,) = document.relations.all()
    assert (relation.kind, relation.other) == ("draft", "A/C.3/69/L.28/Rev.1")


def test_the_same_list_again_changes_nothing():
    bring_in(HEADER + RESOLUTION)
    before = generation.look()
    assert numbers(bring_in(HEADER + RESOLUTION)) == (0, 0, 1, 0)
    assert generation.look() == before
    assert Relation.objects.count() == 1


def test_a_row_changes_what_it_says_and_keeps_what_it_leaves_empty():
    UNDocument.objects.create(symbol="A/RES/69/188", title_ko="상황", title_en="Old")
    before = generation.look()[0]
    assert numbers(bring_in("symbol,title,title_ko\na/res/69/188,New,\n")) == (0, 1, 0, 0)
    document = UNDocument.objects.get()
    assert (document.title_en, document.title_ko) == ("New", "상황")
    assert generation.look()[0] > before


def test_the_library_s_voting_data_makes_one_document_of_the_rows_of_all_states():
    assert numbers(bring_in(VOTES)) == (1, 0, 0, 0)
    document = UNDocument.objects.get()
    assert (document.agenda_item, document.votes_abstaining) == ("RIGHTS", 53)
    assert {one.kind: one.other for one in document.relations.all()} == {
        "draft": "A/69/L.1",
        "report": "A/69/488/Add.3",
        "record": "A/69/PV.73",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "euc-kr"])
def test_what_korean_spreadsheets_save_is_read(encoding):
    text = importing.decoded("symbol,title_ko\r\nA/RES/69/188,북한 인권 상황\r\n".encode(encoding))
    bring_in(text)
    assert UNDocument.objects.get().title_ko == "북한 인권 상황"


def test_a_wrong_row_is_told_by_its_line_and_stops_no_other():
    rows = [
        "# A note.",
        "A/RES/69/188,,2014-12-18,,,,,,,",
        "A/RES69/188,,,,,,,,,",
        '"A/RES/60/173","Two\nlines",2005-13-45,,,,,,,',
        "A/RES/61/174,,,nobody,,,,,,",
        "A/RES/62/167,,,,101,22,,,,",
        "A/RES/63/190,,,sc,,,,,,",
        "A/RES/64/175,,,,,,,,draft 64,",
        "A/RES/65/225,,,,,,,,,",
    ]
    result = bring_in(HEADER + "\n".join(rows) + "\n")
    assert [problem.line for problem in result.problems] == [4, 6, 7, 8, 9, 10]
    assert sorted(result.made) == ["A/RES/64/175", "A/RES/65/225", "A/RES/69/188"]
    assert set(UNDocument.objects.values_list("symbol", flat=True)) == result.made


@pytest.mark.parametrize(
    "row",
    [
        f"A/RES/69/188,,,,{'9' * 5000},1,1,,,",
        f"A/RES/69/188,,,,,,,,A/HRC/25/1{'/Amend.123' * 5},",
        f"E/CN.4/Sub.2/2003/NGO/12345{'/Amend.123' * 4},,,,,,,,,",
    ],
    ids=["number", "chain", "symbol"],
)
def test_what_is_longer_than_anything_there_is_is_told_by_its_line(row):
    result = bring_in(HEADER + row + "\nA/RES/60/173,Sit\0uation,,,,,,,,\n")
    assert [problem.line for problem in result.problems] == [2]
    assert UNDocument.objects.get(symbol="A/RES/60/173").title_en == "Sit uation"
    assert not Relation.objects.exists()


def test_a_row_that_was_refused_leaves_the_document_as_it_was():
    UNDocument.objects.create(symbol="A/RES/69/188", title_en="Old")
    result = bring_in("symbol,title,yes\nA/RES/69/188,New,1\nA/RES/69/188,,\n")
    assert numbers(result) == (0, 0, 1, 1)
    assert UNDocument.objects.get().title_en == "Old"


def test_a_dry_run_says_what_would_be_and_writes_nothing():
    result = bring_in(HEADER + RESOLUTION + RESOLUTION.replace("116", "117"), dry_run=True)
    assert numbers(result) == (1, 0, 0, 0)
    assert not UNDocument.objects.exists()


def test_many_rows_are_written_a_few_at_a_time(monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 3)
    told: list[int] = []
    rows = "".join(f"A/HRC/25/{number}\n" for number in range(1, 9))
    assert len(bring_in("symbol\n" + rows, tell=told.append).made) == 8
    assert told == [4, 7, 9]


def test_a_row_that_may_not_be_shown_is_refused(monkeypatch):
    monkeypatch.setattr(
        at_once, "problems", lambda row, by: ["A protected name."] if "Kim" in row.title_en else []
    )
    result = bring_in("symbol,title\nA/RES/69/188,Kim\nA/RES/60/173,Situation\n")
    assert [problem.sentence for problem in result.problems] == ["A protected name."]
    assert UNDocument.objects.get().symbol == "A/RES/60/173"


@pytest.mark.parametrize("raw", [b"", b"title\nx\n", b"\x81\xff\xfe\x00\xd8", b"\x00\x00"])
def test_what_is_no_such_list_is_refused_in_words(tmp_path, raw):
    file = tmp_path / "list.csv"
    file.write_bytes(raw)
    with pytest.raises(CommandError, match=r"symbol|UTF-8|CSV"):
        call_command("import_symbols", str(file), stdout=StringIO())
    assert not UNDocument.objects.exists()


@given(st.text(alphabet='symbolA/HRC25,"\n;#\x00가 ', max_size=120))
def test_any_text_is_read_or_refused(text):
    try:
        rows = list(importing.read("symbol,draft\n" + text))
    except importing.Unreadable:
        return
    assert all(row.line >= 1 for row in rows)


def test_the_command_tells_each_problem_and_ends_badly_where_there_is_one(tmp_path):
    file, said, wrong = tmp_path / "list.csv", StringIO(), StringIO()
    file.write_text(HEADER + RESOLUTION)
    call_command("import_symbols", str(file), stdout=said)
    assert "1 new, 0 changed, 0 as they were, 0 problems." in said.getvalue()
    file.write_text(HEADER + "A/RES69/188,,,,,,,,,\n")
    with pytest.raises(CommandError):
        call_command("import_symbols", str(file), stdout=said, stderr=wrong)
    assert "Line 2, A/RES69/188: There is no such UN document symbol." in wrong.getvalue()
