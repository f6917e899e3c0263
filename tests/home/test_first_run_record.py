"""The record a new site begins with: whole in both languages, and true to its own rules."""

import re
import tomllib
from datetime import datetime
from pathlib import Path

import pikepdf
import pytest

from advocacy.accounts.models import User
from advocacy.attachments.models import Attachment
from advocacy.dates.edtf import parse
from advocacy.home import first_run
from advocacy.meetings.models import MeetingText, Participant
from advocacy.milestones.models import Milestone, MilestoneText
from advocacy.pages.models import StandingPage
from advocacy.publishing.richtext import clean
from advocacy.symbols import importing
from advocacy.un import symbols
from advocacy.un.bodies import BODIES
from tests.attachments import makers

FOLDER = Path(__file__).parents[2] / "advocacy/home/firstrun"
LANGUAGES = ("en", "ko")


def read(name: str) -> dict:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


PAGES = read("pages.toml")["page"]
ARTICLES = read("news.toml")["article"]
MEETINGS = read("meetings.toml")["meeting"]
MILESTONES = [read(f"milestones/{path.name}") for path in sorted(FOLDER.glob("milestones/*.toml"))]
PUBLICATIONS = [*PAGES, *ARTICLES, *MEETINGS, *MILESTONES]
BODY_FILES = sorted(
    path for kind in ("pages", "news", "meetings") for path in (FOLDER / kind).glob("*.html")
)
HANGUL = re.compile("[가-힣]")


def bodies() -> list[tuple[str, str]]:
    """Every rich text with the name of where it stands."""
    files = [(path.name, path.read_text(encoding="utf-8")) for path in BODY_FILES]
    return files + [
        (f"{row['key']} {language} {field}", row[language][field])
        for row in MILESTONES
        for language in LANGUAGES
        for field in ("body", "our_part")
    ]


def keys(rows: list[dict]) -> set[str]:
    found = [row["key"] for row in rows]
    assert len(found) == len(set(found))
    return set(found)


def test_the_documents_of_the_united_nations_are_told_as_the_milestones_tell_them():
    text = (FOLDER / "symbols.csv").read_text(encoding="utf-8")
    rows = {row.cells["symbol"]: row.cells for row in importing.read(text)}
    for milestone in MILESTONES:
        assert set(milestone["symbols"]) <= set(rows)
        if milestone["kind"] == "resolution":
            (symbol,) = milestone["symbols"]
            row = rows[symbol]
            assert (row["date"], row["outcome"]) == (milestone["date"], milestone["outcome"])
            for number, vote in (("yes", "for"), ("no", "against"), ("abstain", "abstaining")):
                told = milestone.get(f"votes_{vote}")
                assert row.get(number) == (None if told is None else str(told)), symbol


@pytest.mark.parametrize("row", PUBLICATIONS, ids=lambda row: row["key"])
def test_every_record_is_told_in_english_and_in_korean(row):
    for field in ("title", "slug", "summary"):
        assert row["en"][field] and not HANGUL.search(row["en"][field])
        assert HANGUL.search(row["ko"][field])
    for language in LANGUAGES:
        assert re.fullmatch(r"[a-z0-9가-힣-]+", row[language]["slug"])


@pytest.mark.parametrize(
    "rows", [PAGES, ARTICLES, MEETINGS, MILESTONES], ids=["pages", "news", "meetings", "milestones"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_records_share_an_address(rows, language):
    slugs = [row[language]["slug"] for row in rows]
    assert len(slugs) == len(set(slugs))


def test_every_body_file_belongs_to_a_record_and_every_record_has_its_bodies():
    wanted = {
        f"{kind}/{key}.{language}.html"
        for kind, rows in (("pages", PAGES), ("news", ARTICLES), ("meetings", MEETINGS))
        for key in keys(rows)
        for language in LANGUAGES
    }
    assert {f"{path.parent.name}/{path.name}" for path in BODY_FILES} == wanted


def test_every_relation_leads_to_a_record_of_this_folder():
    documents = keys(read("attachments.toml")["attachment"])
    tags = keys(read("tags.toml")["tag"])
    for row in [*PAGES, *ARTICLES]:
        assert set(row["documents"]) <= documents
    for row in ARTICLES:
        assert set(row["tags"]) <= tags
    for row in [*MEETINGS, *MILESTONES]:
        assert set(row["articles"]) <= keys(ARTICLES)
    for row in MILESTONES:
        assert set(row["meetings"]) <= keys(MEETINGS)


@pytest.mark.parametrize("row", MILESTONES, ids=lambda row: row["key"])
def test_a_milestone_uses_known_bodies_kinds_dates_and_canonical_symbols(row):
    assert row["kind"] in Milestone.Kind.values
    assert row["outcome"] in ("", *Milestone.Outcome.values)
    assert row["body"] in BODIES or (row["own_step"] and row["body"] == "")
    assert parse(row["date"]).edtf == row["date"]
    assert [str(symbols.parse(symbol)) for symbol in row["symbols"]] == row["symbols"]
    counted = {"votes_for", "votes_against", "votes_abstaining"} & row.keys()
    assert len(counted) == (3 if row["outcome"] == "vote" else 0)


@pytest.mark.parametrize("row", MILESTONES, ids=lambda row: row["key"])
def test_a_milestone_with_a_vote_says_where_the_numbers_come_from(row):
    text = (FOLDER / "milestones" / f"{row['key']}.toml").read_text(encoding="utf-8")
    assert row["outcome"] != "vote" or "# source (vote" in text or "procedural vote" in text


def test_only_the_article_of_the_old_board_claims_a_day_of_publication():
    assert [row["key"] for row in PUBLICATIONS if "published_at" in row] == ["coi-advocacy"]


@pytest.mark.django_db
def test_every_other_text_is_published_when_it_is_loaded(time_machine):
    loaded_at = datetime.fromisoformat("2026-03-01T09:00:00+09:00")
    time_machine.move_to(loaded_at, tick=False)
    first_run.load()
    for model in (StandingPage, MeetingText, MilestoneText):
        assert {text.published_at for text in model.objects.published()} == {loaded_at}


@pytest.mark.django_db
def test_a_first_run_cut_short_after_its_files_is_taken_up_again(monkeypatch):
    def store(*, source, title, name, language):
        return makers.attachment("pdf", title=title, name=name, language=language)

    def cut_short(folder):
        raise KeyboardInterrupt

    monkeypatch.setattr(first_run.attachments, "store", store)
    monkeypatch.setattr(first_run, "_load_tags", cut_short)
    for _time in range(2):
        with pytest.raises(KeyboardInterrupt):
            first_run.load()
        assert Attachment.objects.count() == 2
        assert not first_run.has_content()
    Attachment.objects.update(uploaded_by=User.objects.create_user("editor", role="editor"))
    assert first_run.has_content()


def test_participants_have_known_roles_and_names_in_both_languages():
    for meeting in MEETINGS:
        for person in meeting["participant"]:
            assert person["role"] in Participant.Role.values
            assert person["name_en"] and HANGUL.search(person["name_ko"])


@pytest.mark.parametrize(("name", "text"), bodies(), ids=lambda value: value[:60])
def test_a_body_loses_nothing_to_the_sanitiser(name, text):
    def without_links(value: str) -> str:
        return re.sub(r'<a class="sym"[^>]*>(.*?)</a>', r"\1", value).strip()

    assert without_links(clean(text)) == text.strip()


@pytest.mark.parametrize(("name", "text"), bodies(), ids=lambda value: value[:60])
def test_links_within_a_body_lead_to_pages_of_this_record(name, text):
    lists = {f"/{language}/{name}/" for language in LANGUAGES for name in ("milestones", "news")}
    pages = {f"/{language}/{row[language]['slug']}/" for language in LANGUAGES for row in PAGES}
    assert set(re.findall(r'href="([^"]*)"', text)) <= lists | pages


@pytest.mark.parametrize("row", read("attachments.toml")["attachment"], ids=lambda row: row["key"])
def test_a_fact_sheet_is_two_tagged_pages_in_its_language(row):
    path = FOLDER / row["file"]
    assert path.stat().st_size < 300_000
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 2
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == row["language"]
