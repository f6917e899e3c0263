"""What only machines read: robots.txt, security.txt, sitemaps, health."""

from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from advocacy.hits import trouble
from advocacy.hits.models import Trouble
from advocacy.news.models import Article
from advocacy.pages.models import Organisation, StandingPage
from advocacy.publishing import actions
from advocacy.publishing.models import Language
from tests.facts import HIDDEN, article, hide, meeting, milestone, page_of

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def addresses(client, path: str) -> dict[str, ET.Element]:
    """The entries of a sitemap, or of the index of sitemaps, by address."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].partition(";")[0] == "application/xml"
    return {entry.findtext(f"{MAP}loc"): entry for entry in ET.fromstring(answer.content)}


def mapped(client) -> dict[str, ET.Element]:
    """Every entry of every sitemap the index names."""
    found: dict[str, ET.Element] = {}
    for address in addresses(client, "/sitemap.xml"):
        found |= addresses(client, address.removeprefix(SITE))
    return found


def alternates(entry: ET.Element) -> dict[str, str]:
    return {link.attrib["hreflang"]: link.attrib["href"] for link in entry.iter(LINK)}


def security(client) -> list[tuple[str, str]]:
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = [line.split(": ", 1) for line in answer.content.decode().splitlines()]
    return [(name, value) for name, value in lines]


def test_robots_are_led_to_the_sitemap_and_away_from_the_desk(client):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert "Disallow: /" not in lines
    assert f"Sitemap: {SITE}/sitemap.xml" in lines


def test_the_sitemaps_hold_every_public_page_with_its_day_and_its_translation(client):
    told = {"en": "The step", "ko": "걸음"}
    step, talk = milestone(titles=told), meeting(titles=told)
    about = actions.publish(record=StandingPage.objects.create(title="About", body="<p>.</p>"))
    entries = mapped(client)
    for record in (step, talk):
        pair = {code: SITE + page_of(record, code) for code in Language.values}
        for address in pair.values():
            assert alternates(entries[address]) == pair
            assert entries[address].findtext(f"{MAP}lastmod") == f"{timezone.localdate():%Y-%m-%d}"
    alone = SITE + about.get_absolute_url()
    assert alternates(entries[alone]) == {"en": alone}


def test_the_sitemaps_hold_the_front_pages_and_the_lists_in_both_languages(client):
    entries = mapped(client)
    for path in ("", "news/", "tags/", "milestones/", "meetings/", "documents/"):
        pair = {code: f"{SITE}/{code}/{path}" for code in Language.values}
        for address in pair.values():
            assert alternates(entries[address]) == pair
            assert client.get(address.removeprefix(SITE)).status_code == 200


def test_a_long_section_has_several_sitemaps_and_each_is_named(client, monkeypatch):
    monkeypatch.setattr("advocacy.publishing.sitemaps.PublicationSitemap.limit", 2)
    shown = {SITE + article(f"Article {number}").get_absolute_url() for number in range(5)}
    assert f"{SITE}/sitemap-news.xml?p=3" in addresses(client, "/sitemap.xml")
    assert shown <= set(mapped(client))


@pytest.mark.parametrize("how", HIDDEN)
def test_no_sitemap_holds_what_is_not_public(client, how):
    hide(article("Zzhidden", public=False), how)
    hide(milestone(titles={"en": "Zzhidden"}, public=False), how)
    hide(meeting(titles={"en": "Zzhidden"}, public=False), how)
    assert not [address for address in mapped(client) if "zzhidden" in address]


def test_a_sitemap_costs_as_many_queries_for_many_as_for_one(client, django_assert_max_num_queries):
    for number in range(30):
        article(f"Article {number}")
    with django_assert_max_num_queries(5):
        assert len(addresses(client, "/sitemap-news.xml")) == Article.objects.count()


@pytest.mark.parametrize("path", ["/sitemap-nothing.xml", "/sitemap-news.xml?p=2"])
def test_a_sitemap_there_is_not_is_missing(client, path):
    assert client.get(path).status_code == 404


def test_security_txt_names_the_contact_staff_gave_and_when_it_expires(client, time_machine):
    time_machine.move_to(datetime.fromisoformat("2026-03-20T12:00:00+00:00"))
    for language in Language.values:
        Organisation.objects.create(
            language=language, name="N", short_name="N", security_contact="mailto:it@nkhr.example"
        )
    said = security(client)
    assert [value for name, value in said if name == "Contact"] == ["mailto:it@nkhr.example"]
    fields = dict(said)
    assert fields["Canonical"] == f"{SITE}/.well-known/security.txt"
    assert fields["Preferred-Languages"] == "en, ko"
    left = datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert timedelta(days=300) < left <= timedelta(days=366)  # RFC 9116, 2.5.5: within a year


def test_security_txt_leads_to_the_contact_page_while_staff_have_named_no_contact(client):
    assert dict(security(client))["Contact"] == f"{SITE}/"
    for language, title in (("en", "Contact"), ("ko", "연락처")):
        page = StandingPage.objects.create(
            key="contact", language=language, title=title, body="<p>.</p>"
        )
        actions.publish(record=page)
    contacts = [value for name, value in security(client) if name == "Contact"]
    assert contacts == [
        f"{SITE}/en/contact/",
        f"{SITE}/ko/%EC%97%B0%EB%9D%BD%EC%B2%98/",
    ]


def test_the_site_says_that_it_is_well(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "wrong": []})
    assert "no-store" in answer["Cache-Control"]


def test_the_site_says_that_hits_could_not_be_counted_and_still_serves(client):
    trouble.remember(Trouble.What.JOURNAL, "No space left on device")
    trouble.tell_staff()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["wrong"]) == (200, ["counting"])


def test_the_site_says_that_its_database_is_away(client, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("the database is away")

    monkeypatch.setattr(connection, "cursor", away)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (503, "trouble")
    assert "database" in answer.json()["wrong"]
