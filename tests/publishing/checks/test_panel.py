"""The checks beside the form: what they say, where their links lead, and that Publish returns to them."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from lxml import html as lxml_html

from advocacy.meetings.models import Meeting
from advocacy.news.models import Article
from advocacy.publishing import actions, reviewing
from tests.attachments import makers
from tests.facts import article, meeting, milestone
from tests.people import person
from tests.publishing.forms import change_url, form

pytestmark = pytest.mark.django_db


def page_of(client, record):
    return lxml_html.document_fromstring(client.get(change_url(record)).content.decode())


def links(page, kind: str = "") -> dict[str, str]:
    """By sentence, where each finding leads."""
    items = page.get_element_by_id("checks").findall(".//li")
    chosen = [item.find("a") for item in items if not kind or item.get("class") == kind]
    return {a.text_content(): a.get("href") for a in chosen if a is not None}


DEEP = "<h4>Deep</h4><p>Words.</p>"


def troubled_article(body: str = DEEP) -> Article:
    one = Article.objects.create(title="A statement", body=body, event_date="2999")
    one.documents.create(attachment=makers.attachment(title="Letter", language=""))
    return one


def troubled_meeting(body: str = DEEP) -> Meeting:
    return meeting("2999", titles={"en": "Met", "ko": "만남"}, text=body, public=False)


def test_every_finding_leads_to_a_place_on_the_form_or_to_a_page_of_the_desk(admin_client):
    live = actions.publish(record=article("Live", public=False, event_date="2999"))
    copy = actions.open_working_copy(record=meeting(text="<h4>Deep</h4>"))
    symbol = milestone(body="ga", symbols=("A/HRC/25/63",), public=False)
    for record in (troubled_article(), troubled_meeting(), live, copy, symbol):
        page = page_of(admin_client, record)
        ids = {node.get("id") for node in page.iter() if node.get("id")}
        found = links(page)
        assert found
        for href in found.values():
            if href.startswith("#"):
                assert href[1:] in ids, href
            else:
                assert admin_client.get(href).status_code == 200


def test_each_language_of_a_fact_has_its_findings_and_their_places(admin_client):
    page = page_of(admin_client, troubled_meeting())
    said = "“Deep” is a subheading, but no heading stands above it."
    items = [li for li in page.get_element_by_id("checks").iter("li") if said in li.text_content()]
    named = [li.text_content().partition(said)[2].strip() for li in items]
    assert named == ["(English)", "(한국어)"]
    assert [li.find("a").get("href") for li in items] == ["#at-texts-0-body", "#at-texts-1-body"]


def test_no_id_is_given_twice(admin_client):
    for record in (troubled_article(), troubled_meeting()):
        ids = [node.get("id") for node in page_of(admin_client, record).iter() if node.get("id")]
        assert len(ids) == len(set(ids))


def test_the_panel_counts_what_is_to_do_and_says_what_is_fine(admin_client):
    page = page_of(admin_client, troubled_article())
    said = " ".join(page.get_element_by_id("checks").text_content().split())
    assert said.startswith("Before this can be public")
    assert "1 to fix, 4 to consider" in said
    assert "Must be fixed: The document “Letter” has no language. Choose it." in said
    assert "Fine: The text says something" in said


def test_publish_returns_to_the_checks_and_is_offered_again(admin_client):
    one = troubled_article()
    answer = admin_client.post(
        change_url(one), form(seen_version=1, body=one.body, _publish="1"), follow=True
    )
    assert answer.redirect_chain[-1][0] == f"{change_url(one)}#checks"
    said = answer.content.decode()
    assert "Saved, but not published." in said
    assert said.count("has no language. Choose it.") == 1
    publish = re.search(r'<button[^>]*name="_publish"[^>]*>', said)
    assert "disabled" not in publish[0]


def test_the_checks_run_again_with_every_save(admin_client):
    admin_client.post(reverse("admin:news_article_add"), form(body="", _save="1"))
    one = Article.objects.get()
    assert "The text is empty." in links(page_of(admin_client, one), "no")
    admin_client.post(change_url(one), form(seen_version=1, slug=one.slug, _save="1"))
    assert links(page_of(admin_client, one), "no") == {}


def test_a_refused_form_shows_the_checks_of_what_is_stored(admin_client):
    one = troubled_article()
    answer = admin_client.post(change_url(one), form(title="", seen_version=1))
    page = lxml_html.document_fromstring(answer.content.decode())
    assert "The title is missing." not in links(page)
    assert links(page, "no")


def test_a_new_text_has_no_checks_before_it_is_saved(admin_client):
    answer = admin_client.get(reverse("admin:news_article_add"))
    assert 'id="checks"' not in answer.content.decode()


def test_the_checks_of_a_public_text_say_nothing_of_becoming_public(admin_client):
    page = page_of(admin_client, article("Public"))
    assert page.get_element_by_id("checks-heading").text == "Checks"


def test_checks_are_for_those_whose_text_it_is(client):
    author, colleague = person("author"), person("author", "colleague")
    live = article("Theirs", created_by=colleague)
    client.force_login(author)
    assert 'id="checks"' not in client.get(change_url(live)).content.decode()
    client.force_login(colleague)
    assert 'id="checks"' in client.get(change_url(live)).content.decode()


def test_whoever_reviews_sees_the_checks(client):
    author, editor = person("author"), person("editor")
    one = article("Draft", public=False, created_by=author)
    reviewing.ask(record=one, by=author, reviewer=editor)
    for reader in (author, editor):
        client.force_login(reader)
        assert 'id="checks"' in client.get(change_url(one)).content.decode()


def test_what_is_in_the_trash_is_not_checked(admin_client):
    one = article("Draft", public=False)
    actions.trash(record=one)
    assert 'id="checks"' not in admin_client.get(change_url(one)).content.decode()


def test_a_title_in_a_finding_is_escaped(admin_client):
    article("<script>alert(1)</script> of a title")
    one = article("<script>alert(1)</script> of a title", public=False)
    said = admin_client.get(change_url(one)).content.decode()
    assert "similar title" in said
    assert "<script>alert" not in said


def test_the_panel_costs_a_form_a_bounded_number_of_queries(
    admin_client, django_assert_max_num_queries
):
    one = troubled_meeting()
    for number in range(10):
        one.documents.create(attachment=makers.attachment(title=f"Paper {number}"))
    admin_client.get(change_url(one))
    with django_assert_max_num_queries(48):
        admin_client.get(change_url(one))
