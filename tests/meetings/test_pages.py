"""The list of meetings and the page of one, as a visitor finds them."""

import json
import re
from datetime import date

import pytest

from advocacy.attachments.models import Attachment
from advocacy.hits.counter import Kind
from advocacy.meetings.models import Participant
from advocacy.publishing import actions
from advocacy.publishing.models import FormerAddress
from tests.answers import html, nodes, queries, words
from tests.facts import GONE, HIDDEN, article, hide, meeting, milestone, page_of

pytestmark = pytest.mark.django_db

LIST = "/en/meetings/"


def titles(response):
    return re.findall(r'<h2><a href="[^"]+"[^>]*>([^<]+)</a></h2>', html(response))


# --- The list


def test_the_list_shows_the_latest_meeting_first(client):
    meeting("2012-12", place_en="Geneva")
    meeting("2014")
    meeting("2013-01-14")
    response = client.get(LIST)
    assert titles(response) == ["Meeting of 2014", "Meeting of 2013-01-14", "Meeting of 2012-12"]
    assert "December 2012 Geneva" in words(response)


def test_an_empty_list_says_why_it_is_empty(client):
    response = client.get(LIST)
    assert response.status_code == 200
    assert "No meeting yet." in words(response)


def test_a_meeting_told_in_two_languages_is_one(client):
    meeting(titles={"en": "In Geneva", "ko": "제네바 면담"})
    assert titles(client.get(LIST)) == ["In Geneva"]
    assert titles(client.get("/ko/meetings/")) == ["제네바 면담"]


def test_a_meeting_not_told_in_this_language_is_shown_in_the_other_and_marked(client):
    meeting(titles={"en": "In Geneva"}, place_en="Geneva", place_ko="제네바")
    page = html(client.get("/ko/meetings/"))
    assert 'lang="en" hreflang="en">In Geneva</a>' in page
    assert "제네바" in page


def test_no_day_is_invented_in_the_list(client):
    meeting("2012-12")
    meeting("2004")
    assert re.findall(r'<time datetime="([^"]+)">', html(client.get(LIST))) == ["2012-12", "2004"]


def test_a_long_list_is_cut_into_pages(client):
    for number in range(25):
        meeting(f"20{number:02}")
    first, second = client.get(LIST), client.get(LIST, {"page": "2"})
    assert len(titles(first)) == 20
    assert titles(second) == [f"Meeting of 200{n}" for n in (4, 3, 2, 1, 0)]
    assert 'href="/en/meetings/?page=2" rel="next"' in html(first)
    assert second.context["head"].path == "/en/meetings/?page=2"


@pytest.mark.parametrize("page", ["0", "-1", "2", "999999999", "1e3", "x", "１", "1\x00"])
def test_a_page_there_is_not_is_a_clear_404(client, page):
    meeting()
    assert client.get(LIST, {"page": page}).status_code == 404


def test_parameters_nobody_declared_change_nothing(client):
    meeting()
    assert client.get(LIST).content == client.get(LIST, {"fbclid": "x"}).content
    assert client.get(LIST).page_params == ("page",)


@pytest.mark.one_database
def test_the_list_asks_as_few_questions_for_fifty_as_for_five(client):
    for number in range(5):
        meeting(f"201{number}")
    few = queries(client, LIST)
    for number in range(45):
        meeting(f"20{number:02}-05", titles={"en": f"No. {number}", "ko": f"{number}호"})
    assert queries(client, LIST) == few <= 5


@pytest.mark.parametrize("how", HIDDEN)
def test_a_stranger_finds_no_trace_of_a_meeting_that_is_not_public(client, how):
    hidden = hide(meeting(titles={"en": "Zebra"}, public=False, place_en="Zebra"), how)
    for path in (LIST, "/ko/meetings/"):
        assert "Zebra" not in html(client.get(path))
    answer = client.get(page_of(hidden))
    assert answer.status_code == (410 if how in GONE else 404)
    assert "Zebra" not in html(answer)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_only_reading_is_allowed(client, method):
    path = page_of(meeting())
    assert getattr(client, method)(LIST).status_code == 405
    assert getattr(client, method)(path).status_code == 405


# --- The page of one meeting


def test_a_meeting_shows_who_met_whom_in_which_office(client):
    one = meeting(place_en="Palais Wilson, Geneva")
    Participant.objects.create(
        meeting=one,
        role="official",
        name_en="Navanethem Pillay",
        office_en="High Commissioner for Human Rights",
        organisation_en="OHCHR",
    )
    Participant.objects.create(meeting=one, role="survivor", name_en="Ms K")
    Participant.objects.create(
        meeting=one, role="supporting", name_en="Ms R", organisation_en="Human Rights Watch"
    )
    said = words(client.get(page_of(one)))
    assert "Our delegation and survivors Ms K Survivor" in said
    assert "Officials Navanethem Pillay High Commissioner for Human Rights, OHCHR" in said
    assert "Supporting organisations Ms R Human Rights Watch" in said
    assert "Date December 2012 Place Palais Wilson, Geneva" in said


def test_a_korean_reader_meets_the_people_under_their_korean_names(client):
    one = meeting(titles={"ko": "제네바 면담"}, place_en="Geneva", place_ko="제네바")
    Participant.objects.create(
        meeting=one, role="official", name_en="Navanethem Pillay", name_ko="나비 필레이",
        office_en="High Commissioner",
    )  # fmt: skip
    page = html(client.get(page_of(one, "ko")))
    assert "나비 필레이" in page
    assert "Navanethem Pillay" not in page
    assert '<bdi lang="en">High Commissioner</bdi>' in page


def test_what_followed_is_named_milestones_first(client):
    one = meeting(titles={"en": "In Geneva", "ko": "제네바 면담"})
    later = milestone(
        titles={"en": "Inquiry", "ko": "조사위원회"}, symbols=("A/HRC/RES/22/13", "A/HRC/25/63")
    )
    later.meetings.add(one)
    one.articles.add(article("On the meeting"))
    said = words(client.get(page_of(one)))
    assert "What followed Milestone, 21 March 2013 Inquiry UN document A/" in said
    assert said.index("Inquiry") < said.index("On the meeting")
    assert "조사위원회" in words(client.get(page_of(one, "ko")))


def test_the_relation_is_drawn_on_both_pages(client):
    one, later = meeting(titles={"en": "In Geneva"}), milestone(titles={"en": "Inquiry"})
    later.meetings.add(one)
    assert page_of(later) in html(client.get(page_of(one)))
    assert page_of(one) in html(client.get(page_of(later)))


@pytest.mark.parametrize("how", HIDDEN)
def test_what_is_not_public_is_not_named_beside_a_meeting(client, how):
    one = meeting(titles={"en": "In Geneva"})
    later = hide(milestone(titles={"en": "Zebra milestone"}, public=False), how)
    later.meetings.add(one)
    one.articles.add(hide(article("Zebra article", public=False), how))
    page = html(client.get(page_of(one)))
    assert "Zebra" not in page
    assert "What followed" not in page


def test_a_waiting_change_of_a_milestone_is_not_a_second_milestone(client):
    one, later = meeting(titles={"en": "In Geneva"}), milestone(titles={"en": "Inquiry"})
    later.meetings.add(one)
    copy = actions.open_working_copy(record=later)
    text = copy.texts.get()
    text.title = "Zebra"
    text.save()
    page = html(client.get(page_of(one)))
    assert page.count('class="rec"') == 1
    assert "Zebra" not in page


def test_documents_corrections_and_notes_are_shown(client):
    one = meeting(text='<p>Said.<span data-note="From the notes."></span></p>')
    one.corrections.create(corrected_on=date(2015, 5, 4), note="A name was wrong.")
    one.corrections.create(language="ko", note="이름이 틀렸다.")
    pdf = Attachment.objects.create(
        kind="pdf", title="Statement", language="ko", name="statement", key="a/b.pdf",
        media_type="application/pdf", sha256="ab" * 32, size=5000, pages=2, width=800, height=1131,
    )  # fmt: skip
    one.documents.create(attachment=pdf)
    page = html(client.get(page_of(one)))
    assert f"/documents/{pdf.uuid}/statement.pdf" in page
    assert '<time datetime="2015-05-04">4 May 2015</time>' in page
    assert "A name was wrong." in page
    assert "이름이 틀렸다." not in page
    assert "From the notes." in page


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2012-12-10", {"startDate": "2012-12-10"}),
        ("2012-12", {"startDate": "2012-12"}),
        ("2012-12-10/2012-12-12", {"startDate": "2012-12-10", "endDate": "2012-12-12"}),
        ("2012~", {}),
    ],
)
def test_machines_are_told_no_date_that_is_not_known(client, when, said):
    told = nodes(client.get(page_of(meeting(when))))["Event"]
    assert {name: told[name] for name in ("startDate", "endDate") if name in told} == said
    assert "location" not in told


def test_machines_are_told_the_place_but_not_the_names(client):
    one = meeting(place_en="Geneva")
    Participant.objects.create(meeting=one, role="survivor", name_en="Ms K")
    told = nodes(client.get(page_of(one)))["Event"]
    assert told["location"] == {"@type": "Place", "name": "Geneva"}
    assert "Ms K" not in json.dumps(told)


def test_a_view_is_counted_for_the_text_that_was_read(client):
    one = meeting()
    assert client.get(page_of(one)).counted == (Kind.VIEW, one.texts.get().uuid)


def test_the_page_names_its_translation_only_where_there_is_one(client):
    both = meeting(titles={"en": "In Geneva", "ko": "제네바 면담"})
    assert client.get(page_of(both)).context["head"].translations == {"ko": page_of(both, "ko")}
    one = client.get(page_of(meeting("2014"))).context["head"]
    assert one.translations == {}
    assert one.switch.path == "/ko/meetings/"


def test_a_meeting_there_is_not_is_missing(client):
    meeting(titles={"en": "In Geneva"})
    assert client.get("/en/meetings/nothing/").status_code == 404
    assert client.get("/ko/meetings/in-geneva/").status_code == 404


def test_an_old_address_leads_to_the_new_one(client):
    one = meeting()
    FormerAddress.objects.create(path="/en/meetings/old/", target=one.texts.get().uuid)
    response = client.get("/en/meetings/old/")
    assert (response.status_code, response["Location"]) == (301, page_of(one))


@pytest.mark.one_database
def test_a_meeting_asks_as_few_questions_for_twenty_relations_as_for_five(client):
    one = meeting(titles={"en": "In Geneva"})

    def tie(years):
        for year in years:
            milestone(str(year), symbols=("A/HRC/25/63",)).meetings.add(one)
            one.articles.add(article(f"Article {year}"))
            Participant.objects.create(meeting=one, role="official", name_en=f"No. {year}")

    tie(range(1990, 1995))
    few = queries(client, page_of(one))
    tie(range(1995, 2010))
    assert queries(client, page_of(one)) == few <= 12
