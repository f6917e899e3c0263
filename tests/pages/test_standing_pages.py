"""Standing pages: the introduction, contact and their like."""

import pytest
from django.utils import timezone

from advocacy.hits.counter import Kind
from advocacy.hits.middleware import Counted
from advocacy.pages.contents import with_contents
from advocacy.pages.models import Organisation, PageCorrection, StandingPage
from advocacy.publishing import actions
from tests.facts import GONE, HIDDEN, hide
from tests.site.pages import Page

pytestmark = pytest.mark.django_db

THREE_PARTS = "<h2>Why</h2><p>A.</p><h2>How we work</h2><p>B.</p><h2>Why</h2><p>C.</p>"


def page(title: str = "Introduction", *, public: bool = True, **fields) -> StandingPage:
    fields.setdefault("body", "<p>What we do.</p>")
    one = StandingPage.objects.create(title=title, **fields)
    return actions.publish(record=one) if public else one


def test_a_standing_page_is_shown_with_its_text_and_notes(client):
    one = page(summary="In short.", body='<p>Since 1997.<span data-note="A note."></span></p>')
    shown = Page(client, one.get_absolute_url())
    assert shown.said("h1") == ["Introduction"]
    assert shown.said(".stand") == ["In short."]
    assert shown.said("ol.notes li") == ["A note. ↩"]
    assert shown.canonical == "http://127.0.0.1:8000/en/introduction/"


@pytest.mark.parametrize("how", HIDDEN)
def test_a_visitor_cannot_read_a_page_that_is_not_public(client, how):
    hidden = hide(page("Zzsecret", public=False), how)
    answer = client.get(hidden.get_absolute_url())
    assert answer.status_code == (410 if how in GONE else 404)
    assert b"Zzsecret" not in answer.content


def test_an_unknown_page_is_missing_in_either_language(client):
    page()
    assert client.get("/en/nothing/").status_code == 404
    assert client.get("/ko/introduction/").status_code == 404


def test_a_page_answers_only_get_and_head(client):
    address = page().get_absolute_url()
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405


def test_a_page_may_have_an_address_in_hangul(client):
    one = page("유엔 인권옹호 활동", language="ko")
    assert Page(client, one.get_absolute_url()).said("h1") == ["유엔 인권옹호 활동"]
    assert client.get("/ko/유엔-인권옹호-활동/").status_code == 200


def test_a_reading_of_a_page_is_marked_to_be_counted(client):
    one = page()
    assert client.get(one.get_absolute_url()).counted == Counted(Kind.VIEW, one.uuid)


def test_a_page_leads_to_its_translation(client):
    english = page()
    korean = page("소개", language="ko", translation_group=english.translation_group)
    shown = Page(client, english.get_absolute_url())
    assert shown.one("a.lang").attributes["href"] == korean.get_absolute_url()
    assert not shown.all("a.lang small")
    assert set(shown.alternates) == {"en", "ko", "x-default"}


def test_a_page_without_translation_says_so_and_leads_to_the_other_front_page(client):
    shown = Page(client, page().get_absolute_url())
    assert shown.one("a.lang").attributes["href"] == "/ko/"
    assert len(shown.all("a.lang small")) == 1


def test_a_long_page_lists_its_headings_and_a_short_one_does_not(client):
    long = Page(client, page(body=THREE_PARTS).get_absolute_url())
    links = long.of(".toc a", "href")
    assert long.said(".toc a") == ["Why", "How we work", "Why"]
    assert links == ["#why", "#how-we-work", "#why-3"]
    assert [f"#{anchor}" for anchor in long.of(".flow h2", "id")] == links
    short = Page(client, page("Short", body="<h2>One</h2><p>A.</p>").get_absolute_url())
    assert not short.all(".toc")


def test_headings_keep_their_language_and_marks_inside_them():
    body, headings = with_contents('<h2 lang="ko">남과 <em>북</em></h2><h2>…</h2>')
    assert [heading.text for heading in headings] == ["남과 북", "…"]
    assert body == '<h2 id="남과-북" lang="ko">남과 <em>북</em></h2><h2 id="part">…</h2>'


def test_a_correction_of_a_page_is_shown_with_its_date(client):
    one = page(public=False)
    PageCorrection.objects.create(page=one, corrected_on="2015-05-02", note="It was 1997.")
    actions.publish(record=one)
    shown = Page(client, one.get_absolute_url())
    assert shown.said(".note") == ["Correction, 2 May 2015. It was 1997."]


def test_only_the_contact_page_shows_how_to_reach_the_organisation(client):
    Organisation.objects.create(
        language="en",
        name="Citizens' Alliance",
        short_name="NKHR",
        address="1 Street\nSeoul",
        press_phone="+82 2 000 0000",
        press_email="press@nkhr.example",
    )
    contact = Page(client, page("Contact", key="contact").get_absolute_url())
    assert contact.said(".contact dt") == ["Postal address", "Press desk"]
    assert contact.of(".contact a", "href") == ["mailto:press@nkhr.example"]
    assert "+82 2 000 0000" in contact.text
    other = Page(client, page("Privacy", key="privacy").get_absolute_url())
    assert not other.all(".contact")


def test_the_contact_page_says_so_while_no_way_to_reach_us_was_entered(client):
    contact = page("Contact", key="contact").get_absolute_url()
    Organisation.objects.create(language="en", name="Citizens' Alliance", short_name="NKHR")
    shown = Page(client, contact)
    assert not shown.all(".contact")
    assert shown.said(".note") == ["No address, e-mail or telephone number is given here yet."]
    Organisation.objects.update(press_phone="+82 2 000 0000")
    assert not Page(client, contact).all(".note")


def test_the_page_says_when_it_was_last_changed(client):
    one = page()
    today = timezone.localdate()
    shown = Page(client, one.get_absolute_url())
    assert f"{today:%Y-%m-%d}" in shown.of("p.meta time", "datetime")


def test_a_page_costs_a_bounded_number_of_queries(client, django_assert_max_num_queries):
    one = page("Contact", key="contact", body=THREE_PARTS)
    client.get(one.get_absolute_url())  # from here on the frame and the day's salt are known
    with django_assert_max_num_queries(7):
        assert client.get(one.get_absolute_url()).status_code == 200
