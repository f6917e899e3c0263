"""Feeds: what is public and nothing else, in a form feed readers accept."""

import json
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.utils import timezone

from advocacy.news.models import Article, Tag
from advocacy.pages.models import Organisation
from advocacy.publishing import actions

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def article():
    Organisation.objects.create(language="en", name="Citizens' Alliance", short_name="NKHR")
    tag = Tag.objects.create(name="Abductions", slug="abductions", name_ko="납치")
    row = Article.objects.create(
        title="Statement & reply",
        summary="In short.",
        body='<p>See A/HRC/RES/22/13<span data-note="A note."></span> and <a href="/en/contact/">us</a>.</p>',
    )
    row.tags.add(tag)
    return actions.publish(record=row, at=timezone.now() - timedelta(days=2))


def entries(client, path: str) -> list[ET.Element]:
    answer = client.get(path)
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ET.fromstring(answer.content).findall(f"{ATOM}entry")


def test_the_atom_feed_tells_the_whole_text_with_whole_addresses(client, article):
    (entry,) = entries(client, "/en/news/feed.atom")
    assert entry.findtext(f"{ATOM}title") == "Statement & reply"
    assert entry.findtext(f"{ATOM}id") == article.uuid.urn
    assert entry.find(f"{ATOM}author/{ATOM}name").text == "NKHR"
    content = entry.findtext(f"{ATOM}content")
    assert 'href="http://127.0.0.1:8000/en/contact/"' in content
    assert "A note." in content
    assert 'href="http://127.0.0.1:8000/en/un/A/HRC/RES/22/13/"' in content


def test_signs_that_are_no_text_break_no_feed(client):
    """What is pasted from a presentation has them at the ends of lines."""
    row = Article.objects.create(title="One\x0btwo", summary="Three\ufffe", body="<p>Four\x0b</p>")
    row.tags.add(Tag.objects.create(name="Five\x0b", slug="five"))
    actions.publish(record=row)
    (entry,) = entries(client, "/en/news/feed.atom")
    assert entry.findtext(f"{ATOM}title") == "One two"


def test_the_json_feed_says_the_same(client, article):
    answer = client.get("/en/news/feed.json")
    feed = json.loads(answer.content)
    assert answer["Content-Type"] == "application/feed+json"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    (item,) = feed["items"]
    assert (item["title"], item["tags"], item["language"]) == (
        "Statement & reply",
        ["Abductions"],
        "en",
    )
    assert item["url"] == "http://127.0.0.1:8000" + article.get_absolute_url()


def test_a_summary_is_text_and_not_markup_to_a_feed_reader(client):
    told = "R&D <of> 3 < 4"
    actions.publish(record=Article.objects.create(title="T", summary=told, body="<p>x</p>"))
    (entry,) = entries(client, "/feeds/all.atom")
    summary = entry.find(f"{ATOM}summary")
    assert (summary.text, summary.get("type", "text")) == (told, "text")


def test_a_feed_holds_only_its_language_and_its_tag(client, article):
    assert entries(client, "/ko/news/feed.atom") == []
    assert len(entries(client, "/feeds/all.atom")) == 1
    assert len(entries(client, "/en/tags/abductions/feed.atom")) == 1
    assert client.get("/ko/tags/abductions/feed.atom").status_code == 404
    assert client.get("/en/tags/nothing/feed.json").status_code == 404


def test_drafts_embargoes_and_withdrawn_texts_stay_out(client, article):
    Article.objects.create(title="A draft", body="<p>x</p>")
    later = timezone.now() + timedelta(hours=1)
    actions.publish(
        record=Article.objects.create(title="Embargo", body="<p>x</p>", published_at=later)
    )
    actions.withdraw(publication=article)
    assert entries(client, "/feeds/all.atom") == []


def test_a_correction_is_dated_in_the_feed_and_makes_the_entry_newer(client, article):
    copy = actions.open_working_copy(record=article)
    copy.corrections.create(note="The day was wrong.", corrected_on="2015-05-01")
    actions.publish(record=copy)
    (entry,) = entries(client, "/en/news/feed.atom")
    content = entry.findtext(f"{ATOM}content")
    assert "<strong>Correction, 1 May 2015.</strong> The day was wrong." in content
    assert entry.findtext(f"{ATOM}updated") > entry.findtext(f"{ATOM}published")


def test_a_feed_costs_the_same_few_queries_however_long(
    client, article, django_assert_max_num_queries
):
    for number in range(20):
        row = Article.objects.create(title=f"Number {number}", body="<p>x</p>")
        row.tags.add("Abductions")
        actions.publish(record=row)
    with django_assert_max_num_queries(8):
        assert len(entries(client, "/en/news/feed.atom")) == 21


@pytest.mark.parametrize("path", ["/en/news/feed.atom", "/feeds/all.json"])
def test_a_feed_answers_no_other_method(client, path):
    assert client.post(path).status_code == 405


def test_an_unknown_form_of_feed_is_not_there(client):
    assert client.get("/en/news/feed.rss2").status_code == 404
