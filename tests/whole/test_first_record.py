"""The record a new site begins with, held against the facts it was written from."""

import re
from datetime import datetime

import pypdfium2
import pytest
from django.apps import apps
from django.utils import translation

from advocacy.dates.templatetags.dates import partial_date
from advocacy.home import first_run
from advocacy.meetings.models import Meeting
from advocacy.milestones import wording
from advocacy.milestones.models import Milestone
from advocacy.news.models import Article
from advocacy.publishing.models import Correction
from tests.site.pages import Page

from .record import LANGUAGES

pytestmark = pytest.mark.django_db

#: Date at the precision known, who acted, symbols and how it was decided: from public UN records.
DECIDED = {
    ("2003-04-16", "chr", "E/CN.4/RES/2003/10", (28, 10, 14)),
    ("2004-04-15", "chr", "E/CN.4/RES/2004/13", (29, 8, 16)),
    ("2004", "sr-dprk", "", None),
    ("2005-07-22", "cedaw", "CEDAW/C/PRK/CO/1", None),
    ("2005-12-16", "ga", "A/RES/60/173", (88, 21, 60)),
    ("2009-03-27", "crc", "CRC/C/PRK/CO/4", None),
    ("2009-12/2010-03", "upr", "A/HRC/13/13", None),
    ("2013-01-14", "hchr", "", None),
    ("2013-03-21", "hrc", "A/HRC/RES/22/13", "no_vote"),
    ("2014-02-17", "coi-dprk", "A/HRC/25/63 A/HRC/25/CRP.1", None),
    ("2014-03-28", "hrc", "A/HRC/RES/25/25", (30, 6, 11)),
    ("2014-05-01", "upr", "A/HRC/27/10", None),
    ("2014-12-18", "ga", "A/RES/69/188", (116, 20, 53)),
    ("2014-12-22", "sc", "S/PV.7353 S/2014/872", (11, 2, 2)),
}
#: What the organisation did itself, by its own record; before which body.
OUR_STEPS = {
    ("1997", ""),
    ("2003/2004", "chr"),
    ("2005", "cedaw"),
    ("2009", "crc"),
    ("{2010,2014}", "upr"),
    ("2012-12", "hchr"),
    ("2012/2013", "hrc"),
    ("2014", ""),
}
#: Where the record does not say what our part was, none is claimed.
WITHOUT_OUR_PART = {"2005-12-16", "2014-02-17"}
CAMP = re.compile(r"[Cc]amp\s+(?:No\.?\s*)?(\d+)|(\d+)\s*호")


def decided(milestone: Milestone) -> tuple:
    votes = (milestone.votes_for, milestone.votes_against, milestone.votes_abstaining)
    outcome = votes if milestone.outcome == Milestone.Outcome.VOTE else milestone.outcome or None
    symbols = " ".join(str(use.symbol) for use in milestone.symbols.all())
    return str(milestone.date), milestone.body, symbols, outcome


def fact_sheet(language: str) -> str:
    """Its text as it is read, spaces and line ends as the layout made them."""
    path = first_run.FOLDER / "documents" / f"fact-sheet.{language}.pdf"
    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(page.get_textpage().get_text_range() for page in pdf)


def the_article(language: str) -> Article:
    return Article.objects.published().tagged("commission-of-inquiry").get(language=language)


def test_the_record_holds_every_decision_and_no_other():
    made = Milestone.objects.published().filter(own_step=False)
    assert {decided(milestone) for milestone in made} == DECIDED
    assert made.count() == len(DECIDED)


def test_the_record_holds_every_step_of_our_own_and_no_other():
    made = Milestone.objects.published().filter(own_step=True)
    assert {(str(step.date), step.body) for step in made} == OUR_STEPS
    assert made.count() == len(OUR_STEPS)
    assert not [step for step in made if step.symbols.exists() or step.outcome]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_milestone_is_told_with_its_date_its_symbols_and_its_vote(client, record, language):
    page = Page(client, record.paths[language, "milestones"])
    shown = sorted(" ".join(entry.text().split()) for entry in page.all("li.ms"))
    with translation.override(language):
        for milestone in Milestone.objects.published():
            text = milestone.texts.get(language=language)
            (entry,) = (line for line in shown if text.title in line and text.summary in line)
            date = re.sub(r"<[^>]+>", "", partial_date(milestone.date))
            assert entry.startswith(date)
            for use in milestone.symbols.all():
                assert str(use.symbol) in entry
            assert " ".join(wording.outcome(milestone).split()) in entry
    assert len(shown) == len(DECIDED) + len(OUR_STEPS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_part_is_told_where_the_record_says_so_and_nowhere_else(language):
    untold = {
        str(milestone.date)
        for milestone in Milestone.objects.published()
        if not milestone.texts.get(language=language).our_part
    }
    assert untold == WITHOUT_OUR_PART


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_article_keeps_the_date_and_the_byline_of_the_old_board(language):
    article = the_article(language)
    assert article.published_at == datetime.fromisoformat("2015-04-08T21:01:00+09:00")
    assert article.get_absolute_url().startswith(f"/{language}/news/2015/")
    assert (article.byline, str(article.event_date)) == ("NKHR", "2012-12/2013-01")
    documents = [use.attachment.language for use in article.documents.all()]
    assert sorted(documents) == ["en", "ko"]
    assert documents[0] == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_media_coverage_names_outlets_and_nothing_that_is_not_known(language):
    reports = the_article(language).coverage.all()
    assert [report.outlet for report in reports] == ["Reuters", "The Wall Street Journal"]
    for report in reports:
        assert not any((report.headline, report.url, report.archived_url, report.date))


def test_the_meeting_seats_everyone_in_the_role_the_record_gives():
    seated = Meeting.objects.published().get().participants
    assert [(seat.role, seat.name_en) for seat in seated.all()] == [
        ("delegation", "Joanna Hosaniak"),
        ("delegation", "Eun-young Kim"),
        ("survivor", "Hyesook Kim"),
        ("survivor", "Donghyuk Shin"),
        ("official", "Navanethem Pillay"),
        ("official", "Marzuki Darusman"),
        ("official", "Five other officials"),
        ("supporting", "Julie de Rivero"),
    ]
    assert all(seat.name_ko for seat in seated.all())


def test_no_camp_number_stands_anywhere_but_that_of_hyesook_kim(client, record):
    """Mr Shin corrected parts of his account in January 2015."""
    read = {str(path): client.get(path).content.decode() for path in record.paths.values()}
    for milestone in Milestone.objects.published():
        for text in milestone.texts.all():
            read[text.title] = text.body + text.our_part + text.summary
    read |= {f"fact sheet {language}": fact_sheet(language) for language in LANGUAGES}
    found = {
        number
        for text in read.values()
        for match in CAMP.finditer(re.sub(r"<[^>]+>|\s+", " ", text))
        for number in match.groups()
        if number
    }
    assert found == {"18"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fact_sheet_names_every_document_the_record_names(language):
    text = "".join(fact_sheet(language).split())
    for _date, _body, symbols, outcome in DECIDED:
        if symbols:
            assert symbols.split()[0] in text
        if isinstance(outcome, tuple):
            assert "–".join(map(str, outcome)) in text


def test_the_record_begins_without_corrections():
    for model in (model for model in apps.get_models() if issubclass(model, Correction)):
        made = model._default_manager.exclude(note="A number was wrong.")  # of the test's article
        assert not made.exists()
