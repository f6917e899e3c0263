"""What is to be considered in bodies, their links and symbols."""

from __future__ import annotations

import pytest

from advocacy.news.models import Article
from advocacy.publishing import actions
from advocacy.publishing.models import FormerAddress
from tests.attachments import makers, records
from tests.facts import article, meeting, milestone
from tests.publishing.checks.findings import change, draft, finding, link

pytestmark = pytest.mark.django_db


# What is to be considered: bodies


def test_a_subheading_without_a_heading_above_it():
    one = draft(body="<h2>First</h2><h4>Too <em>deep</em></h4><p>Words.</p>")
    assert finding(one, "“Too deep” is a subheading").field == "body"
    assert not finding(change(one, body="<h2>First</h2><h3>Deep</h3><h2>Second</h2>"), "subheading")


def test_a_text_that_begins_with_a_subheading():
    assert finding(draft(body="<h3>First</h3><p>Words.</p>"), "subheading")


@pytest.mark.parametrize(("language", "words"), [("en", 2400), ("ko", 1720)])
def test_a_text_too_long_for_one_reading(language, words):
    one = draft(body=f"<p>{'말 ' * words}</p>", language=language)
    assert finding(one, "It takes about 11 minutes to read.").field == "body"
    assert not finding(change(one, body=f"<p>{'말 ' * 1500}</p>"), "minutes")


def test_a_milestone_is_as_long_as_both_its_bodies():
    one = milestone(
        text=f"<p>{'word ' * 1300}</p>", our_part=f"<p>{'word ' * 1300}</p>", public=False
    )
    assert finding(one, "It takes about 11 minutes")


@pytest.mark.parametrize("typed", ["A/HRC/RES/22-13/x", "CRC/XYZ/2/9"])
def test_what_looks_like_a_symbol_and_is_none(typed):
    one = draft(body=f"<p>It adopted {typed} that day.</p>")
    assert f"“{typed}” looks like a UN document symbol" in finding(one, "symbol").sentence
    assert not finding(
        change(one, body="<p>It adopted A/HRC/RES/22/13 that day.</p>"), "UN document"
    )


def test_a_slip_in_a_symbol_is_told_with_what_was_meant():
    one = draft(body="<p>Adopted as A/HRC/RES/22/l3 in March.</p>")
    assert "Did you mean A/HRC/RES/22/13?" in finding(one, "UN document symbol").sentence


@pytest.mark.parametrize(
    "body",
    [
        "<p>The A/B test, and/or the A/C unit, 24/7.</p>",
        '<p>See <a href="https://example.org/A/HRC/99/x1">https://example.org/A/HRC/99/x1</a></p>',
        "<p>A/HRC/25/63 and S/PV.7353, A/69/L.39/Rev.1.</p>",
    ],
)
def test_what_is_no_symbol_or_is_one_is_not_doubted(body):
    assert not finding(draft(body=body), "symbol")


# What is to be considered: links


def test_a_link_to_a_page_that_is_not_there():
    one = draft(body=link("/en/news/2013/nothing/"))
    assert finding(one, "The link to /en/news/2013/nothing/ leads to nothing").field == "body"


@pytest.mark.parametrize("make", [article, meeting, milestone])
def test_a_link_to_a_text_is_dead_until_it_is_published(make):
    other = make(public=False)
    path = other.publications()[0].get_absolute_url()
    one = draft(title="Linking", body=link(path))
    assert finding(one, "leads to nothing")
    actions.publish(record=other)
    assert not finding(one, "leads to nothing")
    for text in (
        type(other).objects.get().publications()
        if make is not article
        else [Article.objects.get(pk=other.pk)]
    ):
        actions.withdraw(publication=text)
    assert finding(one, "leads to nothing")


def test_a_link_in_full_to_this_site(settings):
    settings.SITE_URL = "https://nkhr.example"
    one = draft(body=link("https://nkhr.example/en/news/2013/nothing/"))
    assert finding(one, "leads to nothing")
    assert not finding(change(one, body=link("https://nkhr.example/en/news/")), "leads to")


def test_links_to_lists_and_other_sites_and_mail_are_left_alone():
    body = "".join(
        map(
            link,
            (
                "/en/news/",
                "/en/milestones/?decade=2010",
                "https://example.org/gone/",
                "mailto:a@example.org",
                "/en/news",
            ),
        )
    )
    assert not finding(draft(body=body), "leads to")


def test_a_link_to_an_address_that_leads_on():
    other = article("Moved", slug="now")
    FormerAddress.objects.create(path=f"/en/news/{other.year}/before/", target=other.uuid)
    one = draft(title="Linking", body=link(f"/en/news/{other.year}/before/"))
    assert not finding(one, "leads to")
    actions.withdraw(publication=other)
    assert finding(one, "leads to")


def test_a_link_to_a_hangul_address():
    other = article("인권 이사회", language="ko")
    one = draft(title="Linking", body=link(other.get_absolute_url()))
    assert not finding(one, "leads to")


def test_a_link_to_a_file_is_dead_until_readers_can_open_it():
    document = makers.attachment()
    one = draft(body=link(document.get_absolute_url()))
    assert finding(one, "leads to a file that readers cannot open")
    use = one.documents.create(attachment=document)
    assert not finding(one, "leads to a file")
    use.delete()
    records.published(documents=[document])
    assert not finding(one, "leads to a file")


# What is to be considered: milestones


def test_a_symbol_of_another_body_than_acted():
    one = milestone(body="ga", symbols=("A/HRC/RES/22/13",), public=False)
    said = finding(one, "A/HRC/RES/22/13 is a document of: Human Rights Council.")
    assert said.field == "symbols"
    assert not finding(change(one, body="hrc"), "is a document of")


@pytest.mark.parametrize(
    ("body", "symbol"),
    [
        ("chr", "E/CN.4/RES/2003/10"),
        ("cedaw", "CEDAW/C/PRK/CO/1"),
        ("upr", "A/HRC/13/13"),
        ("coi-dprk", "A/HRC/25/63"),
        ("sr-dprk", "A/59/316"),
        ("sg", "A/70/393"),
        ("ga3", "A/69/488"),
        ("sc", "S/PV.7353"),
    ],
)
def test_a_symbol_of_the_series_in_which_a_body_reports(body, symbol):
    assert not finding(milestone(body=body, symbols=(symbol,), public=False), "is a document of")
