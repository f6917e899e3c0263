"""The page of a milestone, as a visitor finds it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from advocacy.attachments.models import Attachment
from advocacy.hits.counter import Kind
from advocacy.publishing import actions
from advocacy.publishing.models import FormerAddress
from tests.answers import html, nodes, queries, words
from tests.facts import HIDDEN, article, hide, meeting, milestone, page_of

pytestmark = pytest.mark.django_db


def test_a_milestone_is_shown_with_all_its_facts(client):
    one = milestone(
        "2013-03-21",
        titles={"en": "The Council establishes an inquiry"},
        symbols=("A/HRC/RES/22/13",),
        outcome="no_vote",
        turning_point=True,
        our_part="<p>We lobbied governments.</p>",
        text='<p>See A/HRC/25/63.<span data-note="A note on it."></span></p>',
    )
    response = client.get(page_of(one))
    page = html(response)
    assert "<h1>The Council establishes an inquiry</h1>" in page
    assert '<time datetime="2013-03-21">21 March 2013</time>' in page
    assert '<a href="/en/milestones/?body=hrc">Human Rights Council</a>' in page
    assert "Human Rights Council · Resolution · Turning point" in words(response)
    assert "Adopted without a vote" in page
    assert 'href="/en/un/A/HRC/RES/22/13/"' in page
    assert 'href="https://docs.un.org/en/A/HRC/RES/22/13"' in page
    assert "<p>We lobbied governments.</p>" in page
    assert '<a id="fnref1" href="#fn1">1</a>' in page
    assert "A note on it." in page
    assert "UN Doc A/HRC/RES/22/13" in page


def test_notes_are_numbered_through_the_text_and_our_part(client):
    one = milestone(
        text='<p>One.<span data-note="first"></span></p>',
        our_part='<p>Two.<span data-note="second"></span></p>',
    )
    page = html(client.get(page_of(one)))
    assert page.index('id="fnref1"') < page.index("Our part") < page.index('id="fnref2"')
    assert page.index('<li id="fn1">first') < page.index('<li id="fn2">second')


def test_a_milestone_of_our_own_says_so(client):
    response = client.get(page_of(milestone("1997", "", own_step=True)))
    assert "our own step" in words(response)
    assert "UN body" not in words(response).split("Step by a UN body")[0]


def test_a_correction_is_shown_with_its_date(client):
    one = milestone(titles={"en": "A vote", "ko": "표결"})
    one.corrections.create(corrected_on=date(2015, 5, 4), note="The number was wrong.")
    one.corrections.create(corrected_on=date(2015, 5, 4), language="ko", note="수가 틀렸다.")
    page = html(client.get(page_of(one)))
    assert '<time datetime="2015-05-04">4 May 2015</time>' in page
    assert "The number was wrong." in page
    assert "수가 틀렸다." not in page
    assert "수가 틀렸다." in html(client.get(page_of(one, "ko")))


def test_our_documents_can_be_downloaded(client):
    one = milestone()
    pdf = Attachment.objects.create(
        kind="pdf", title="Fact sheet", language="en", name="fact-sheet", key="a/b.pdf",
        media_type="application/pdf", sha256="ab" * 32, size=5000, pages=2, width=800, height=1131,
    )  # fmt: skip
    one.documents.create(attachment=pdf)
    page = html(client.get(page_of(one)))
    assert f"/documents/{pdf.uuid}/fact-sheet.pdf" in page
    assert "ab" * 32 in page


def test_the_meeting_that_led_to_it_and_the_articles_on_it_are_named(client):
    one = milestone()
    one.meetings.add(meeting(titles={"en": "In Geneva"}, place_en="Palais Wilson"))
    one.articles.add(article("On the vote"))
    response = client.get(page_of(one))
    assert "Meeting, December 2012 In Geneva Palais Wilson" in words(response)
    assert "On the vote" in words(response)


def test_an_article_is_named_in_the_readers_language_whichever_was_linked(client):
    one = milestone(titles={"en": "Inquiry", "ko": "조사위원회"})
    english = article("On the vote")
    article("표결에 관하여", language="ko", translation_group=english.translation_group)
    one.articles.add(english)
    korean = html(client.get(page_of(one, "ko")))
    assert "표결에 관하여" in korean
    assert "On the vote" not in korean
    assert "표결에 관하여" not in html(client.get(page_of(one)))


def test_an_article_without_a_translation_is_named_as_it_is_and_marked(client):
    one = milestone(titles={"en": "Inquiry", "ko": "조사위원회"})
    one.articles.add(article("On the vote"))
    assert 'lang="en" hreflang="en">On the vote</a>' in html(client.get(page_of(one, "ko")))


@pytest.mark.parametrize("how", HIDDEN)
def test_what_is_not_public_is_not_named_beside_a_milestone(client, how):
    one = milestone("2013-03-21", titles={"en": "Public"})
    before, after = "2013-03-20", "2013-03-22"
    hidden = [
        hide(meeting(titles={"en": "Zebra meeting"}, public=False), how),
        hide(article("Zebra article", public=False), how),
    ]
    for day in (before, after):
        hide(milestone(day, titles={"en": f"Zebra {day}"}, public=False), how)
    one.meetings.add(hidden[0])
    one.articles.add(hidden[1])
    page = html(client.get(page_of(one)))
    assert "Zebra" not in page
    assert page.count("<rect ") == 1


def test_its_neighbours_in_time_are_one_step_away(client):
    milestone("2013-01-14")
    here = milestone("2013-03-21")
    milestone("2013")
    milestone("2014")
    page = html(client.get(page_of(here)))
    assert 'rel="prev" href="/en/milestones/milestone-of-2013-01-14/">' in page
    assert 'rel="next" href="/en/milestones/milestone-of-2014/">' in page


def test_the_first_milestone_has_nothing_before_it_and_the_last_nothing_after(client):
    first, last = milestone("2003"), milestone("2014")
    assert 'rel="prev"' not in html(client.get(page_of(first)))
    assert 'rel="next"' not in html(client.get(page_of(last)))


def test_the_chart_shows_it_among_all_others(client):
    milestone("2003")
    here = milestone("2013", turning_point=True)
    page = html(client.get(page_of(here)))
    assert "This milestone among all others." in page
    assert 'class="u off"' in page
    assert 'class="u t"' in page


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2013-03-21", {"startDate": "2013-03-21"}),
        ("2012-12", {"startDate": "2012-12"}),
        ("2004", {"startDate": "2004"}),
        ("2009-12/2010-03", {"startDate": "2009-12", "endDate": "2010-03"}),
        ("{2010,2014}", {}),
        ("199X", {}),
        ("2003~", {}),
        ("2003?/2004", {}),
    ],
)
def test_machines_are_told_no_date_that_is_not_known(client, when, said):
    event = nodes(client.get(page_of(milestone(when))))["Event"]
    assert {name: event[name] for name in ("startDate", "endDate") if name in event} == said


def test_machines_are_told_who_acted_and_where_the_document_is(client):
    one = milestone(symbols=("A/HRC/RES/22/13",))
    event = nodes(client.get(page_of(one)))["Event"]
    assert event["organizer"] == {"@type": "Organization", "name": "Human Rights Council"}
    assert event["subjectOf"][0]["url"] == "https://docs.un.org/en/A/HRC/RES/22/13"
    assert "location" not in event
    own = nodes(client.get(page_of(milestone("1997", "", own_step=True))))["Event"]
    assert own["organizer"]["@id"].endswith("/#organisation")


def test_the_page_names_its_translation_only_where_there_is_one(client):
    both = milestone(titles={"en": "Inquiry", "ko": "조사위원회"})
    head = client.get(page_of(both)).context["head"]
    assert head.translations == {"ko": page_of(both, "ko")}
    one = client.get(page_of(milestone("2014"))).context["head"]
    assert one.translations == {}
    assert one.switch.path == "/ko/milestones/"


def test_a_view_is_counted_for_the_text_that_was_read(client):
    one = milestone()
    assert client.get(page_of(one)).counted == (Kind.VIEW, one.texts.get().uuid)


def test_a_milestone_there_is_not_is_missing(client):
    milestone(titles={"en": "Inquiry"})
    assert client.get("/en/milestones/nothing/").status_code == 404
    assert client.get("/ko/milestones/inquiry/").status_code == 404
    assert client.get("/fr/milestones/inquiry/").status_code == 404


def test_a_slug_of_only_hangul_is_an_address(client):
    one = milestone(titles={"ko": "조사위원회 설치"})
    assert one.texts.get().slug == "조사위원회-설치"
    assert client.get(page_of(one, "ko")).status_code == 200


def test_an_old_address_leads_to_the_new_one(client):
    one = milestone()
    FormerAddress.objects.create(path="/en/milestones/old/", target=one.texts.get().uuid)
    response = client.get("/en/milestones/old/")
    assert (response.status_code, response["Location"]) == (301, page_of(one))


def test_an_embargo_passes_by_itself(client):
    one = milestone(titles={"en": "Zebra"}, public=False)
    text = one.texts.get()
    text.published_at = timezone.now() + timedelta(minutes=5)
    text.save()
    actions.publish(record=type(one).objects.get(pk=one.pk))
    assert client.get(page_of(one)).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert client.get(page_of(one)).status_code == 200
        assert "Zebra" in words(client.get("/en/milestones/"))


@pytest.mark.one_database
def test_a_milestone_asks_as_few_questions_for_twenty_relations_as_for_five(client):
    one = milestone(symbols=("A/HRC/25/63",))
    milestone("2012")
    milestone("2014")
    for number in range(5):
        one.articles.add(article(f"Article {number}"))
        one.meetings.add(meeting(f"201{number}"))
    few = queries(client, page_of(one))
    for number in range(15):
        one.articles.add(article(f"More {number}"))
        one.meetings.add(meeting(f"20{number:02}-05"))
        milestone(f"20{number:02}-04")
    assert queries(client, page_of(one)) == few <= 12
