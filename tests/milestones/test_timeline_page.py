"""The timeline, as a visitor finds it."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from advocacy.milestones.models import MilestoneText
from advocacy.publishing import actions
from tests.answers import html, queries, words
from tests.facts import GONE, HIDDEN, hide, milestone, page_of
from tests.site.pages import Page

pytestmark = pytest.mark.django_db

TIMELINE = "/en/milestones/"


def entries(response):
    """The titles of the timeline, in its order."""
    return re.findall(r'<h3><a href="[^"]+"[^>]*>([^<]+)</a></h3>', html(response))


def marks(response):
    """The number of marks in the chart of the record, then in that of each body."""
    charts = LexborHTMLParser(html(response)).css("svg[role=img]")
    return [len(chart.css("rect")) for chart in charts]


def test_the_timeline_shows_every_milestone_oldest_first(client):
    milestone("2014-02-17")
    milestone("2003-04-16")
    milestone("2012-12", "", own_step=True)
    assert entries(client.get(TIMELINE)) == [
        "Milestone of 2003-04-16",
        "Milestone of 2012-12",
        "Milestone of 2014-02-17",
    ]


def test_the_newest_come_first_on_request(client):
    milestone("2003")
    milestone("2014")
    response = client.get(TIMELINE, {"order": "newest"})
    assert entries(response) == ["Milestone of 2014", "Milestone of 2003"]
    assert "newest first." in words(response)


def test_an_empty_record_says_why_it_is_empty(client):
    response = client.get(TIMELINE)
    assert response.status_code == 200
    assert "No milestone yet." in words(response)
    assert "<svg" not in html(response)


def test_a_milestone_told_in_two_languages_is_one(client):
    milestone("2013", titles={"en": "Inquiry", "ko": "조사위원회"})
    for path, title in ((TIMELINE, "Inquiry"), ("/ko/milestones/", "조사위원회")):
        response = client.get(path)
        assert entries(response) == [title]
        assert marks(response) == [1, 1]
        assert response.context["count"] == 1


def test_a_milestone_not_told_in_this_language_is_shown_in_the_other_and_marked(client):
    milestone("2013", titles={"en": "Inquiry established"})
    page = html(client.get("/ko/milestones/"))
    assert 'lang="en" hreflang="en">Inquiry established</a>' in page
    assert '<p lang="en">Summary of Inquiry established</p>' in page


def test_no_day_is_invented_for_a_month_a_year_or_an_interval(client):
    milestone("2012-12")
    milestone("2004")
    milestone("2009-12/2010-03")
    milestone("{2010,2014}")
    response = client.get(TIMELINE)
    shown = html(response).split('<section class="yr"', 1)[1]
    assert set(re.findall(r'<time datetime="([^"]+)">', shown)) == {"2012-12", "2004"}
    assert "December 2009 to March 2010" in shown
    assert "2010 and 2014" in shown
    assert not re.search(r"\b(1|31) (January|December|March)\b", words(response))


def test_the_shape_of_the_mark_tells_the_precision_and_who_acted(client):
    milestone("2013-03-21", turning_point=True)
    milestone("2012-12", "", own_step=True)
    milestone("2004")
    page = html(client.get(TIMELINE))
    assert 'class="ms p-day major"' in page
    assert 'class="ms p-month ours"' in page
    assert 'class="ms p-year"' in page


def test_what_colour_and_shape_say_is_said_in_words_too(client):
    milestone("2013-03-21", turning_point=True)
    assert "Human Rights Council . Turning point" in words(client.get(TIMELINE))


def test_symbols_lead_to_the_official_record_and_a_vote_has_its_numbers(client):
    milestone(
        "2014-12-18",
        "ga",
        symbols=("A/RES/69/188",),
        outcome="vote",
        votes_for=116,
        votes_against=20,
        votes_abstaining=53,
    )
    response = client.get(TIMELINE)
    assert 'href="/en/un/A/RES/69/188/"' in html(response)
    assert "116 in favour, 20 against, 53 abstaining" in words(response)


def test_gaps_are_named_and_a_filter_does_not_say_that_nothing_happened(client):
    milestone("2005", "ga")
    milestone("2007", "hrc")
    milestone("2009", "ga")
    assert "2006: no milestone" in words(client.get(TIMELINE))
    filtered = words(client.get(TIMELINE, {"body": "ga"}))
    assert "2006 to 2008: none in this selection" in filtered
    assert "no milestone" not in filtered


def test_the_filters_combine_and_each_link_keeps_the_other_choice(client):
    milestone("2005", "ga")
    milestone("2007", "hrc")
    milestone("2013", "hrc")
    response = client.get(TIMELINE, {"body": "hrc", "decade": "2010", "order": "newest"})
    assert entries(response) == ["Milestone of 2013"]
    page = html(response)
    assert '<a href="/en/milestones/?decade=2010&amp;order=newest">All</a> <span>1</span>' in page
    assert "?body=hrc&amp;decade=2000&amp;order=newest" in page
    assert '<span class="none">General Assembly 0</span>' in page
    assert 'aria-current="true">Human Rights Council</a> <span>1</span>' in page


def test_a_decade_asks_the_members_of_a_set(client):
    milestone("{1999,2014}", "upr")
    milestone("2005", "ga")
    assert entries(client.get(TIMELINE, {"decade": "2010"})) == ["Milestone of {1999,2014}"]
    assert entries(client.get(TIMELINE, {"decade": "2000"})) == ["Milestone of 2005"]


def test_the_chart_keeps_the_whole_record_and_dims_what_a_filter_leaves_out(client):
    milestone("2005", "ga")
    milestone("2013", "hrc")
    response = client.get(TIMELINE, {"body": "hrc"})
    page = html(response)
    assert marks(response) == [2, 1, 1]
    assert 'class="u off"' in page
    assert "1 milestone, shown among all 2." in page


def test_the_chart_leads_to_the_years_that_have_a_milestone(client):
    milestone("2003")
    milestone("2005")
    page = html(client.get(TIMELINE))
    assert re.findall(r'<a href="#(y\d+)">', page) == ["y2003", "y2005"]
    assert re.findall(r'<section class="yr" id="(y\d+)"', page) == ["y2003", "y2005"]
    assert 'aria-label="Chart of milestones by year, 2003 to 2005. 2003: 1. 2005: 1."' in page


def test_the_page_needs_no_inline_style_and_no_script(client):
    milestone(turning_point=True)
    for path in (TIMELINE, page_of(MilestoneText.objects.get().fact)):
        page = html(client.get(path))
        assert "style=" not in page
        assert "<style" not in page
        assert not re.search(r"<script(?! type=\"application/ld\+json\")", page)


@pytest.mark.parametrize(
    "asked",
    [
        {"body": "nobody"},
        {"body": "hrc\x00"},
        {"body": "x" * 5000},
        {"decade": "2011"},
        {"decade": "1800"},
        {"decade": "２０１０"},
        {"decade": "-2010"},
        {"decade": "99999999999"},
        {"order": "sideways"},
    ],
)
def test_a_filter_there_is_not_is_a_clear_404(client, asked):
    milestone("2013")
    assert client.get(TIMELINE, asked).status_code == 404


def test_a_body_without_milestones_says_so_and_what_to_do(client):
    milestone("2013", "hrc")
    response = client.get(TIMELINE, {"body": "crc"})
    assert response.status_code == 200
    assert "Choose another of either, or show all." in words(response)


def test_parameters_nobody_declared_change_nothing(client):
    milestone()
    assert client.get(TIMELINE).content == client.get(TIMELINE, {"fbclid": "x"}).content
    assert client.get(TIMELINE).page_params == ("body", "decade", "order")


def test_order_makes_no_other_page_for_search_engines(client):
    milestone()
    for asked, canonical in (
        ({"order": "newest"}, "/en/milestones/"),
        ({"body": "hrc", "order": "newest"}, "/en/milestones/?body=hrc"),
    ):
        head = client.get(TIMELINE, asked).context["head"]
        assert head.path == canonical
        assert head.translations == {"ko": canonical.replace("/en/", "/ko/")}


@pytest.mark.one_database
def test_the_timeline_asks_as_few_questions_for_fifty_as_for_five(client):
    asked = ("", "?body=hrc", "?decade=2010&order=newest")
    for number in range(5):
        milestone(f"201{number}", symbols=("A/HRC/25/63",))
    few = {query: queries(client, TIMELINE + query) for query in asked}
    for number in range(45):
        milestone(f"20{number:02}-03-21", titles={"en": f"No. {number}", "ko": f"{number}호"})
    assert {query: queries(client, TIMELINE + query) for query in asked} == few
    assert max(few.values()) <= 6


@pytest.mark.parametrize("how", HIDDEN)
def test_a_stranger_finds_no_trace_of_a_milestone_that_is_not_public(client, how):
    milestone("2005")
    hidden = hide(milestone("1994-07", titles={"en": "Zebra"}, public=False), how)
    for path in (TIMELINE, "/ko/milestones/"):
        response = client.get(path)
        page = html(response)
        assert "Zebra" not in page
        assert "1994" not in page
        assert marks(response) == [1, 1]
    answer = client.get(page_of(hidden))
    assert answer.status_code == (410 if how in GONE else 404)
    assert "Zebra" not in html(answer)


def test_a_text_taken_away_leaves_the_fact_to_the_other_language(client):
    both = milestone("2013", titles={"en": "Inquiry", "ko": "조사위원회"})
    actions.withdraw(publication=both.texts.get(language="en"))
    assert entries(client.get(TIMELINE)) == ["조사위원회"]
    assert client.get(page_of(both)).status_code == 410
    assert client.get(page_of(both, "ko")).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_only_reading_is_allowed(client, method):
    path = page_of(milestone())
    assert getattr(client, method)(TIMELINE).status_code == 405
    assert getattr(client, method)(path).status_code == 405


def test_head_is_answered(client):
    assert client.head(TIMELINE).status_code == 200
    assert client.head(page_of(milestone())).status_code == 200


def test_each_body_has_a_chart_of_its_own_that_leads_to_its_filter(client):
    milestone("2003-04-16", "chr")
    milestone("2014-03-28", "hrc", turning_point=True)
    milestone("2014-12-18", "hrc")
    milestone("1997", "", own_step=True)
    page = Page(client, TIMELINE)
    assert page.said(".multiples li > a") == [
        *("All", "No single body", "Commission on Human Rights", "Human Rights Council"),
    ]
    assert page.of(".multiples li > a", "href") == [
        *(TIMELINE, f"{TIMELINE}?body=none", f"{TIMELINE}?body=chr", f"{TIMELINE}?body=hrc"),
    ]
    assert page.of(".multiples svg", "aria-label") == ["1997: 1.", "2003: 1.", "2014: 2."]
    for chart in page.all(".multiples svg"):
        assert [tick.text() for tick in chart.css(".tick")] == ["1997", "2014"]
    chosen = Page(client, f"{TIMELINE}?body=hrc")
    assert chosen.said(".multiples [aria-current]") == ["Human Rights Council"]
