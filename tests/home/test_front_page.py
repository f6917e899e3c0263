"""The front page, and the door before it."""

import pytest

from advocacy.pages.models import Organisation, StandingPage
from advocacy.publishing import actions
from tests.answers import queries
from tests.facts import HIDDEN, article, hide, meeting, milestone
from tests.site.pages import Page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("ko-KR,ko;q=0.9,en;q=0.5", "/ko/"),
        ("en-GB", "/en/"),
        ("fr", "/en/"),
        ("", "/en/"),
        ("*", "/en/"),
    ],
)
def test_the_door_leads_to_the_language_the_browser_asks_for(client, asked, given):
    answer = client.get("/", headers={"accept-language": asked})
    assert (answer.status_code, answer["Location"]) == (302, given)
    assert "Accept-Language" in answer["Vary"]


def test_the_front_page_of_a_language_is_the_same_whatever_the_browser_asks_for(client):
    answer = client.get("/en/", headers={"accept-language": "ko"})
    assert answer["Content-Language"] == "en"
    assert "Accept-Language" not in answer.get("Vary", "")


@pytest.mark.parametrize("path", ["/", "/en/"])
def test_the_front_page_answers_only_get_and_head(client, path):
    assert client.head(path).status_code in (200, 302)
    assert client.post(path).status_code == 405


def test_an_empty_site_has_a_front_page(client):
    page = Page(client, "/en/")
    assert len(page.all("h1")) == 1
    assert not page.all(".row")


def test_the_front_page_says_who_we_are_in_the_words_of_staff(client):
    Organisation.objects.create(
        language="en",
        name="Citizens' Alliance",
        short_name="NKHR",
        lead="We ask.",
        about="Of Seoul.",
    )
    page = Page(client, "/en/")
    assert page.said("h1") == ["We ask."]
    assert page.said("title") == ["Citizens' Alliance"]
    assert "Of Seoul." in page.text
    assert page.linked_data["Organization"]["name"] == "Citizens' Alliance"
    assert page.linked_data["WebSite"]["url"] == page.canonical


def test_the_front_page_shows_the_newest_news_first_and_no_more_than_five(client):
    for number in range(7):
        article(f"Article {number}")
    page = Page(client, "/en/")
    assert page.said("#h-news ~ .row h3") == [f"Article {n}" for n in (6, 5, 4, 3, 2)]


def test_the_front_page_shows_the_last_meetings_and_turning_points(client):
    for year in (2009, 2012, 2010):
        meeting(str(year), titles={"en": f"Meeting of {year}"})
    milestone("2003-04-16", titles={"en": "An ordinary step"})
    for year in (2014, 2004, 2013, 2005, 2011):
        milestone(str(year), titles={"en": f"Turn of {year}"}, turning_point=True)
    page = Page(client, "/en/")
    assert page.said("#h-meet ~ .row h3") == [
        "Meeting of 2012",
        "Meeting of 2010",
        "Meeting of 2009",
    ]
    turns = [f"Turn of {year}" for year in (2005, 2011, 2013, 2014)]
    assert page.said(".turns h3") == turns
    assert "All 6 milestones" in page.text


def test_a_fact_told_in_one_language_is_marked_as_such_in_the_other(client):
    meeting(titles={"en": "The meeting"})
    link = Page(client, "/ko/").one("#h-meet ~ .row h3 a")
    assert link.attributes["lang"] == link.attributes["hreflang"] == "en"


@pytest.mark.parametrize("how", HIDDEN)
def test_the_front_page_holds_nothing_that_is_not_public(client, how):
    hide(article("Zzarticle", public=False, summary="Zzsummary"), how)
    hide(meeting(titles={"en": "Zzmeeting"}, public=False), how)
    hide(milestone(titles={"en": "Zzmilestone"}, turning_point=True, public=False), how)
    page = Page(client, "/en/")
    assert "Zz" not in page.text
    assert not page.all(".band")


def test_survivors_are_led_to_the_contact_page_once_there_is_one(client):
    contact = StandingPage.objects.create(title="Contact", key="contact", body="<p>.</p>")
    assert "How to reach us safely" not in Page(client, "/en/").text
    actions.publish(record=contact)
    page = Page(client, "/en/")
    assert "How to reach us safely" in page.text
    assert "/en/contact/" in page.of("#h-for ~ ul a", "href")


def test_the_two_front_pages_name_each_other_and_the_door_for_all_others(client):
    site = "http://127.0.0.1:8000"
    alternates = {"en": f"{site}/en/", "ko": f"{site}/ko/", "x-default": f"{site}/"}
    assert Page(client, "/en/").alternates == Page(client, "/ko/").alternates == alternates


def test_the_front_page_costs_as_many_queries_for_a_large_record_as_for_a_small_one(client):
    def grow(by: int) -> None:
        for number in range(by):
            article(f"Article {number}")
            meeting(titles={"en": f"Meeting {number}"})
            milestone(titles={"en": f"Step {number}"}, symbols=("A/HRC/25/63",), turning_point=True)

    grow(1)
    few = queries(client, "/en/")
    grow(6)
    assert queries(client, "/en/") == few <= 10
